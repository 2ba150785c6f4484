import { expect, it } from 'vitest';
import { sayRange } from './approval-range.ts';

it.each([
  [1, undefined, '1 commit'],
  [3, undefined, '3 commits'],
  [5, { before: 0, of: 5 }, 'whole branch, 5 commits'],
  [1, { before: 0, of: 1 }, 'whole branch, 1 commit'],
  [1, { before: 0, of: 5 }, 'commit 1 of 5'],
  [1, { before: 4, of: 5 }, 'commit 5 of 5'],
  [3, { before: 1, of: 7 }, 'commits 2-4 of 7'],
  [3, { before: 0, of: 7 }, 'commits 1-3 of 7'],
  // Merges of others' work count where git counts them: never more than there are.
  [6, { before: 0, of: 5 }, 'whole branch, 6 commits'],
])('%i commits at %j are "%s"', (commitCount, place, said) =>
  expect(sayRange({ commitCount, place })).toBe(said),
);
