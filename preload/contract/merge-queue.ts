/**
 * The merge queue: what was approved waits here for its turn, one at a time for each target branch. An approval that
 * builds on another's commit goes after that one; else they go as they were approved, unless the operator moved one.
 */
import { z } from 'zod';
import { command, event, query } from './define.ts';
import { mergeFailureKinds } from './merge-failures.ts';

/**
 * How an approved commit comes onto its target. `merge`: forward where the target can go there, else by a merge commit.
 * `squash`: as one commit on top. `rebase`: its commits one by one on top, each with its author and message. `ff-only`: forward or not at all.
 */
export const mergeStrategySchema = z.enum(['merge', 'squash', 'rebase', 'ff-only']);
export type MergeStrategy = z.infer<typeof mergeStrategySchema>;

/** The place of an approval in its queue, from the yes on. */
export const queuedSchema = z.object({
  /** Number of the event that approved it. */
  seq: z.number(),
  /** Lower goes first. */
  rank: z.number(),
  /** Approvals on whose commits it builds: it goes after those that wait too. */
  after: z.array(z.string()),
});
export type Queued = z.infer<typeof queuedSchema>;

/** Nothing more is merged into it until it is released. */
export const queueHoldSchema = z.object({
  /** A branch; `*` for all of them. */
  target: z.string(),
  sinceMs: z.number(),
});
export type QueueHold = z.infer<typeof queueHoldSchema>;

const approval = z.string().min(1).max(80);
const branch = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[^-\s*][^\s]*$/, 'expected a branch name')
  .optional();

const entry = z.object({
  approval: z.string(),
  agent: z.string(),
  /** Untrusted text. */
  title: z.string(),
  commit: z.string(),
  strategy: mergeStrategySchema,
  /** When it was approved, or when its merge began, Unix ms. */
  sinceMs: z.number(),
});

export const queueTargetSchema = z.object({
  target: z.string(),
  /** Since when nothing more is merged into it, Unix ms. */
  heldSinceMs: z.number().optional(),
  running: entry.optional(),
  /** In the order in which they will be merged. */
  waiting: z.array(
    entry.extend({
      /** `next`: it is its turn when what runs has ended, or the hold. `behind`: others were before it. `contains`: it builds on the commit of `of`. */
      why: z.enum(['next', 'behind', 'contains']),
      /** The approval that it waits for; absent where it is next and nothing runs. */
      of: z.string().optional(),
    }),
  ),
});
export type QueueTarget = z.infer<typeof queueTargetSchema>;

export const queueCommands = {
  'queue.move': command({
    summary: 'Merge an approval before another that waits for the same branch',
    who: ['operator'],
    data: z.object({
      approval,
      before: approval.describe('The approval that it is to be merged before'),
    }),
    result: z.object({ target: z.string(), order: z.array(z.string()) }),
    cli: {
      name: 'queue move',
      args: ['approval'],
      examples: ['musher queue move a-7 --before a-3'],
    },
  }),
  'queue.hold': command({
    summary: 'Merge nothing more into a branch until it is released; what runs ends first',
    who: ['operator'],
    data: z.object({ target: branch.describe('Branch; default all of them') }),
    result: z.object({ target: z.string() }),
    cli: { name: 'queue hold', args: ['target'] },
  }),
  'queue.release': command({
    summary: 'Go on merging into a branch that was held',
    who: ['operator'],
    data: z.object({ target: branch.describe('Branch; default all that are held') }),
    result: z.object({ targets: z.array(z.string()) }),
    cli: { name: 'queue release', args: ['target'] },
  }),
  'queue.resume': command({
    summary: 'Begin what waits and nothing holds up',
    who: ['system'],
    data: z.object({}),
    result: z.object({}),
  }),
};

export const queueQueries = {
  'queue.list': query({
    summary: 'List what waits to be merged, by branch, in order and why',
    who: ['operator'],
    data: z.object({}),
    result: z.object({
      targets: z.array(queueTargetSchema),
      /** All branches are held since then, Unix ms. */
      heldSinceMs: z.number().optional(),
      /** Newest first, at most 20: what was approved and could not be merged, and still can be decided. */
      failed: z.array(
        entry.omit({ strategy: true }).extend({
          target: z.string(),
          kind: z.enum(mergeFailureKinds),
          /** What went wrong. */
          message: z.string(),
          /** What the operator can do next. */
          next: z.string(),
        }),
      ),
    }),
    cli: { name: 'queue' },
  }),
};

export const queueEvents = {
  'queue.moved': event({
    v: 1,
    /** All that waited then, in their new order. */
    data: z.object({ target: z.string(), approval: z.string(), order: z.array(z.string()) }),
  }),
  'queue.held': event({ v: 1, data: z.object({ target: z.string() }) }),
  'queue.released': event({ v: 1, data: z.object({ target: z.string() }) }),
};
