import { expect, it } from 'vitest';
import { parseTarget, toTarget } from './recording-place.ts';

it('a recording has an address that leads back to it', () => {
  const which = { agent: 'backend', session: 3, startMs: 1_700_000_000_000 };
  expect(parseTarget(toTarget(which))).toEqual(which);
});

it.each([
  [undefined, undefined],
  ['agent/', undefined],
  ['other/x', undefined],
  ['agent/a', { agent: 'a' }],
  ['agent/a/b/c', { agent: 'a' }],
])('%s is %j', (target, which) => expect(parseTarget(target)).toEqual(which));
