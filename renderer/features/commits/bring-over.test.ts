import { expect, it } from 'vitest';
import { bringBack, bringOver, bringOverWords } from './bring-over.ts';

it('commits elsewhere are counted by place', () => {
  const commits = [
    { commit: 'a', branch: 'main' },
    { commit: 'b' },
    { commit: 'c', branch: 'main' },
  ];
  expect(bringOverWords(commits)).toBe('2 commits on main, 1 commit on no branch');
});

it('the words for a terminal hold nothing that it acts on but git', () => {
  expect(bringOver('agent/docs', [{ commit: 'a' }, { commit: 'b' }])).toBe(
    'git switch agent/docs && git cherry-pick a b',
  );
  expect(bringOver("x'$(rm)", [{ commit: 'a' }])).toBe(
    String.raw`git switch 'x'\''$(rm)' && git cherry-pick a`,
  );
  expect(bringBack('docs', { ref: 'refs/musher/lost/docs/1', commit: 'abcdef0123' })).toBe(
    'git branch docs-abcdef0 refs/musher/lost/docs/1',
  );
});
