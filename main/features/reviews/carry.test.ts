import { expect, it } from 'vitest';
import { carryPlace } from './carry.ts';
import type { FileHunks, Hunk } from './ports.ts';

type Run = readonly [start: number, count: number];
const hunk = ([oldStart, oldCount]: Run, [newStart, newCount]: Run): Hunk => ({
  ...{ oldStart, oldCount, newStart, newCount },
});
const files = new Map<string, FileHunks>([
  ['a', { newPath: 'a', hunks: [hunk([2, 0], [3, 2]), hunk([6, 2], [8, 1])] }],
  ['old', { newPath: 'new', hunks: [] }],
  ['gone', { newPath: undefined, hunks: [] }],
  ['binary', { newPath: 'binary', hunks: [], isOpaque: true }],
]);

it.each([
  ['before all changes it stays', { path: 'a', line: 2 }, { path: 'a', line: 2 }],
  ['behind what came it moves', { path: 'a', line: 3 }, { path: 'a', line: 5 }],
  ['behind what went it moves back', { path: 'a', line: 8 }, { path: 'a', line: 9 }],
  ['a line that was changed is gone', { path: 'a', line: 7 }, undefined],
  [
    'what comes into a range belongs to it',
    { path: 'a', startLine: 1, line: 5 },
    { path: 'a', startLine: 1, line: 7 },
  ],
  ['a range that lost a line is gone', { path: 'a', startLine: 4, line: 6 }, undefined],
  ['a file that did not change', { path: 'b', line: 7 }, { path: 'b', line: 7 }],
  ['a file that was renamed', { path: 'old', line: 7 }, { path: 'new', line: 7 }],
  ['a whole file that was renamed', { path: 'old' }, { path: 'new' }],
  ['a file that is gone', { path: 'gone' }, undefined],
  ['a whole binary file', { path: 'binary' }, { path: 'binary' }],
  ['a line of what has none', { path: 'binary', line: 1 }, undefined],
])('%s', (_, place, expected) => expect(carryPlace(place, files)).toEqual(expected));
