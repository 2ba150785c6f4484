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
  'usage limit reached|1500000000',
  'in 99 days',
  'in 0 min',
  '',
])('%j says nothing of a time to come', (text) => {
  expect(at(text)).toBeUndefined();
});
