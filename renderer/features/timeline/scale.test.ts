import { expect, it } from 'vitest';
import { bucketAt, heightsOf, sayMoment, xOf } from './scale.ts';

it('a time lies where it should, and never outside', () => {
  const span = { fromMs: 1_000, toMs: 3_000 };
  expect([0, 1_000, 2_000, 3_000, 9_000].map((atMs) => xOf(atMs, span))).toEqual([0, 0, 0.5, 1, 1]);
  expect(xOf(5, { fromMs: 5, toMs: 5 })).toBe(1);
});

it('whatever happened is seen beside what happened most', () => {
  expect(heightsOf([0, 1, 10_000, 2_500])).toEqual([0, 0.08, 1, 0.5]);
});

it('the end of the log is in its last part', () => {
  expect([bucketAt(['a', 'b'], 0), bucketAt(['a', 'b'], 0.5), bucketAt(['a', 'b'], 1)]).toEqual([
    'a',
    'b',
    'b',
  ]);
});

it('says which day a moment was', () => {
  const noon = new Date(2026, 10, 30, 12).getTime();
  expect(sayMoment(noon - 3_600_000, noon)).toMatch(/today$/);
  expect(sayMoment(noon - 13 * 3_600_000, noon)).toMatch(/yesterday$/);
  expect(sayMoment(noon - 60 * 3_600_000, noon)).toMatch(/2026/);
});
