import { expect, it } from 'vitest';
import { indexAt, stepHunk, stopAt } from './hunk-steps.ts';

// Three hunks, a folded file, one hunk.
const counts = [3, 0, 1];

it.each([
  [
    { file: 0, hunk: -1 },
    { file: 0, hunk: 0 },
  ],
  [
    { file: 0, hunk: 0 },
    { file: 0, hunk: 1 },
  ],
  [
    { file: 0, hunk: 2 },
    { file: 1, hunk: -1 },
  ],
  [
    { file: 1, hunk: -1 },
    { file: 2, hunk: 0 },
  ],
  [{ file: 2, hunk: 0 }, undefined],
])('after %o comes %o', (from, to) => {
  expect(stepHunk(counts, from, 1)).toEqual(to);
});

it.each([
  [
    { file: 2, hunk: 0 },
    { file: 1, hunk: -1 },
  ],
  [
    { file: 1, hunk: -1 },
    { file: 0, hunk: 2 },
  ],
  [{ file: 0, hunk: 0 }, undefined],
])('before %o comes %o', (from, to) => {
  expect(stepHunk(counts, from, -1)).toEqual(to);
});

it('one stands at the last hunk that begins above the edge', () => {
  expect(stopAt(4, [10, 50, 90], 60)).toEqual({ file: 4, hunk: 1 });
  expect(stopAt(4, [10, 50, 90], 5)).toEqual({ file: 4, hunk: -1 });
});

it.each([
  [-5, 0],
  [0, 0],
  [99, 0],
  [100, 1],
  [1_000, 9],
])('at %i the file is number %i', (edge, index) => {
  expect(indexAt(10, (at) => at * 100, edge)).toBe(index);
});
