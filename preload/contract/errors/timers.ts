/** Errors of timers. */
import { row, warned } from './row.ts';

export const timerErrors = {
  TIMER_UNKNOWN: row(
    404,
    'There is no timer "{timer}".',
    'See `musher timer list --all`. Of timers that are over only the newest {kept} are known by id; `musher log` has all.',
  ),
  TIMER_NOT_YOURS: warned(
    403,
    'Timer "{timer}" is not {actor}’s.',
    'An agent sees its own reminders and takes those back: `musher timer list`.',
  ),
  TIMER_WHEN: row(
    400,
    'When it should fire cannot be told from this: {fault}.',
    'Say one of --at, --in, --every and --cron; --at or --in beside --every, and --at beside --cron, say when it begins.',
  ),
  TIMER_TIME_INVALID: row(
    400,
    'There is no such time: "{at}" {why}.',
    'Write 2026-12-01T09:00, 17:30, tomorrow 9:00, or with its distance from UTC 2026-12-01T09:00+01:00.',
  ),
  TIMER_TIME_PAST: row(
    400,
    'That time is over: {at}.',
    'Say one that is to come; `musher timer run` does it now.',
  ),
  TIMER_CRON_INVALID: row(
    400,
    'The cron expression "{cron}" cannot be read: {reason}.',
    'Write five fields, minute hour day month weekday: "0 9 * * 1-5" is 9:00 from Monday to Friday.',
  ),
  TIMER_CRON_NEVER: row(
    400,
    'The cron expression "{cron}" never fires: {reason}.',
    'Change its day or its month; `musher timer preview` shows when one fires.',
  ),
  TIMER_ZONE_UNKNOWN: row(
    400,
    'There is no time zone "{zone}".',
    'Name one as Europe/Berlin, America/New_York or UTC.',
  ),
  TIMER_STATE: row(409, 'Timer "{timer}" is {state}; it cannot be {wish}.', '{hint}'),
  TIMER_EDIT_EMPTY: row(
    400,
    'Nothing of timer "{timer}" was named that should change.',
    'Name it, for example `musher timer edit {timer} --every 1h`.',
  ),
  TIMER_LIMIT: row(
    409,
    '{whose} has {open} timers that are not over; more than {limit} are not kept.',
    'Remove some first: `musher timer list`.',
  ),
} as const;
