import { expect, it } from 'vitest';
import { keptRefsIn } from './kept-refs.ts';

it.each([
  [
    'n-1 brought 0123456789 when it had gone on without it; it is kept as refs/musher/claims/n-1/s-12.3',
    ['refs/musher/claims/n-1/s-12.3'],
  ],
  ['What n-1 made is kept as refs/musher/claims/n-1/s-12.3.', ['refs/musher/claims/n-1/s-12.3']],
  ['twice refs/musher/a and refs/musher/a', ['refs/musher/a']],
  ['refs/heads/main, xrefs/musher/a and refs/musher/a/../b', []],
  ['refs/musher/a;rm -rf', ['refs/musher/a']],
  ['', []],
])('in %j', (text, refs) => expect(keptRefsIn(text)).toEqual(refs));
