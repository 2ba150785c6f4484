/** Work on several worktrees at once that takes a while: what is to be done with each, and what became of it. */
import { z } from 'zod';
import { command, event, query } from './define.ts';
import { waitMs } from './messages.ts';
import { wireErrorSchema } from './wire-error.ts';

/**
 * What is done with one. `repoint`: git and agent are told where it stands. `register`: git knows it again, its files
 * untouched. `renew`: it is made anew from its branch, and from its newest snapshot where that is of the same commit.
 * `remove`: its files are kept in a snapshot, then it goes; the branch stays. `none`: nothing, and `say` tells why.
 */
export const treeDeedSchema = z.enum(['repoint', 'register', 'renew', 'remove', 'none']);
export type TreeDeed = z.infer<typeof treeDeedSchema>;

export const workItemSchema = z.object({
  /** Where it stands, or stood. Untrusted text. */
  path: z.string(),
  agent: z.string().optional(),
  deed: treeDeedSchema,
  /** In a sentence, for the operator. */
  say: z.string(),
});
export type WorkItem = z.infer<typeof workItemSchema>;

const outcomeSchema = z.object({
  outcome: z.enum(['done', 'left']),
  /** What was done, exactly; or why nothing was. */
  said: z.string(),
  snapshotRef: z.string().optional(),
  error: wireErrorSchema.optional(),
});
export type WorkOutcome = z.infer<typeof outcomeSchema>;

/** The newest 20 that ended are remembered, and all that did not. */
export const worktreeWorkSchema = z.object({
  id: z.string(),
  kind: z.enum(['repair', 'prune']),
  items: z.array(workItemSchema.extend({ result: outcomeSchema.optional() })),
  startedMs: z.number(),
  /** When the last item was told; absent while it goes on. */
  endedMs: z.number().optional(),
});
export type WorktreeWork = z.infer<typeof worktreeWorkSchema>;

const begunResult = z.object({
  /** What `worktree.work` shows it by; absent where there is nothing to do, or it was only asked for. */
  work: z.string().optional(),
  items: z.array(workItemSchema),
});
const work = z.string().min(1).max(80);

export const workCommands = {
  'worktree.repair': command({
    summary: 'Mend what git and agents believe of worktrees that were moved, forgotten or lost',
    who: ['operator'],
    data: z.object({
      target: z
        .string()
        .min(1)
        .max(4_096)
        .optional()
        .describe('An agent, or a folder; default: all that there are'),
      renew: z
        .boolean()
        .default(false)
        .describe('Make what vanished anew from its branch and its newest snapshot'),
      dryRun: z.boolean().default(false).describe('Only say what would be done'),
    }),
    result: begunResult,
    cli: {
      name: 'worktree repair',
      args: ['target'],
      examples: ['musher worktree repair --dry-run', 'musher worktree repair backend --renew'],
    },
  }),
  'worktree.prune': command({
    summary:
      'Take away worktrees that nobody needs any more, their files kept in snapshots; branches stay',
    who: ['operator'],
    byHand: 'you choose exactly what goes',
    data: z.object({
      items: z
        .array(
          z.string().regex(/^[0-9a-z]+$/, 'expected ids as `musher worktree prune` shows them'),
        )
        .min(1)
        .max(500)
        .describe(
          'Ids as they were shown; left out, the command shows all that could go, and asks',
        ),
      force: z
        .boolean()
        .default(false)
        .describe('Also where a teardown command fails, or was not confirmed'),
    }),
    result: begunResult,
    cli: {
      name: 'worktree prune',
      args: ['...items'],
      examples: ['musher worktree prune --dry-run', 'musher worktree prune'],
    },
  }),
  'worktree.work_tell': command({
    summary: 'What became of one worktree',
    who: ['system'],
    data: outcomeSchema.extend({ work, path: z.string() }),
    result: z.object({}),
  }),
};

export const workQueries = {
  'worktree.work': query({
    summary: 'See how far a repair or a prune of worktrees is; with waitMs, wait for its end',
    who: ['operator'],
    data: z.object({ work, waitMs }),
    result: worktreeWorkSchema,
    cli: { name: 'worktree work', args: ['work'] },
  }),
};

export const workEvents = {
  'worktree.work_begun': event({
    v: 1,
    data: z.object({ work, kind: z.enum(['repair', 'prune']), items: z.array(workItemSchema) }),
  }),
  'worktree.work_told': event({ v: 1, data: outcomeSchema.extend({ work, path: z.string() }) }),
};
