import { expect, it } from 'vitest';
import { daysIn } from './days.ts';
import { fits, pricesBy } from './prices.ts';

it.each([
  ['claude-x', 'claude-x', true],
  ['claude-x', 'Claude-X', true],
  ['claude-x', 'claude-xy', false],
  ['claude-*', 'claude-', true],
  ['*', '', true],
  ['*-mini', 'gpt-5-mini', true],
  ['*-mini', 'gpt-5-mini-2', false],
  ['gpt-*-mini', 'gpt-mini', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'acb', false],
  ['a*ab', 'ab', false],
  ['a.c', 'abc', false],
])('%s fits %s: %s', (pattern, model, does) => {
  expect(fits(pattern, model)).toBe(does);
});

it('the longest pattern counts, and of two alike the first', () => {
  const rule = (pattern: string, input: number) => ({
    ...{ pattern, path: 'p', input, output: 0, cacheRead: 0, cacheWrite: 0 },
  });
  const price = pricesBy([rule('m-*', 1), rule('m-1', 2), rule('m-1', 3), rule('*', 4)]);
  expect(['m-1', 'm-2', 'n'].map((model) => price(model)?.input)).toEqual([2, 1, 4]);
  expect(pricesBy([])('m')).toBeUndefined();
});

it.each([
  ['UTC', '2026-11-30T23:30:00Z', '2026-11-30'],
  ['Europe/Berlin', '2026-11-30T23:30:00Z', '2026-12-01'],
  ['America/Los_Angeles', '2026-11-30T07:30:00Z', '2026-11-29'],
  ['Asia/Kolkata', '2026-11-30T18:30:00Z', '2026-12-01'],
])('in %s, %s is on %s', (zone, at, day) => {
  expect(daysIn(zone)(Date.parse(at))).toBe(day);
});
