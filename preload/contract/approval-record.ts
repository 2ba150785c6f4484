/** An approval as pages, agents and the command see it. */
import { z } from 'zod';
import { lifecycleFields } from './approval-lifecycle.ts';
import { byStorySchema } from './approval-stories.ts';
import { pushSchema, undoesSchema } from './approval-outcomes.ts';
import { changedFileSchema, pinSchema, placeSchema } from './change-facts.ts';
import { actorSchema } from './envelope.ts';
import { mergeFailureKinds } from './merge-failures.ts';
import { mergeStrategySchema, queuedSchema } from './merge-queue.ts';
import { wireErrorSchema } from './wire-error.ts';

export const approvalStateSchema = z.enum([
  'pending',
  'approved',
  'merging',
  'merged',
  'failed',
  'conflicted',
  'denied',
  'withdrawn',
  'superseded',
]);
export type ApprovalState = z.infer<typeof approvalStateSchema>;

export const approvalRecordSchema = z.object({
  id: z.string(),
  agent: z.string(),
  /** First line of the commit message unless the agent gave one. Untrusted text. */
  title: z.string(),
  description: z.string().optional(),
  pin: pinSchema,
  /** At most 200 files; `fileCount` is the true number. */
  files: z.array(changedFileSchema),
  fileCount: z.number(),
  additions: z.number(),
  deletions: z.number(),
  commitCount: z.number(),
  /** Absent in requests of before ranges. */
  place: placeSchema.optional(),
  state: approvalStateSchema,
  requestedMs: z.number(),
  settledBy: actorSchema.optional(),
  settledMs: z.number().optional(),
  /** What was said with the denial, or with the yes. */
  note: z.string().optional(),
  /** The rule of the operator's config by which Musher approved it. */
  rule: z.string().optional(),
  /** The story that it would merge. */
  story: z.string().optional(),
  /** By which review of that story it was approved. */
  byStory: byStorySchema.optional(),
  /** Rules, or the review of its story, look at it first; the operator is asked once they leave it. */
  considering: z.literal(true).optional(),
  /** Why a rule that might have approved it left it to the operator. Untrusted text. */
  leftBecause: z.string().optional(),
  /** Id of the review that it was denied with: its threads say what is to be mended. */
  review: z.string().optional(),
  /** The commit that the target branch now holds. */
  mergeCommit: z.string().optional(),
  /** Files in conflict, when conflicted. */
  conflicts: z.array(z.string()).optional(),
  failure: wireErrorSchema.optional(),
  failureKind: z.enum(mergeFailureKinds).optional(),
  /** Why no ref of Musher's own keeps its commit: git may forget that one. A yes pins it anew. */
  unpinned: wireErrorSchema.optional(),
  /** Why the operator merges it though required gates have not passed. */
  overrideGates: z.string().optional(),
  /** Its place in the merge queue, from the yes on. */
  queued: queuedSchema.optional(),
  /** How it is merged; absent before the yes. */
  strategy: mergeStrategySchema.optional(),
  /** Since when it is being merged, Unix ms; absent when it is not. */
  mergingMs: z.number().optional(),
  /** What the target held before the merge. */
  mergedFrom: z.string().optional(),
  /** The approval that it takes back; its own `agent` is then the operator. */
  undoes: undoesSchema.optional(),
  /** The merged approval that took this one back. */
  undoneBy: z.string().optional(),
  /** Where the target is pushed after a merge. */
  push: pushSchema.optional(),
  ...lifecycleFields,
});
export type ApprovalRecord = z.infer<typeof approvalRecordSchema>;
