/** From what somebody says of when, to a schedule. Pure: the zone of the machine is handed in. */
import type { WhenFields } from '../../../preload/contract/timer-commands.ts';
import type { Schedule } from '../../../preload/contract/timer-facts.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { faultIn, whyNever } from './cron-times.ts';
import { nextAfter } from './next.ts';
import { atWallTime, isDate, isZone, sayTime, wallTimeIn } from './zone-time.ts';

export interface Now {
  readonly nowMs: number;
  /** Where this machine is. */
  readonly localZone: string;
}

export interface Armed {
  readonly schedule: Schedule;
  readonly nextMs: number;
}

export function requireWhen(when: WhenFields, { nowMs, localZone }: Now): Result<Armed> {
  const fault = faultOf(when);
  if (fault !== undefined) return refuse('TIMER_WHEN', { fault });
  const zone = when.zone ?? localZone;
  if (!isZone(zone)) return refuse('TIMER_ZONE_UNKNOWN', { zone });
  const begin = beginOf(when, nowMs, zone);
  if (!begin.ok) return begin;
  const schedule = scheduleOf(when, { nowMs, zone, startMs: begin.value });
  if (!schedule.ok) return schedule;
  const nextMs = nextAfter(schedule.value, nowMs);
  if (nextMs !== undefined) return ok({ schedule: schedule.value, nextMs });
  if (schedule.value.kind === 'cron')
    return refuse('TIMER_CRON_NEVER', {
      cron: schedule.value.cron,
      reason: whyNever(schedule.value.cron),
    });
  return refuse('TIMER_TIME_PAST', { at: sayTime(zone, begin.value ?? nowMs) });
}

function faultOf({ at, inMs, everyMs, cron, zone }: WhenFields): string | undefined {
  const isAgain = everyMs !== undefined || cron !== undefined;
  if (everyMs !== undefined && cron !== undefined) return 'both an interval and a cron expression';
  if (at !== undefined && inMs !== undefined) return 'both a time and a span';
  if (!isAgain && at === undefined && inMs === undefined)
    return zone === undefined ? 'nothing says when' : 'a zone alone';
  if (cron !== undefined && inMs !== undefined) return 'a span beside a cron expression';
  if (zone !== undefined && at === undefined && cron === undefined)
    return 'a zone, and no time that is read in it';
  return undefined;
}

/** What `at` or `in` say; undefined when neither is there. */
function beginOf(
  { at, inMs, everyMs, cron }: WhenFields,
  nowMs: number,
  zone: string,
): Result<number | undefined> {
  if (inMs !== undefined) return ok(nowMs + inMs);
  if (at === undefined) return ok(undefined);
  const found = parseTime(at, nowMs, zone);
  if (!found.ok) return found;
  const isOnce = everyMs === undefined && cron === undefined;
  return isOnce && found.value <= nowMs
    ? refuse('TIMER_TIME_PAST', { at: sayTime(zone, found.value) })
    : found;
}

interface Begin {
  readonly nowMs: number;
  readonly zone: string;
  readonly startMs: number | undefined;
}

function scheduleOf(
  { inMs, everyMs, cron }: WhenFields,
  { nowMs, zone, startMs }: Begin,
): Result<Schedule> {
  const start = startMs === undefined ? {} : { startMs };
  if (everyMs !== undefined)
    return ok({ kind: 'interval', everyMs, fromMs: startMs ?? nowMs, ...start });
  if (cron !== undefined) {
    const reason = faultIn(cron, zone);
    return reason === undefined
      ? ok({ kind: 'cron', cron, zone, ...start })
      : refuse('TIMER_CRON_INVALID', { cron, reason });
  }
  return ok({ kind: 'once', atMs: startMs ?? nowMs, ...(inMs !== undefined && { inMs }) });
}

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?`;
const dated = new RegExp(
  String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[T ]${clock})?(Z|[+-]\d{2}:?\d{2})?$`,
  'i',
);
const daily = new RegExp(String.raw`^(?:(today|tomorrow)(?:\s+(?:at\s+)?)?)?(?:${clock})?$`, 'i');
/** When a day begins that has no time of day. */
const morningHour = 9;

/** `2026-12-01T09:00`, with or without its distance from UTC; `17:30`, the next time that it is; `tomorrow 9:00`. */
export function parseTime(at: string, nowMs: number, zone: string): Result<number> {
  const date = dated.exec(at.trim());
  if (date !== null) return atDate(at, date, zone);
  const word = daily.exec(at.trim());
  return word === null || at.trim() === ''
    ? refuse('TIMER_TIME_INVALID', { at, why: 'cannot be read' })
    : ofDay(at, word, { nowMs, zone });
}

function atDate(at: string, found: RegExpExecArray, zone: string): Result<number> {
  const [, year, month, day, hour, minute = '0', second = '0', offset] = found;
  const wall = {
    ...{ year: Number(year), month: Number(month), day: Number(day) },
    ...{ hour: Number(hour ?? morningHour), minute: Number(minute), second: Number(second) },
  };
  if (!isDate(wall)) return refuse('TIMER_TIME_INVALID', { at, why: 'is in no calendar' });
  if (offset === undefined) return shown(at, atWallTime(zone, wall), zone);
  const utcMs = atWallTime('UTC', wall) ?? 0;
  return ok(utcMs - offsetMs(offset));
}

function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function ofDay(
  at: string,
  [, word, hour, minute = '0', second = '0']: RegExpExecArray,
  { nowMs, zone }: { nowMs: number; zone: string },
): Result<number> {
  const today = wallTimeIn(zone, nowMs);
  const time = {
    hour: Number(hour ?? morningHour),
    minute: Number(minute),
    second: Number(second),
  };
  if (!isDate({ ...today, ...time }))
    return refuse('TIMER_TIME_INVALID', { at, why: 'is no time of day' });
  const on = (days: number) => atWallTime(zone, { ...dayAfter(today, days), ...time });
  if (word?.toLowerCase() === 'tomorrow') return shown(at, on(1), zone);
  const first = on(0);
  const isOver = first !== undefined && first <= nowMs;
  // Without a word it is the next time that clocks show it.
  return shown(at, isOver && word === undefined ? on(1) : first, zone);
}

function dayAfter(from: ReturnType<typeof wallTimeIn>, days: number) {
  const date = new Date(Date.UTC(from.year, from.month - 1, from.day + days));
  return {
    ...{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
  };
}

function shown(at: string, atMs: number | undefined, zone: string): Result<number> {
  return atMs === undefined
    ? refuse('TIMER_TIME_INVALID', {
        at,
        why: `is left out in ${zone}: its clocks go forward over it on that day`,
      })
    : ok(atMs);
}
