import { expect, it } from 'vitest';
import { rowsOf, sharesOf, withShares } from './split-rows.ts';

const four = ['a', 'b', 'c', 'd'];

it.each([
  [1952, 'a b c d'],
  [1951, 'a b|c d'],
  [1464, 'a b|c d'],
  [976, 'a b|c d'],
  [975, 'a|b|c|d'],
  [488, 'a|b|c|d'],
  [10, 'a|b|c|d'],
])('four in %i px, each at least 488, are %s', (widthPx, expected) => {
  const rows = rowsOf(four, widthPx, 488);
  expect(rows.map((row) => row.join(' ')).join('|')).toBe(expected);
});

it('three are two and one, and none is no row', () => {
  expect(rowsOf(['a', 'b', 'c'], 1000, 488)).toEqual([['a', 'b'], ['c']]);
  expect(rowsOf([], 1000, 488)).toEqual([]);
});

it('each row has its own shares, which add up to all of it, also when they were of one row', () => {
  const rows = rowsOf(four, 1000, 488);
  expect(sharesOf(rows, 1, [60, 40, 30, 70])).toEqual([30, 70]);
  expect(sharesOf(rows, 0, [10, 30, 30, 30])).toEqual([25, 75]);
  expect(sharesOf(rows, 0, [50, 50])).toEqual([]);
  expect(sharesOf(rowsOf(four, 4000, 488), 0, [50, 50, 80, 20])).toEqual([25, 25, 40, 10]);
});

it('a change of one row leaves the others as they were', () => {
  const rows = rowsOf(four, 1000, 488);
  const before = withShares(rows, 1, { shares: [], changed: [20, 80] });
  expect(before).toEqual([50, 50, 20, 80]);
  expect(withShares(rows, 0, { shares: before, changed: [70, 30] })).toEqual([70, 30, 20, 80]);
});
