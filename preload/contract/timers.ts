/** Timers: what happens by itself when its time comes, once or again and again; and reminders. */
import { z } from 'zod';
import { actionFields, actionSchema } from './actions.ts';
import { defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { timerCommands, timerId, whenFields } from './timer-commands.ts';
import { scheduleSchema, timerRecordSchema, upcomingSchema } from './timer-facts.ts';
import { wireErrorSchema } from './wire-error.ts';

const named = { timer: z.string() };
/** What a reader of the event alone needs to know of it. */
/** Times that passed between the one it last fired for and the next: they count as one. */
const skipping = { skips: z.boolean().optional() };
const told = { ...named, does: z.string(), label: z.string().optional() };

/** One event of a timer’s history. */
const passageSchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  actor: actorSchema,
  type: z.string(),
  /** Untrusted text. */
  text: z.string(),
});
export type TimerPassage = z.infer<typeof passageSchema>;

export const timers = defineFeature({
  name: 'timers',
  commands: timerCommands,
  queries: {
    'timer.list': query({
      summary: 'List timers and reminders: what fires next, and what each last did',
      who: ['operator', 'agent'],
      data: z.object({
        all: z.boolean().default(false).describe('Also those that are over, the newest'),
        limit: z.coerce.number().int().min(1).max(1_000).default(200).describe('At most so many'),
      }),
      result: z.object({ timers: z.array(timerRecordSchema), total: z.number().int() }),
      cli: { name: 'timer list' },
    }),
    'timer.get': query({
      summary: 'Show a timer: when it fires next, and all that it did',
      who: ['operator', 'agent'],
      data: z.object({
        timer: timerId.describe('Its id, t-3'),
        before: z.coerce
          .number()
          .int()
          .min(1)
          .optional()
          .describe('Only history before this event'),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(200)
          .default(20)
          .describe('Newest events of its history'),
      }),
      result: timerRecordSchema.extend({
        /** Its next times, at most five, Unix ms. */
        times: z.array(z.number()),
        /** Oldest first. */
        history: z.array(passageSchema),
        /** There is more in the log: ask again with `before` of the first that is here. */
        hasMore: z.boolean(),
      }),
      cli: { name: 'timer show', args: ['timer'] },
    }),
    'timer.preview': query({
      summary: 'Show when something would fire, and set nothing',
      who: ['operator', 'agent'],
      data: z.object({ ...whenFields, ...actionFields }),
      result: z.object({
        schedule: scheduleSchema,
        times: z.array(z.number()),
        zone: z.string(),
        /** What would be done, where that was said as well. */
        does: z.string().optional(),
      }),
      cli: {
        name: 'timer preview',
        examples: ["musher timer preview --cron '30 2 * * *' --zone Europe/Berlin"],
      },
    }),
    'schedule.list': query({
      summary: 'List what happens by itself and when: timers, restarts, ends of limits, and more',
      who: ['operator'],
      data: z.object({
        limit: z.coerce.number().int().min(1).max(500).default(50).describe('At most so many'),
      }),
      result: z.object({ upcoming: z.array(upcomingSchema), total: z.number().int() }),
      cli: { name: 'schedule' },
    }),
  },
  events: {
    'timer.added': event({
      v: 1,
      data: z.object({
        ...told,
        owner: actorSchema,
        schedule: scheduleSchema,
        action: actionSchema,
        nextMs: z.number(),
      }),
    }),
    'timer.edited': event({
      v: 1,
      data: z.object({
        ...told,
        schedule: scheduleSchema.optional(),
        action: actionSchema.optional(),
        /** Absent: none, for it is paused. */
        nextMs: z.number().optional(),
        ...skipping,
      }),
    }),
    'timer.paused': event({
      v: 1,
      data: z.object({
        ...told,
        by: z.enum(['operator', 'failures']),
        failures: z.number().int().optional(),
        error: wireErrorSchema.optional(),
      }),
    }),
    'timer.resumed': event({
      v: 1,
      data: z.object({
        ...told,
        nextMs: z.number(),
        schedule: scheduleSchema.optional(),
        ...skipping,
      }),
    }),
    'timer.removed': event({ v: 1, data: z.object(told) }),
    'timer.fired': event({
      v: 1,
      data: z.object({
        ...told,
        n: z.number().int(),
        by: z.enum(['time', 'operator']),
        dueMs: z.number().optional(),
        /** Absent where it will not fire again, and where it was run by hand: its next time stays then. */
        nextMs: z.number().optional(),
        ...skipping,
        /** Nothing is to be done beside what was written with it. */
        isDone: z.boolean().optional(),
      }),
    }),
    'timer.acted': event({
      v: 1,
      data: z.object({
        ...told,
        n: z.number().int(),
        made: z.string().optional(),
        error: wireErrorSchema.optional(),
        /** It will not fire again. */
        isLast: z.boolean().optional(),
      }),
    }),
    'timer.rearmed': event({
      v: 1,
      data: z.object({
        ...named,
        nextMs: z.number(),
        schedule: scheduleSchema.optional(),
        ...skipping,
      }),
    }),
    'timer.reminded': event({
      v: 1,
      data: z.object({
        ...named,
        n: z.number().int(),
        text: z.string(),
        /** Absent: the operator. */
        agent: z.string().optional(),
      }),
    }),
  },
  records: { timer: timerRecordSchema },
});
