/** Timeline: the log for people, and the state as it was after any of its events. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { storyStageSchema } from './story-facts.ts';

/** Kinds of records that a look at the past begins with; others are asked for by name. */
export const pastKinds = [
  ...(['agent', 'story', 'waiting', 'approval', 'question', 'permission'] as const),
] as const;

/** What is worth a mark on the way through a long log. */
export const markKinds = ['merge', 'failure', 'approval', 'restart'] as const;
export type MarkKind = (typeof markKinds)[number];

const seq = z.coerce.number().int().min(1);
const moment = z.coerce
  .string()
  .trim()
  .min(1)
  .max(40)
  .describe('The number of an event, or a time such as 2026-11-30T10:00');

/** One event, in words. */
export const pastEventSchema = z.object({
  seq: z.number(),
  atMs: z.number(),
  type: z.string(),
  actor: actorSchema,
  via: z.enum(['system']).optional(),
  /** The command that led to it: all its events have the same. */
  causeId: z.string(),
  /** Untrusted. */
  text: z.string(),
  /** What it is about: `story/s-12`, `approval/a-7f3`, `agent/backend`. */
  about: z.array(z.string()),
});
export type PastEvent = z.infer<typeof pastEventSchema>;

/** How far the folding of what is not kept yet has come, as numbers of events. */
const progress = z.object({ at: z.number(), to: z.number() });
export type PastProgress = z.infer<typeof progress>;

const rowSchema = z.object({ key: z.string(), record: z.unknown() });

export const pastStateSchema = z.object({
  seq: z.number(),
  /** When that event was written, Unix ms. */
  atMs: z.number(),
  /** The newest event there is now. */
  head: z.number(),
  event: pastEventSchema,
  /** Present while it is not ready: what is to be kept is folded first, and asking again goes on from there. */
  progress: progress.optional(),
  /** By kind, as pages mirrored them then: how many there were, and the first of them. Empty while it is not ready. */
  kinds: z.record(z.string(), z.object({ count: z.number(), rows: z.array(rowSchema) })),
  /** Stories that were not over, by stage. */
  stages: z.record(z.string(), z.number()),
});
export type PastState = z.infer<typeof pastStateSchema>;

const limit = z.coerce.number().int().min(1).max(500);
const waitMs = z.coerce
  .number()
  .int()
  .min(0)
  .max(60_000)
  .default(30_000)
  .describe('How long to wait for a state that is to be folded first, milliseconds');

export const timeline = defineFeature({
  name: 'timeline',
  commands: {},
  queries: {
    'timeline.list': query({
      summary: 'List what happened, in words; with --at, show how everything stood then',
      who: ['operator'],
      data: z.object({
        after: z.coerce.number().int().min(0).optional().describe('Events after this number'),
        before: seq.optional().describe('The newest events before this number'),
        from: moment.optional().describe('Not before this event or time'),
        to: moment.optional().describe('Not after this event or time'),
        type: z.string().trim().min(1).max(60).optional().describe('A type, or how types begin'),
        agent: z.string().min(1).max(80).optional().describe('Of this agent, or to it'),
        story: z.string().min(1).max(40).optional().describe('Of this story'),
        text: z.string().min(1).max(200).optional().describe('With these words'),
        limit: limit.default(50).describe('At most so many'),
      }),
      result: z.object({
        /** Oldest first. */
        events: z.array(pastEventSchema),
        head: z.number(),
        /** There are more in that direction, from `cursor` on. */
        more: z.boolean(),
        cursor: z.number(),
      }),
      cli: {
        name: 'timeline',
        examples: ['musher timeline --story s-12', 'musher timeline --at 2026-11-30T10:00'],
      },
    }),
    'timeline.at': query({
      summary: 'Show how everything stood after an event, or at a time',
      who: ['operator'],
      data: z.object({
        at: moment,
        first: z.coerce
          .number()
          .int()
          .min(0)
          .max(200)
          .default(50)
          .describe('So many records of each kind come along'),
        kinds: z
          .array(z.string().max(40))
          .max(40)
          .default([...pastKinds]),
        waitMs,
      }),
      result: pastStateSchema,
      cli: {
        name: 'past show',
        args: ['at'],
        examples: ['musher past show 1200', 'musher past show 2026-11-30T10:00'],
      },
    }),
    'timeline.records': query({
      summary: 'Page through the records of one kind as they were after an event',
      who: ['operator'],
      data: z.object({
        seq,
        kind: z.string().min(1).max(40).describe('A kind of records, such as story or agent'),
        stage: storyStageSchema.optional().describe('Of stories: only those in this stage'),
        after: z.string().max(200).optional().describe('The `next` of the page before'),
        limit: limit.default(100).describe('At most so many'),
        waitMs,
      }),
      result: z.object({
        rows: z.array(rowSchema),
        total: z.number(),
        /** Absent on the last page. */
        next: z.string().optional(),
        progress: progress.optional(),
      }),
      cli: {
        name: 'past records',
        args: ['seq', 'kind'],
        examples: ['musher past records 1200 story --stage coding'],
      },
    }),
    'timeline.chain': query({
      summary: 'List what belongs to an event: its command, and what the work that it began led to',
      who: ['operator'],
      data: z.object({ seq }),
      /** Oldest first, the event itself among them; at most a hundred. */
      result: z.object({ events: z.array(pastEventSchema) }),
      cli: { name: 'past chain', args: ['seq'], examples: ['musher past chain 1200'] },
    }),
    'timeline.overview': query({
      summary:
        'Show how much happened when, over the whole log, and where it was merged, failed or restarted',
      who: ['operator'],
      data: z.object({
        buckets: z.coerce.number().int().min(1).max(600).default(200).describe('Parts of the time'),
        waitMs,
      }),
      result: z.object({
        head: z.number(),
        fromMs: z.number(),
        toMs: z.number(),
        /** Of the same length each; `seq`: the last event before its end. */
        buckets: z.array(z.object({ seq: z.number(), count: z.number() })),
        marks: z.array(z.object({ seq: z.number(), atMs: z.number(), kind: z.enum(markKinds) })),
        progress: progress.optional(),
      }),
      cli: { name: 'past overview' },
    }),
  },
  events: {},
  records: {},
});
