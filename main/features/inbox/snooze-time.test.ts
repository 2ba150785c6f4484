import { expect, it } from 'vitest';
import { longestSnoozeMs, parseSnooze } from './snooze-time.ts';

const now = new Date(2026, 4, 30, 16, 20, 5);
const at = (...[day, hour, minute]: [number, number, number]) => ({
  untilMs: new Date(2026, 4, day, hour, minute).getTime(),
});

it.each([
  ['15m', { untilMs: now.getTime() + 900_000 }],
  ['1h30m', { untilMs: now.getTime() + 5_400_000 }],
  ['7d', { untilMs: now.getTime() + longestSnoozeMs }],
  [' Tomorrow ', at(31, 9, 0)],
  ['17:30', at(30, 17, 30)],
  // It is over for today.
  ['9:05', at(31, 9, 5)],
  ['heard', { untilMs: now.getTime() + longestSnoozeMs, untilHeard: true }],
  ['8d', undefined],
  ['0s', undefined],
  ['24:00', undefined],
  ['15', undefined],
  ['1h soon', undefined],
  ['', undefined],
])('snoozed by "%s"', (when, expected) => {
  expect(parseSnooze(when, now.getTime())).toEqual(expected);
});

it('the morning after the last of a month is the first of the next', () => {
  const last = new Date(2026, 4, 31, 23, 59).getTime();
  expect(parseSnooze('tomorrow', last)).toEqual({ untilMs: new Date(2026, 5, 1, 9).getTime() });
});
