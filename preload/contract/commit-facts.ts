/** What is kept of a commit on a branch, of one that is not where it belongs, and of a branch's newest. */
import { z } from 'zod';
import { changedFileSchema } from './change-facts.ts';

/** How many files of a commit are named. */
export const namedFilesOfCommit = 50;

export const commitFacts = {
  /** Full id. */
  commit: z.string(),
  /** First line of its message; untrusted text. */
  subject: z.string(),
  /** As the commit says it; untrusted text. */
  author: z.string(),
  /** When it was committed, by the clock of whoever did, Unix ms. */
  committedMs: z.number(),
  /** More than one: a merge, whose files are told against the first. */
  parents: z.number().int(),
  /** The first 50 in order of path. */
  files: z.array(changedFileSchema).max(namedFilesOfCommit),
  fileCount: z.number().int(),
  additions: z.number().int(),
  deletions: z.number().int(),
};

export const commitFactsSchema = z.object(commitFacts);
export type CommitFacts = z.infer<typeof commitFactsSchema>;

/** Commits that a move of a branch left without a name, and the ref that keeps them. */
export const lostSchema = z.object({ count: z.number().int().min(1), keptRef: z.string() });
export type LostCommits = z.infer<typeof lostSchema>;

/** A commit that was made in an agent's worktree on something else than its branch. */
export const strayCommitSchema = z.object({
  commit: z.string(),
  /** Absent: on none (a detached HEAD). Untrusted text. */
  branch: z.string().optional(),
});
export type StrayCommit = z.infer<typeof strayCommitSchema>;

/** Of the agent of this key, once something was committed in its worktree. */
export const headRecordSchema = z.object({
  agent: z.string(),
  branch: z.string(),
  /** Where its branch was last, as far as it was told; absent before its first commit. */
  head: z.string().optional(),
  /** Since the agent was added, amended ones counted again. */
  commitCount: z.number().int(),
  /** When it was told last, Unix ms. */
  lastMs: z.number(),
  /** It committed elsewhere and has not come back to its branch. */
  stray: z.object({ commits: z.array(strayCommitSchema), sinceMs: z.number() }).optional(),
});
export type HeadRecord = z.infer<typeof headRecordSchema>;
