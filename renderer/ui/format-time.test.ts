import { expect, it } from 'vitest';
import { formatAge, formatAgeInWords, formatAgo } from './format-time.ts';

it.each([
  [-5000, 'now', 'a moment'],
  [999, 'now', 'a moment'],
  [1000, '1s', '1 second'],
  [59_999, '59s', '59 seconds'],
  [60_000, '1m', '1 minute'],
  [3_599_999, '59m', '59 minutes'],
  [7_200_000, '2h', '2 hours'],
  [172_800_000, '2d', '2 days'],
])('an age of %i ms is shown as %s and read as %s', (ageMs, short, words) => {
  expect([formatAge(ageMs), formatAgeInWords(ageMs)]).toEqual([short, words]);
});

it('what is now is not ago', () => {
  expect([formatAgo(999), formatAgo(61_000)]).toEqual(['now', '1m ago']);
});
