/** What becomes of a request while it waits: its branch moves on, its time is over, its target gets other work. */
import { z } from 'zod';
import { commitId } from './change-facts.ts';
import { command, event, query } from './define.ts';

const approval = z.string().min(1).max(80);

/** Why the hub took a request back by itself. */
export const withdrawalSchema = z.object({
  /**
   * `left-branch`: its commit is no longer on its agent's branch (amended, rebased, reset, or the branch is gone). `expired`: it waited
   * for longer than `[review] expire_days`. `story`: its story is not on its way into the target any more.
   */
  kind: z.enum(['left-branch', 'expired', 'story']),
  commit: commitId,
  /** Of one that left it. */
  branch: z.string().optional(),
  /** Where that branch is now; absent where there is none. */
  tip: commitId.optional(),
  /** Of one that expired. */
  days: z.number().int().optional(),
  /** Of one of a story, and where that is now. */
  story: z.string().optional(),
  stage: z.string().optional(),
});
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** Where its agent's branch is, when that is not the commit asked for. */
export const newerSchema = z.object({
  tip: commitId,
  /** Commits on top of the one asked for, those of the target left out. */
  count: z.number().int(),
});
export type Newer = z.infer<typeof newerSchema>;

/** Of the record of an approval. */
export const lifecycleFields = {
  /** Its branch went on; the request is for its own commit as before. */
  newer: newerSchema.optional(),
  /** Why the hub withdrew it; absent where somebody did. */
  withdrawal: withdrawalSchema.optional(),
};

/** At most so many files of a preview are named. */
export const previewFiles = 200;

/** What a merge would come to as its target stands now. Nothing moves by asking. */
export const previewSchema = z.object({
  approval: z.string(),
  commit: commitId,
  target: z.string(),
  /** What the target holds now. */
  tip: commitId,
  /** How many commits the target has beyond the base that the diff is against. */
  ahead: z.number().int(),
  /** How many of that base it has no more: it was moved back, and a merge would bring them again. */
  behind: z.number().int(),
  /** The target can go forward to the commit as it is: without this, `ff-only` is refused. */
  isForward: z.boolean(),
  /** It asks for part of a branch, which is put on top of the target by itself. */
  isApart: z.boolean().optional(),
  /**
   * `clean`: it leads to what the diff shows. `differs`: git merges it, and `files` come out otherwise than the diff shows.
   * `conflicts`: it cannot be merged, for `files`. `empty`: the target has all of it by another way. `merged`: the target has the commit.
   */
  outcome: z.enum(['clean', 'differs', 'conflicts', 'empty', 'merged']),
  /** At most 200, in order of path; `fileCount` is the true number. Untrusted text. */
  files: z.array(z.string()),
  fileCount: z.number().int(),
});
export type Preview = z.infer<typeof previewSchema>;

export const lifecycleCommands = {
  'approval.tell_branch': command({
    summary: 'The branch of a request is at another commit',
    who: ['system'],
    data: z.object({
      approval,
      branch: z.string(),
      /** Where it is; absent where there is none. */
      tip: commitId.optional(),
      /** The branch has the commit asked for. */
      holds: z.boolean(),
      /** Commits on top of it. */
      newer: z.number().int(),
    }),
    result: z.object({}),
  }),
  'approval.expire': command({
    summary: 'A request has waited for longer than it may',
    who: ['system'],
    data: z.object({ approval, days: z.number().int() }),
    result: z.object({}),
  }),
};

export const lifecycleQueries = {
  'approval.preview': query({
    summary: 'Show what the merge of a request would come to as its target stands now',
    who: ['operator', 'agent'],
    data: z.object({ approval }),
    result: previewSchema,
    cli: {
      name: 'approval preview',
      args: ['approval'],
      examples: ['musher approval preview a-7'],
    },
  }),
};

export const lifecycleEvents = {
  /** It still has the commit asked for, below others or as its newest again. */
  'approval.branch_moved': event({
    v: 1,
    data: z.object({
      approval: z.string(),
      agent: z.string(),
      title: z.string(),
      branch: z.string(),
      newer: newerSchema,
    }),
  }),
};
