/** What collides: between which agents, where, how far it is proved, and who was first. */
import { z } from 'zod';

/**
 * `forward`: two said that they are about to change the same; nothing has been written yet. `in-flight`: what both wrote does not merge,
 * proved by merging it. `ownership`: one wrote where another has said that it works, and it has not.
 */
export const conflictKindSchema = z.enum(['forward', 'in-flight', 'ownership']);
export type ConflictKind = z.infer<typeof conflictKindSchema>;

/**
 * `high`: nobody but a human can merge it (one deleted or renamed what the other changed, both added it otherwise, a binary, a submodule).
 * `medium`: the same lines. `low`: only said, not written.
 */
export const severitySchema = z.enum(['low', 'medium', 'high']);
export type Severity = z.infer<typeof severitySchema>;

/** Lines count from 1, both ends included, in that agent's file as it is now. */
export const lineRangeSchema = z.object({ start: z.number().int(), end: z.number().int() });
export type LineRange = z.infer<typeof lineRangeSchema>;

/** Why a file does not merge; `said`: of a forward conflict, both said they would change it; `foreign`: of an ownership conflict. */
export const collisionReasonSchema = z.enum([
  'content',
  'both-added',
  'modify-delete',
  'rename-rename',
  'rename-delete',
  'rename-add',
  'directory-file',
  'binary',
  'submodule',
  'mode',
  'symlink',
  'other',
  'said',
  'foreign',
]);
export type CollisionReason = z.infer<typeof collisionReasonSchema>;

/** One file that collides. */
export const collidingFileSchema = z.object({
  /** From the root of the repository; untrusted text. */
  path: z.string(),
  reason: collisionReasonSchema,
  /** Which lines collide, as each agent has them, in the order of `agents`; at most 20 each. Absent where there are no lines. */
  ranges: z.tuple([z.array(lineRangeSchema), z.array(lineRangeSchema)]).optional(),
  /** What makes it less than sure, in a few words; untrusted text. Only of `said`: a name beside a range, or a name of another kind. */
  hint: z.string().optional(),
});
export type CollidingFile = z.infer<typeof collidingFileSchema>;

/** How many files a conflict names. */
export const namedFiles = 50;

/** Why it is over; of an open one, absent. `gone`: what both have merges now, or an intent ended. `merged`: the work of one was merged. */
export const conflictEndSchema = z.enum(['gone', 'merged', 'agent-gone']);
export type ConflictEnd = z.infer<typeof conflictEndSchema>;

/**
 * Of two agents at most one of each kind is open; of ownership, one each way. The first side of an `in-flight` one may be a branch,
 * `refs/heads/main`: the second then collides with what is in its target already. Such a side is told nothing, and nothing is ordered.
 */
export const conflictRecordSchema = z.object({
  id: z.string(),
  kind: conflictKindSchema,
  /** Who was first (said or wrote the first of it) before the other. Of ownership: who owns, before who wrote. */
  agents: z.tuple([z.string(), z.string()]),
  severity: severitySchema,
  /** The first 50, in order of path. */
  files: z.array(collidingFileSchema),
  fileCount: z.number().int(),
  /** In which order they are better merged: less to merge by hand. The operator may say otherwise. */
  order: z.tuple([z.string(), z.string()]),
  /** Who said that order: `hub`, or `operator`. */
  orderedBy: z.enum(['hub', 'operator']),
  sinceMs: z.number(),
  /** When its files or severity were last others, Unix ms. */
  changedMs: z.number(),
  /** When it was over, Unix ms, and why. */
  endedMs: z.number().optional(),
  end: conflictEndSchema.optional(),
  /** The operator wants to see and hear no more of it, until its files are others. */
  dismissed: z.object({ atMs: z.number(), note: z.string().optional() }).optional(),
  /** Number of its first event in the log. */
  seq: z.number(),
});
export type ConflictRecord = z.infer<typeof conflictRecordSchema>;

/** One place of a file where both differ from where they came from: lines of each, and where they begin (from 1). */
export const collidingHunkSchema = z.object({
  base: z.object({ start: z.number().int(), lines: z.array(z.string()) }),
  /** In the order of the conflict's `agents`. */
  sides: z.tuple([
    z.object({ start: z.number().int(), lines: z.array(z.string()) }),
    z.object({ start: z.number().int(), lines: z.array(z.string()) }),
  ]),
});
export type CollidingHunk = z.infer<typeof collidingHunkSchema>;

/** A file of a conflict, three ways, as it is at this moment. */
export const collidingViewSchema = z.object({
  path: z.string(),
  reason: collisionReasonSchema,
  /** The first 50. Empty where there are no lines: a binary, a deletion, a mode. Untrusted text; a line is cut at 2,000 characters. */
  hunks: z.array(collidingHunkSchema),
  hunkCount: z.number().int(),
  /** What became of the file on each side, in the order of `agents`. */
  sides: z.tuple([z.string(), z.string()]),
});
export type CollidingView = z.infer<typeof collidingViewSchema>;

/** What a look at two agents' trees found. */
export const collisionsSchema = z.object({
  files: z.array(collidingFileSchema).max(namedFiles),
  fileCount: z.number().int(),
});
export type Collisions = z.infer<typeof collisionsSchema>;
