/** What an approval shows: the diff that it is pinned to, its commits and what lies around them, and pictures in it. */
import { z } from 'zod';
import {
  changedFileSchema,
  commitLineSchema,
  pictureSchema,
  pinSchema,
  unpublishedSubmoduleSchema,
} from './change-facts.ts';
import { query } from './define.ts';
import { mergeStrategySchema } from './merge-queue.ts';
import { wireErrorSchema } from './wire-error.ts';

const id = z.string().min(1).max(80);
export const commitDigits = z
  .string()
  .min(4)
  .max(64)
  .regex(/^[0-9a-fA-F]+$/, 'expected a commit id (4 to 64 hex digits), not a branch name');

export const diffQueries = {
  'approval.diff': query({
    summary: 'Show the diff that an approval is pinned to',
    who: ['operator', 'agent'],
    data: z.object({
      approval: id,
      commit: commitDigits
        .optional()
        .describe('Show what this commit of it changes by itself; only the whole can be approved'),
    }),
    result: z.object({
      pin: pinSchema,
      /** What is shown is the change of this commit of it alone, to its first parent. */
      alone: commitLineSchema.extend({ additions: z.number(), deletions: z.number() }).optional(),
      /** Unified diff (git format). Untrusted text. Cut at a file boundary when larger than 4 MiB. */
      patch: z.string(),
      truncated: z.boolean(),
      files: z.array(changedFileSchema),
      /** What is asked for, newest first, at most 250, as the two below. */
      commits: z.array(commitLineSchema),
      /** Of its branch, not asked for: those before, and those that the branch has had since. Absent where there are none. */
      earlier: z.array(commitLineSchema).optional(),
      later: z.array(commitLineSchema).optional(),
      /** How the target stands now: moved since the request, and whether a checkout of it is clean. */
      targetMoved: z.boolean(),
      checkout: z.object({ path: z.string(), clean: z.boolean() }).optional(),
      /** How a yes that names no strategy would merge it. */
      strategy: mergeStrategySchema,
      /** The target does not have what comes before this range: by `merge` and `ff-only` it cannot be merged. */
      isApart: z.boolean().optional(),
      /** Why this range cannot be put on top of the target as that is now. */
      unfit: wireErrorSchema.optional(),
      /** At most 20. By what is on this disk; no remote is asked. */
      unpublished: z.array(unpublishedSubmoduleSchema).optional(),
      /** Further changed submodules that could not be looked at in a few seconds. */
      unchecked: z.number().optional(),
    }),
    cli: {
      name: 'approval diff',
      args: ['approval'],
      examples: ['musher approval diff a-7', 'musher approval diff a-7 --commit 4be1c07'],
    },
  }),
  'approval.pictures': query({
    summary: 'Show the pictures that a changed binary file holds before and after',
    who: ['operator', 'agent'],
    data: z.object({ approval: id, path: z.string() }),
    result: z.object({
      /** Absent where there is no picture: no file, another kind, above 2 MiB or 50 million pixels. */
      before: pictureSchema.optional(),
      after: pictureSchema.optional(),
    }),
  }),
};
