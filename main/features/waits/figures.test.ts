import { expect, it } from 'vitest';
import { dayBegan, toDays } from './figures.ts';
import type { Ended } from './slice.ts';

const at = (day: number, hour = 12) => new Date(2026, 4, day, hour).getTime();
const ended = (...[agent, atMs, lastedMs, kind = 'question']: [string, number, number, string?]) =>
  ({ agent, atMs, lastedMs, kind }) satisfies Ended;

it('by day, the newest first, and within one whoever waited longest in all', () => {
  const many = Array.from({ length: 20 }, (_, n) => ended('a', at(30), (n + 1) * 1_000));
  const days = toDays(
    [ended('b', at(29, 23), 7_000), ...many, ended('b', at(30, 0), 400_000, 'approval')],
    at(29, 0),
  );
  expect(days).toEqual([
    {
      day: '2026-05-30',
      all: { count: 21, medianMs: 11_000, p95Ms: 20_000, sumMs: 610_000 },
      rows: [
        {
          ...{ agent: 'b', kind: 'approval', count: 1 },
          ...{ medianMs: 400_000, p95Ms: 400_000, sumMs: 400_000 },
        },
        {
          ...{ agent: 'a', kind: 'question', count: 20 },
          ...{ medianMs: 10_000, p95Ms: 19_000, sumMs: 210_000 },
        },
      ],
    },
    {
      day: '2026-05-29',
      all: { count: 1, medianMs: 7_000, p95Ms: 7_000, sumMs: 7_000 },
      rows: [
        { agent: 'b', kind: 'question', count: 1, medianMs: 7_000, p95Ms: 7_000, sumMs: 7_000 },
      ],
    },
  ]);
});

it('a day begins at midnight of the machine, over the end of a month too', () => {
  expect(dayBegan(at(2, 23), 2)).toBe(new Date(2026, 3, 30).getTime());
  expect(toDays([ended('a', at(1) - 1, 5)], at(1))).toEqual([]);
});
