import { expect, it } from 'vitest';
import { sayCron, sayDuration, sayEvery } from './schedule-words.ts';

it.each([
  ['0 9 * * 1-5', 'Monday to Friday at 09:00'],
  ['30 2 * * *', 'each day at 02:30'],
  ['5 * * * *', 'each hour at :05'],
  ['0 8 * * 1', 'Mondays at 08:00'],
  ['0 8 * * 7', 'Sundays at 08:00'],
  ['0 6 1 * *', 'on day 1 of each month at 06:00'],
  ['*/20 * * * *', 'every 20 minutes'],
  ['@daily', 'each day at 00:00'],
  // Not every one has a plain sentence.
  ['0 9,17 * * 1-5', '0 9,17 * * 1-5'],
  ['0 9 1 * 1', '0 9 1 * 1'],
  ['0 9 * 12 *', '0 9 * 12 *'],
  ['*/20 9 * * *', '*/20 9 * * *'],
])('%s is said as %s', (cron, said) => {
  expect(sayCron(cron)).toBe(said);
});

it('says a span in the largest unit that is exact', () => {
  expect([60_000, 5_400_000, 86_400_000, 1_000].map(sayDuration)).toEqual([
    ...['1 minute', '90 minutes', '1 day', '1 second'],
  ]);
  expect([sayEvery(3_600_000), sayEvery(1_800_000)]).toEqual(['every hour', 'every 30 minutes']);
});
