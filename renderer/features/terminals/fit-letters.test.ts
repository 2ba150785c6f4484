import { expect, it } from 'vitest';
import { toLetters } from './fit-letters.ts';

it.each([
  ['as large as wanted where there is room', { cols: 80, rows: 24 }, 13],
  ['smaller by what is wider', { cols: 150, rows: 24 }, 8.5],
  ['smaller by what is higher', { cols: 80, rows: 60 }, 8.5],
  ['no smaller than can be read', { cols: 1_000, rows: 400 }, 6],
])('letters are %s', (_what, size, px) => {
  expect(toLetters(size, { cols: 100, rows: 40 }, 13)).toBe(px);
});
