import { expect, it } from 'vitest';
import type { WorktreeRow } from '../../../preload/contract/worktree-commands.ts';
import {
  freedBytes,
  isAdoptable,
  notesOf,
  sayChanged,
  sayCommits,
  splitPath,
} from './worktree-words.ts';

const row = (more: Partial<WorktreeRow> = {}): WorktreeRow => ({
  path: '/code/wt',
  state: 'outside',
  branch: 'x',
  ...more,
});
const size = (more = {}) => ({
  ...{ totalBytes: 100, ignoredBytes: 0, untrackedBytes: 0, sharedBytes: 0, fileCount: 1 },
  ...{ isPartial: false, ...more },
});

it('a path is its folder’s name and the way to it, on Windows too', () => {
  expect(splitPath('/code/shop wt')).toEqual({ name: 'shop wt', parent: '/code/' });
  expect(splitPath('C:\\code\\wt')).toEqual({ name: 'wt', parent: 'C:\\code\\' });
});

it('counts are said in words, and what could not be counted is not said', () => {
  expect(
    [{}, { changed: 0 }, { changed: 1 }, { changed: 3 }].map((one) => sayChanged(row(one))),
  ).toEqual(['', 'clean', '1 file changed', '3 files changed']);
  expect(
    [{}, { unmerged: 0, unpushed: 0 }, { unmerged: 1_000, unpushed: 2 }].map((one) =>
      sayCommits(row(one)),
    ),
  ).toEqual(['', 'merged', '1000+ unmerged, 2 unpushed']);
});

it('what frees nothing is not counted as freed, and most of it being ignored is said', () => {
  const rows = [row({ size: size({ sharedBytes: 40 }) }), row(), row({ size: size() })];
  expect(freedBytes(rows)).toBe(160);
  expect(notesOf(row({ size: size({ ignoredBytes: 51 }) }))).toEqual([
    '51 B of it is ignored by git',
  ]);
  expect(notesOf(row({ locked: '', wasAt: '/old' }))).toEqual(['was at /old', 'locked']);
});

it('only what is nobody’s, on a branch and not locked can be adopted', () => {
  expect(
    [
      {},
      { state: 'orphan' as const },
      { state: 'agent' as const },
      { locked: '' },
      { branch: undefined },
    ].map((one) => isAdoptable(row(one as Partial<WorktreeRow>))),
  ).toEqual([true, true, false, false, false]);
});
