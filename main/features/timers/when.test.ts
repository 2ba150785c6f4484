import { describe, expect, it } from 'vitest';
import type { WhenFields } from '../../../preload/contract/timer-commands.ts';
import { timesAfter } from './next.ts';
import { parseTime, requireWhen } from './when.ts';

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';
/** A Monday, 10:15 in Berlin. */
const nowMs = Date.parse('2026-11-30T09:15:00Z');
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z');

function timesOf(when: WhenFields, count = 3, at = nowMs): string[] {
  const found = requireWhen(when, { nowMs: at, localZone: berlin });
  if (!found.ok) throw new Error(found.error.message);
  return timesAfter(found.value.schedule, at, count).map(iso);
}

function codeOf(when: WhenFields): string {
  const found = requireWhen(when, { nowMs, localZone: berlin });
  return found.ok ? 'OK' : `${found.error.code} ${found.error.message}`;
}

describe('a time that is said', () => {
  it.each([
    ['2026-12-01T09:00', '2026-12-01T08:00Z'],
    ['2026-12-01 09:00', '2026-12-01T08:00Z'],
    ['2026-12-01', '2026-12-01T08:00Z'],
    ['2026-12-01T09:00Z', '2026-12-01T09:00Z'],
    ['2026-12-01T09:00-05:00', '2026-12-01T14:00Z'],
    ['2026-07-01T09:00', '2026-07-01T07:00Z'],
    ['17:30', '2026-11-30T16:30Z'],
    ['10:00', '2026-12-01T09:00Z'],
    ['tomorrow', '2026-12-01T08:00Z'],
    ['Tomorrow at 9:30', '2026-12-01T08:30Z'],
    ['today 17:00', '2026-11-30T16:00Z'],
    // Shown twice: the first.
    ['2026-10-25T02:30', '2026-10-25T00:30Z'],
  ])('%s', (at, expected) => {
    const found = parseTime(at, nowMs, berlin);
    expect(found.ok && iso(found.value)).toBe(expected);
  });

  it.each([
    ['soon', 'cannot be read'],
    ['', 'cannot be read'],
    ['9', 'cannot be read'],
    ['25:00', 'is no time of day'],
    ['2026-02-30T09:00', 'is in no calendar'],
    ['2026-13-01', 'is in no calendar'],
    ['2027-03-28T02:30', 'is left out in Europe/Berlin'],
  ])('%j is refused', (at, why) => {
    const found = parseTime(at, nowMs, berlin);
    expect(found.ok ? '' : found.error.message).toContain(why);
  });
});

describe('a schedule', () => {
  it.each<[WhenFields, string[]]>([
    [{ inMs: 7_200_000 }, ['2026-11-30T11:15Z']],
    [{ at: '17:30' }, ['2026-11-30T16:30Z']],
    [{ everyMs: 1_800_000 }, ['2026-11-30T09:45Z', '2026-11-30T10:15Z', '2026-11-30T10:45Z']],
    [
      { everyMs: 86_400_000, at: '02:00' },
      ['2026-12-01T01:00Z', '2026-12-02T01:00Z', '2026-12-03T01:00Z'],
    ],
    [
      { everyMs: 600_000, inMs: 3_600_000 },
      ['2026-11-30T10:15Z', '2026-11-30T10:25Z', '2026-11-30T10:35Z'],
    ],
    [{ cron: '0 9 * * 1-5' }, ['2026-12-01T08:00Z', '2026-12-02T08:00Z', '2026-12-03T08:00Z']],
    [
      { cron: '0 9 * * 5', zone: newYork },
      ['2026-12-04T14:00Z', '2026-12-11T14:00Z', '2026-12-18T14:00Z'],
    ],
    [
      { cron: '@daily', zone: 'UTC' },
      ['2026-12-01T00:00Z', '2026-12-02T00:00Z', '2026-12-03T00:00Z'],
    ],
    [
      { cron: '0 9 * * *', at: '2026-12-24' },
      ['2026-12-24T08:00Z', '2026-12-25T08:00Z', '2026-12-26T08:00Z'],
    ],
    [{ cron: '0 0 29 2 *' }, ['2028-02-28T23:00Z', '2032-02-28T23:00Z', '2036-02-28T23:00Z']],
  ])('%j', (when, times) => {
    expect(timesOf(when)).toEqual(times);
  });

  it.each<[WhenFields, string, string[]]>([
    // Clocks go forward: a time of day that is left out comes after the gap, once; what has a step leaves it out.
    [
      { cron: '30 2 * * *', zone: berlin },
      '2027-03-27T12:00Z',
      ['2027-03-28T01:00Z', '2027-03-29T00:30Z'],
    ],
    [
      { cron: '30 2 * * *', zone: newYork },
      '2027-03-13T12:00Z',
      ['2027-03-14T07:00Z', '2027-03-15T06:30Z'],
    ],
    [
      { cron: '*/30 * * * *', zone: berlin },
      '2027-03-28T00:10Z',
      ['2027-03-28T00:30Z', '2027-03-28T01:00Z'],
    ],
    // Clocks go back: a time of day that is shown twice comes at the first; what has a step goes on through both.
    [
      { cron: '30 2 * * *', zone: berlin },
      '2027-10-30T12:00Z',
      ['2027-10-31T00:30Z', '2027-11-01T01:30Z'],
    ],
    [
      { cron: '30 1 * * *', zone: newYork },
      '2026-10-31T12:00Z',
      ['2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    [
      { cron: '30 1,2 * * *', zone: berlin },
      '2027-10-30T12:00Z',
      ['2027-10-30T23:30Z', '2027-10-31T00:30Z'],
    ],
    [
      { cron: '0 * * * *', zone: berlin },
      '2027-10-31T00:10Z',
      ['2027-10-31T01:00Z', '2027-10-31T02:00Z'],
    ],
    // An interval is so many milliseconds.
    [{ everyMs: 86_400_000 }, '2027-03-27T12:00Z', ['2027-03-28T12:00Z', '2027-03-29T12:00Z']],
  ])('over a change of clocks: %j', (when, from, times) => {
    expect(timesOf(when, 2, Date.parse(from))).toEqual(times);
  });

  it.each<[WhenFields, string]>([
    [{}, 'TIMER_WHEN When it should fire cannot be told from this: nothing says when.'],
    [{ zone: berlin }, 'TIMER_WHEN When it should fire cannot be told from this: a zone alone.'],
    [{ at: '17:30', inMs: 5_000 }, 'both a time and a span'],
    [{ everyMs: 60_000, cron: '0 9 * * *' }, 'both an interval and a cron expression'],
    [{ inMs: 60_000, cron: '0 9 * * *' }, 'a span beside a cron expression'],
    [{ inMs: 60_000, zone: berlin }, 'a zone, and no time'],
    [
      { at: '2026-11-30T09:00' },
      'TIMER_TIME_PAST That time is over: 2026-11-30 09:00 Europe/Berlin.',
    ],
    [{ at: '17:30', zone: 'Mars/Base' }, 'TIMER_ZONE_UNKNOWN There is no time zone "Mars/Base".'],
    [
      { cron: '0 9 * *' },
      'TIMER_CRON_INVALID The cron expression "0 9 * *" cannot be read: it has 4 fields.',
    ],
    [{ cron: '0 0 9 * * *' }, 'it has 6 fields'],
    [{ cron: '2027-01-01T00:00' }, 'it has 1 field'],
    [{ cron: '61 9 * * *' }, 'Invalid value for minute: 61'],
    [{ cron: '@reboot' }, '@reboot is not supported'],
    [
      { cron: '0 0 30 2 *' },
      'TIMER_CRON_NEVER The cron expression "0 0 30 2 *" never fires: there is no day 30 in month 2.',
    ],
    [{ cron: '0 0 31 4,6 *' }, 'there is no day 31 in month 4,6'],
  ])('%j is refused', (when, said) => {
    expect(codeOf(when)).toContain(said);
  });
});
