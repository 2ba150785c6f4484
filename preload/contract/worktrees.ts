/** Worktrees: what is other in each agent's than in its commit, as the disk tells it. */
import { z } from 'zod';
import { defineFeature } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';
import { worktreeQueries } from './worktree-commands.ts';
import { poolMemberSchema } from './worktree-pool.ts';
import { workCommands, workEvents, workQueries, worktreeWorkSchema } from './worktree-work.ts';

export const treeChangeSchema = z.object({
  /** From the root of the worktree, with `/`. Untrusted text. A rename is two of them. */
  path: z.string(),
  /** Against the commit that is checked out. `untracked`: git does not know it. */
  kind: z.enum(['added', 'modified', 'deleted', 'type-changed', 'unmerged', 'untracked']),
  isStaged: z.boolean(),
});
export type TreeChange = z.infer<typeof treeChangeSchema>;

/** How many changes a page is told by name. */
export const shownChanges = 200;

/** Of the agent of this key, for as long as it has a worktree. Live: it is in no log. */
export const worktreeRecordSchema = z.object({
  path: z.string(),
  /** The commit that is checked out; absent where there is none, or nothing could be read yet. */
  head: z.string().optional(),
  /** Absent when detached. */
  branch: z.string().optional(),
  /** The first 200 in order of path. */
  changes: z.array(treeChangeSchema),
  changeCount: z.number().int(),
  /** When it was so, Unix ms; when it was tried, where it could not be read. */
  atMs: z.number(),
  /** When something in it was last seen to be written or committed since Musher began to look, Unix ms; absent until then. By whom is not known. */
  writtenMs: z.number().optional(),
  /** `events`: the system tells of each change. `poll`: not of all of them, and it is looked at every 30 s; `reason` says why and what helps. */
  seenBy: z.enum(['events', 'poll']),
  reason: z.string().optional(),
  /** It could not be read: what is here is what was known before. Tried again within 30 s. */
  trouble: wireErrorSchema.optional(),
});
export type WorktreeRecord = z.infer<typeof worktreeRecordSchema>;

export const worktrees = defineFeature({
  name: 'worktrees',
  commands: workCommands,
  queries: { ...worktreeQueries, ...workQueries },
  events: workEvents,
  records: { worktreeWork: worktreeWorkSchema },
  live: { worktree: worktreeRecordSchema, poolMember: poolMemberSchema },
});
