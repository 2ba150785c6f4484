import { expect, it } from 'vitest';
import {
  formatPosition,
  markBeside,
  parseSize,
  partAt,
  sayPosition,
  speedBeside,
} from './timeline.ts';

it.each([
  [0, '0:00', '0 seconds'],
  [7_900, '0:07', '7 seconds'],
  [61_000, '1:01', '1 minute 1 second'],
  [3_723_000, '1:02:03', '1 hour 2 minutes 3 seconds'],
])('%i ms is %s, and read out %s', (ms, text, words) => {
  expect([formatPosition(ms), sayPosition(ms)]).toEqual([text, words]);
});

it('a time lies in the last part that begins before it', () => {
  const parts = [
    { part: 3, atMs: 100 },
    { part: 4, atMs: 200 },
  ];
  expect([0, 100, 199, 200, 900].map((ms) => partAt(parts, ms).part)).toEqual([3, 3, 3, 4, 4]);
});

it('marks are gone through in both directions, and one that was jumped to is left behind', () => {
  const marks = [1000, 5000, 9000].map((atMs) => ({ atMs, text: '' }));
  expect(markBeside(marks, 1000, 1)?.atMs).toBe(5000);
  expect(markBeside(marks, 9000, 1)).toBeUndefined();
  expect(markBeside(marks, 5100, -1)?.atMs).toBe(1000);
  expect(markBeside(marks, 900, -1)).toBeUndefined();
});

it('speeds have an end on both sides', () => {
  expect([speedBeside(0.5, -1), speedBeside(1, 1), speedBeside(16, 1)]).toEqual([0.5, 2, 16]);
});

it('a size is two numbers that a terminal can have', () => {
  expect([parseSize('80x24'), parseSize('0x0'), parseSize('80')]).toEqual([
    { cols: 80, rows: 24 },
    { cols: 2, rows: 1 },
    undefined,
  ]);
});
