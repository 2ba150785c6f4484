import { expect, it } from 'vitest';
import { resetTimeIn } from './reset-time.ts';

const nowMs = Date.parse('2026-11-29T12:00:20Z');
const at = (text: string) => {
  const ms = resetTimeIn(text, nowMs);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

it.each([
  ['Claude usage limit reached|1795962000', '2026-11-29T14:20:00.000Z'],
  ['You’ve hit your limit · resets 3pm (UTC)', '2026-11-29T15:00:00.000Z'],
  ['limit reached, resets at 15:30 (Europe/Berlin)', '2026-11-29T14:30:00.000Z'],
  ['resets 9am (America/New_York)', '2026-11-29T14:00:00.000Z'],
  ['resets 11am (UTC)', '2026-11-30T11:00:00.000Z'],
  ['resets 12am (UTC)', '2026-11-30T00:00:00.000Z'],
  ["You've hit your limit · resets Dec 1, 6:12am (UTC)", '2026-12-01T06:12:00.000Z'],
  ["You've hit your weekly limit · resets Dec 3, 4pm (Europe/Berlin)", '2026-12-03T15:00:00.000Z'],
  ['resets Dec 4, 1am (Asia/Kolkata)', '2026-12-03T19:30:00.000Z'],
  ['resets Dec 4, 9am (Pacific/Kiritimati)', '2026-12-03T19:00:00.000Z'],
  ['resets Dec 4, 9pm (Pacific/Pago_Pago)', '2026-12-05T08:00:00.000Z'],
  ['try again at Dec 3rd, 2026 5:01 PM (UTC)', '2026-12-03T17:01:00.000Z'],
  ['429, in 5 min', '2026-11-29T12:05:20.000Z'],
  ['Please try again in 1h 30m.', '2026-11-29T13:30:20.000Z'],
  ['try again in 2 days 3 hours', '2026-12-01T15:00:20.000Z'],
  ['retry after 300 seconds', '2026-11-29T12:05:20.000Z'],
  ['until 2026-11-29T16:00:00+01:00', '2026-11-29T15:00:00.000Z'],
])('%s', (text, iso) => {
  expect(at(text)).toBe(iso);
});

it.each([
  'rate limit reached',
  'resets 3',
  'resets 25:00',
  'resets 13pm',
  'resets at 15:00 (Middle/Earth)',
  'resets Nov 28, 3pm (UTC)',
  'resets Feb 30, 2027, 3pm (UTC)',
  'resets Dec 3',
  'resets Foo 3, 3pm (UTC)',
  'resets Mar 3, 3pm (UTC)',
  'usage limit reached|1500000000',
  'in 99 days',
  'in 0 min',
  '',
])('%j says nothing of a time to come', (text) => {
  expect(at(text)).toBeUndefined();
});

it.each([
  ['2026-12-30T12:00:00Z', 'resets Jan 2, 9am (UTC)', '2027-01-02T09:00:00.000Z'],
  ['2026-12-30T12:00:00Z', 'resets Jan 2, 2027, 9am (UTC)', '2027-01-02T09:00:00.000Z'],
  ['2026-10-24T12:00:00Z', 'resets Oct 25, 9am (Europe/Berlin)', '2026-10-25T08:00:00.000Z'],
])('at %s, %s', (now, text, iso) => {
  expect(new Date(resetTimeIn(text, Date.parse(now)) ?? 0).toISOString()).toBe(iso);
});
