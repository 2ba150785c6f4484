/** What a change consists of: the commit that it is pinned to, its files, submodules that nobody else can get, and pictures. */
import { z } from 'zod';

/** Full commit id. */
export const commitId = z
  .string()
  .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'expected a full commit id');

/** Everything a yes is pinned to. */
export const pinSchema = z.object({
  commit: commitId,
  tree: commitId,
  /** What the diff is against: the merge base of commit and target when it was requested; of a range the commit before its first. */
  base: commitId,
  /** Of a range alone: that merge base. What lies between it and `base` is not asked for. */
  fork: commitId.optional(),
  /** Branch it is to be merged into, for example `main`. */
  target: z.string(),
  /** SHA-256 (hex) of the patch bytes shown. */
  diffHash: z.string(),
});
export type Pin = z.infer<typeof pinSchema>;

/** Where the commits asked for stood on their branch when they were. */
export const placeSchema = z.object({
  /** Commits of the branch before the first of them. */
  before: z.number().int(),
  /** All that the target did not have. */
  of: z.number().int(),
});

export type Place = z.infer<typeof placeSchema>;

/** Untrusted text but for the id. */
export const commitLineSchema = z.object({
  commit: z.string(),
  subject: z.string(),
  author: z.string(),
  atMs: z.number(),
});

export const changedFileSchema = z.object({
  path: z.string(),
  oldPath: z.string().optional(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed']),
  /** Undefined for binary files. */
  additions: z.number().optional(),
  deletions: z.number().optional(),
  /** Of a binary file, in bytes, where its diff is shown; absent on the side where it is not. */
  sizes: z.object({ before: z.number().optional(), after: z.number().optional() }).optional(),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/**
 * A submodule that the change moves to a commit which no remote is known to have: once merged, `git submodule update`
 * fails for everybody who does not have that commit already.
 */
export const unpublishedSubmoduleSchema = z.object({
  /** Untrusted text, as all paths. */
  path: z.string(),
  commit: z.string(),
  /** In the agent's worktree alone, in the repository's own clone of the submodule, or in neither. */
  where: z.enum(['worktree', 'module', 'nowhere']),
  /** Folder that holds it. */
  at: z.string().optional(),
  /** What to run, as words: pushes it from there, or asks the remote whether it has it. */
  command: z.array(z.string()).optional(),
});
export type UnpublishedSubmodule = z.infer<typeof unpublishedSubmoduleSchema>;

export const pictureSchema = z.object({
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/x-icon']),
  width: z.number(),
  height: z.number(),
  base64: z.string(),
});
export type Picture = z.infer<typeof pictureSchema>;
