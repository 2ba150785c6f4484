/** What a timer is, as it is remembered and shown. Its words are untrusted text: shown, never run and never read as markup of a page. */
import { z } from 'zod';
import { actionSchema } from './actions.ts';
import { actorSchema } from './envelope.ts';
import { wireErrorSchema } from './wire-error.ts';

/** Timers that are not over. */
export const openTimers = 10_000;
/** Of those, reminders of one agent. */
export const openReminders = 50;
/** Firings that fail in a row before a timer is paused. */
export const failuresAllowed = 5;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
export const shortestEveryMs = minuteMs;
export const longestMs = 366 * dayMs;

/**
 * When it fires. Times are those of the clock on the wall: an interval is so many milliseconds whatever a zone's clocks do, a cron expression is
 * read in its zone.
 */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('once'),
    atMs: z.number(),
    /** It was said as a span from when it was set. */
    inMs: z.number().optional(),
  }),
  z.object({
    kind: z.literal('interval'),
    everyMs: z.number(),
    /** Each time is this one, or so many intervals from it. */
    fromMs: z.number(),
    /** Not before that. */
    startMs: z.number().optional(),
  }),
  z.object({
    kind: z.literal('cron'),
    cron: z.string(),
    /** IANA name: `Europe/Berlin`. */
    zone: z.string(),
    startMs: z.number().optional(),
  }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

/** `active` has a next time, or does what its last one was for. `paused`: by the operator, or after failures in a row. */
export const timerStateSchema = z.enum(['active', 'paused', 'done', 'removed']);
export type TimerState = z.infer<typeof timerStateSchema>;

export const firingSchema = z.object({
  /** Counts the firings of this timer: the name of this one. */
  n: z.number().int(),
  /** When it was due; absent where it was run by hand. */
  dueMs: z.number().optional(),
  atMs: z.number(),
  /** `acting`: what it is for is being done. */
  state: z.enum(['acting', 'done', 'failed']),
  /** When that ended. */
  endMs: z.number().optional(),
  error: wireErrorSchema.optional(),
  /** What came of it, where that has a name: `s-12`, an agent. */
  made: z.string().optional(),
});
export type Firing = z.infer<typeof firingSchema>;

/** As pages and lists have it. */
export const timerRecordSchema = z.object({
  id: z.string(),
  label: z.string().optional(),
  /** Whose it is: in whose name it does what it does. */
  owner: actorSchema,
  schedule: scheduleSchema,
  action: actionSchema,
  /** The same as a line: `story move s-3 coding`. */
  does: z.string(),
  state: timerStateSchema,
  pausedBy: z.enum(['operator', 'failures']).optional(),
  /** When it fires next, Unix ms; in the past while it does what its last time was for. Absent where it will not. */
  nextMs: z.number().optional(),
  last: firingSchema.optional(),
  /** Firings in all, and that failed in a row up to now. */
  fired: z.number().int(),
  failures: z.number().int(),
  addedMs: z.number(),
});
export type TimerRecord = z.infer<typeof timerRecordSchema>;

/** Something that happens by itself at a time, of whatever feature. */
export const upcomingSchema = z.object({
  /** `timer`, `restart`, `limit`, `snooze`, or what a later feature brings. */
  kind: z.string(),
  /** What it is of: `t-3`, an agent. */
  subject: z.string(),
  atMs: z.number(),
  /** One line. Untrusted text. */
  title: z.string(),
});
export type Upcoming = z.infer<typeof upcomingSchema>;
