import { expect, it } from 'vitest';
import type { Preview } from './approval-lifecycle.ts';
import { askForRebase, isBlocked, sayNewer, sayPreview } from './say-lifecycle.ts';

const tip = '7'.repeat(40);
const plain: Preview = {
  ...{ approval: 'a-1', commit: '1'.repeat(40), target: 'main', tip, ahead: 0, isForward: true },
  ...{ behind: 0, files: [], fileCount: 0 },
  outcome: 'clean',
};
const movedOn = { ahead: 2, isForward: false };

it.each<[Partial<Preview>, string, RegExp]>([
  [{}, 'muted', /^main is where the diff begins; merges clean$/],
  [{ ahead: 1, isForward: false }, 'muted', /^main is 1 commit ahead; merges clean$/],
  [{ behind: 1 }, 'amber', /^main is 1 commit behind where the diff begins; a merge brings/],
  [{ ...movedOn, behind: 2 }, 'amber', /2 commits behind .* and 2 commits ahead/],
  [{ ...movedOn, outcome: 'differs', fileCount: 1 }, 'amber', /merges, but 1 file not as shown/],
  [
    { ...movedOn, outcome: 'conflicts', fileCount: 3 },
    'red',
    /does not merge: 3 files in conflict/,
  ],
  [{ isApart: true, outcome: 'conflicts', fileCount: 1 }, 'amber', /without what comes before/],
  [{ ...movedOn, outcome: 'empty' }, 'red', /nothing to merge/],
  [{ ...movedOn, outcome: 'merged' }, 'amber', /has this commit already/],
])('%j is said in %s', (facts, tone, text) => {
  const preview = { ...plain, ...facts };
  const said = sayPreview(preview);
  expect(said).toEqual({ tone, text: expect.stringMatching(text) });
  // What cannot be merged is red, and nothing else is.
  expect(isBlocked(preview)).toBe(tone === 'red');
});

it('where it would be merged by ff-only, a target that cannot go forward is told', () => {
  expect(sayPreview({ ...plain, ...movedOn }, 'ff-only').text).toMatch(/cannot go forward/);
  expect(sayPreview({ ...plain, ...movedOn }, 'squash').text).not.toMatch(/cannot go forward/);
  expect(sayPreview(plain, 'ff-only').text).not.toMatch(/cannot go forward/);
});

it('a rebase is asked for with the first of the files', () => {
  const files = ['a', 'b', 'c', 'd', 'e', 'f'];
  const stuck = { ...plain, outcome: 'conflicts', files, fileCount: 9 } as const;
  expect(askForRebase(stuck)).toMatch(/conflict in a, b, c, d, e and 4 more\. Rebase onto main/);
  expect(askForRebase({ ...plain, outcome: 'empty' })).toMatch(/has all of this already/);
});

it('newer commits are counted, and none are not mentioned', () => {
  expect(sayNewer({ tip, count: 1 })).toBe('1 newer commit on its branch');
  expect(sayNewer({ tip, count: 0 })).toBeUndefined();
  expect(sayNewer(undefined)).toBeUndefined();
});
