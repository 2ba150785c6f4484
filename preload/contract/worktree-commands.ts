/** Every place where a worktree of this repository is, was, or looks to be: what is there, and what can be done about it. */
import { z } from 'zod';
import { query } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';

/**
 * What a place is. `main`: the operator's own checkout. `agent`: an agent works there. `kept`: Musher made it for an agent
 * that is destroyed, or works elsewhere by now. `orphan`: Musher made it for an agent that nobody knows any more. `outside`:
 * made by hand, or by another program. `missing`: git knows it, or an agent works there, and the folder is gone. `moved`:
 * it stands here, and git looks for it elsewhere. `forgotten`: a folder that was a worktree until git forgot it.
 * `pool`: it stands ready for an agent to come.
 * `integration`: Musher's own, where merges are tried or gates run. `trash`: what could not be deleted of one that was removed.
 * `folder`: no worktree of this repository.
 */
export const worktreeStateSchema = z.enum([
  'main',
  'agent',
  'kept',
  'orphan',
  'outside',
  'missing',
  'moved',
  'forgotten',
  'pool',
  'integration',
  'trash',
  'folder',
]);
export type WorktreeState = z.infer<typeof worktreeStateSchema>;

/** What a folder takes on the disk, in bytes of whole blocks: a sparse file counts what it has, a hard link once. */
export const treeSizeSchema = z.object({
  totalBytes: z.number(),
  /** What git ignores, such as `node_modules`: mostly what can be made again. */
  ignoredBytes: z.number(),
  /** What git neither has nor ignores. */
  untrackedBytes: z.number(),
  /** Of the total: files that have other names outside the folder as well; deleting it frees none of these. */
  sharedBytes: z.number(),
  fileCount: z.number().int(),
  /** It took too long: there is more than this. */
  isPartial: z.boolean(),
});
export type TreeSize = z.infer<typeof treeSizeSchema>;

/** How far work in it is from being everybody's. Each is absent where it could not be found out. */
export const treeCountsSchema = z.object({
  /** Paths that are other than in its commit, or that git does not know. */
  changed: z.number().int().optional(),
  /** Commits that are not in the target branch, at most 1,000. */
  unmerged: z.number().int().optional(),
  /** Commits that no remote has, at most 1,000; absent too where there is no remote. */
  unpushed: z.number().int().optional(),
});
export type TreeCounts = z.infer<typeof treeCountsSchema>;

export const worktreeRowSchema = treeCountsSchema.extend({
  /** Absolute. Untrusted text. */
  path: z.string(),
  state: worktreeStateSchema,
  /** Of a moved one: where git looks for it. */
  wasAt: z.string().optional(),
  /** What is odd about it, in a few words. */
  why: z.string().optional(),
  /** Absent when detached. */
  branch: z.string().optional(),
  /** The commit that is checked out. */
  head: z.string().optional(),
  /** Who works there, or for whom it was made. */
  agent: z.string().optional(),
  /** Where in its life that agent is: `stopped`, `destroyed`. Absent for one that nobody knows. */
  agentState: z.string().optional(),
  /** Somebody locked it in git, for this reason; empty when no reason was given. Musher leaves it alone. */
  locked: z.string().optional(),
  /** Its counts could not be had. */
  trouble: wireErrorSchema.optional(),
  /** Absent where it was not asked for, and where nothing is. */
  size: treeSizeSchema.optional(),
  /** What `worktree.prune` takes this very thing away by: another one as soon as it is of another kind, branch or commit. */
  pruneId: z.string().optional(),
});
export type WorktreeRow = z.infer<typeof worktreeRowSchema>;

export const worktreeQueries = {
  'worktree.list': query({
    summary:
      'List every worktree there is, with whose it is and what is in it that nowhere else is',
    who: ['operator'],
    data: z.object({
      sizes: z
        .boolean()
        .default(false)
        .describe('Count what each takes on the disk; slow where there are many files'),
    }),
    result: z.object({
      /** The main checkout first, then those of agents. At most 500. */
      worktrees: z.array(worktreeRowSchema),
      /** How many are left out. */
      more: z.number().int(),
      /** The branch that `unmerged` is counted against. */
      target: z.string(),
    }),
    cli: {
      name: 'worktree list',
      examples: ['musher worktree list --sizes'],
    },
  }),
};
