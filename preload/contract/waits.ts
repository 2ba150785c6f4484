/** How long agents waited for the operator, and what the operator decided. Both are read from events of other features. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import { actorSchema } from './envelope.ts';

/** How many waits are remembered that are over; figures are of these. */
export const endedWaitsKept = 5_000;

export const waitFiguresSchema = z.object({
  /** How many waits ended, by whomever: answered, taken back, run out of time. */
  count: z.number().int(),
  /** How long they lasted, milliseconds: half of them no longer, 95 of 100 no longer, and all together. */
  medianMs: z.number(),
  p95Ms: z.number(),
  sumMs: z.number(),
});
export type WaitFigures = z.infer<typeof waitFiguresSchema>;

export const waitDaySchema = z.object({
  /** `2026-05-30`, in the time zone of the machine that Musher runs on: the day on which the waits ended. */
  day: z.string(),
  all: waitFiguresSchema,
  /** By agent and kind (`question`, `approval`, `proposal`, `permission`, `message`), whoever waited longest in all first. */
  rows: z.array(waitFiguresSchema.extend({ agent: z.string(), kind: z.string() })),
});
export type WaitDay = z.infer<typeof waitDaySchema>;

export const decidedItemSchema = z.object({
  /** Number of the event that says so. */
  seq: z.number().int(),
  atMs: z.number(),
  /** Who decided: `operator`; `system` where a question ran out of time, or a rule of the operator's approved. */
  by: actorSchema,
  /** Its event: `question.answered`. */
  type: z.string(),
  /** `<kind>/<subject>`, as the Inbox had it. */
  item: z.string(),
  agent: z.string(),
  /** One line: what was decided, and about what. Untrusted text, at most 300 characters. */
  what: z.string(),
  /** How long its agent waited, milliseconds; absent when it did not, or is no longer remembered. */
  waitedMs: z.number().optional(),
});
export type DecidedItem = z.infer<typeof decidedItemSchema>;

export const waits = defineFeature({
  name: 'waits',
  commands: {},
  queries: {
    'inbox.stats': query({
      summary: 'Say how long agents waited for you, by day, agent and kind',
      who: ['operator'],
      data: z.object({
        days: z.number().int().min(1).max(90).default(7).describe('How many days back, with today'),
      }),
      result: z.object({
        /** Nothing before it is remembered, Unix ms; absent while all is. */
        sinceMs: z.number().optional(),
        /** The newest first; days on which no wait ended are left out. */
        days: z.array(waitDaySchema),
      }),
      cli: { name: 'inbox stats', examples: ['musher inbox stats --days 30'] },
    }),
    'inbox.decided': query({
      summary: 'List what you decided, the newest first',
      who: ['operator'],
      data: z.object({
        before: z.number().int().min(1).optional().describe('Only decisions before this event'),
        limit: z.number().int().min(1).max(100).default(30),
        text: z.string().max(200).default('').describe('Words that are all in it'),
      }),
      result: z.object({
        decisions: z.array(decidedItemSchema),
        /** There may be older ones: ask again with `before`. A page with a text may be short, or empty, and have more. */
        before: z.number().int().optional(),
      }),
      cli: { name: 'decided', examples: ['musher decided --text postgres'] },
    }),
  },
  events: {},
  records: {},
});
