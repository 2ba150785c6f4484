/**
 * Approvals: an agent asks that one commit be merged; the operator sees its diff and says yes or no.
 * A yes is for exactly what was seen: commit, tree, base and the hash of the diff.
 */
import { z } from 'zod';
import { approvalRecordSchema } from './approval-record.ts';
import { command, defineFeature, event, query } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';
import { byStorySchema, storyApprovalCommands } from './approval-stories.ts';
import { batchCommands } from './approval-batch.ts';
import { delegationCommands, delegationEvents, delegationQueries } from './approval-delegation.ts';
import {
  lifecycleCommands,
  lifecycleEvents,
  lifecycleQueries,
  withdrawalSchema,
} from './approval-lifecycle.ts';
import { outcomeCommands, outcomeEvents, undoesSchema } from './approval-outcomes.ts';
import { commitDigits, diffQueries } from './approval-diff.ts';
import { mergeFailureKinds } from './merge-failures.ts';
import {
  mergeStrategySchema,
  queueCommands,
  queueEvents,
  queueHoldSchema,
  queueQueries,
} from './merge-queue.ts';
import { waitMs } from './messages.ts';
import { changedFileSchema, commitId, pinSchema, placeSchema } from './change-facts.ts';

export type { ApprovalRecord, ApprovalState } from './approval-record.ts';

const id = z.string().min(1).max(80);
const note = z.string().max(20_000);
const target = z.object({ approval: id });
const result = z.object({ approval: z.string() });
const subject = z.object({ approval: z.string(), agent: z.string(), title: z.string() });
const requestFacts = {
  pin: pinSchema,
  files: z.array(changedFileSchema),
  fileCount: z.number(),
  additions: z.number(),
  deletions: z.number(),
  commitCount: z.number(),
  place: placeSchema.optional(),
};

/** Of the yes that it came of: what the operator said, or the rule. */
const yesWords = {
  note: z.string().optional(),
  rule: z.string().optional(),
  byStory: byStorySchema.optional(),
};

/** Absent in logs of before they were kept. */
const mergedFacts = {
  /** What the target held before. */
  from: commitId.optional(),
  /** What the target got, newest first, at most 250: the commits that a line of a file may be traced to. */
  commits: z.array(commitId).optional(),
};

export const approvals = defineFeature({
  name: 'approvals',
  commands: {
    ...queueCommands,
    ...outcomeCommands,
    ...lifecycleCommands,
    ...batchCommands,
    ...delegationCommands,
    ...storyApprovalCommands,
    'approval.request': command({
      summary: 'Ask the operator to merge a commit of yours',
      who: ['agent'],
      data: z.object({
        commit: commitDigits.describe('Commit id; names of branches are refused because they move'),
        from: commitDigits
          .optional()
          .describe(
            'Ask only for the commits after this one, up to the commit; default all that the target does not have',
          ),
        only: z
          .boolean()
          .default(false)
          .describe('Ask for this one commit alone, without those before it'),
        title: z
          .string()
          .min(1)
          .max(300)
          .optional()
          .describe('Default: first line of the commit message'),
        description: note.optional(),
        target: z
          .string()
          .min(1)
          .max(250)
          .regex(/^[^-\s][^\s]*$/, 'expected a branch name')
          .optional()
          .describe('Branch to merge into; default the one your branch came from'),
      }),
      result: z.object({ approval: z.string(), commit: z.string() }),
      cli: {
        name: 'request-approval',
        args: ['commit'],
        examples: [
          'musher request-approval $(git rev-parse HEAD) --wait 10m',
          'musher request-approval 4be1c07 --from 91d2a3f',
          'musher request-approval 4be1c07 --only',
        ],
      },
      tool: {
        name: 'request_approval',
        description:
          'Ask the operator to review and merge a commit of your branch, by its full id (git rev-parse HEAD). Never merge yourself. Commit everything first and run the tests. It asks for all commits that the target does not have; with `from` only for those after that one, with `only` for that one commit. Such a part must apply to the target by itself. With waitMs it waits for the verdict; it comes to your inbox too. Asking again for a newer commit replaces the request; parts that share no commit stand side by side.',
        outcome: { query: 'approval.get', subject: 'approval' },
      },
    }),
    'approval.approve': command({
      summary: 'Approve exactly the commit you saw, and merge it',
      who: ['operator'],
      byHand: 'it decides on exactly what you see',
      data: z.object({
        approval: id,
        commit: z
          .string()
          .min(7)
          .max(64)
          .describe('The commit you saw; refused when the approval is for another'),
        diffHash: z.string().optional().describe('Hash of the diff you saw'),
        updateCheckout: z
          .boolean()
          .default(false)
          .describe(
            'When the target branch is checked out somewhere and clean there, bring those files along; without this such a target is refused',
          ),
        overrideGates: z
          .string()
          .trim()
          .min(1)
          .max(2_000)
          .optional()
          .describe('Merge though required gates have not passed, for this reason; it is logged'),
        strategy: mergeStrategySchema
          .optional()
          .describe('How it comes onto the target; default `[review] strategy` of config.toml'),
        note: note.trim().default('').describe('What you say to the agent with the yes'),
      }),
      result,
      cli: {
        name: 'approve',
        args: ['approval', 'commit'],
        examples: ['musher approve a-7 3f9d2c8 --note "nicely done; tests next"'],
      },
    }),
    'approval.deny': command({
      summary: 'Deny with a note that reaches the agent',
      who: ['operator'],
      data: z.object({ approval: id, note: note.default('') }),
      result,
      cli: { name: 'deny', args: ['approval', '...note'] },
    }),
    'approval.withdraw': command({
      summary: 'Take a request back',
      who: ['agent', 'operator'],
      data: target,
      result,
      cli: { name: 'approval withdraw', args: ['approval'] },
      tool: {
        name: 'withdraw_approval',
        description: 'Take back a request for approval that should not be merged as it is.',
        isDestructive: true,
      },
    }),
    'approval.unpinned': command({
      summary: 'The commit could not be kept by a ref',
      who: ['system'],
      data: z.object({ approval: id, error: wireErrorSchema }),
      result: z.object({}),
    }),
    'approval.merging': command({
      summary: 'The merge began',
      who: ['system'],
      data: target,
      result: z.object({}),
    }),
    'approval.merged': command({
      summary: 'The target branch holds it',
      who: ['system'],
      data: z.object({
        approval: id,
        mergeCommit: commitId,
        checkoutUpdated: z.boolean(),
        ...mergedFacts,
        /** Remote that the target is to be pushed to. */
        push: z.string().optional(),
      }),
      result: z.object({}),
    }),
    'approval.failed': command({
      summary: 'The merge did not happen; the target is untouched',
      who: ['system'],
      data: z.object({
        approval: id,
        error: wireErrorSchema,
        conflicts: z.array(z.string()).optional(),
      }),
      result: z.object({}),
    }),
  },
  queries: {
    ...queueQueries,
    ...lifecycleQueries,
    ...delegationQueries,
    ...diffQueries,
    'approval.list': query({
      summary: 'List approvals, oldest first',
      who: ['operator', 'agent'],
      data: z.object({ all: z.boolean().default(false).describe('Include settled ones') }),
      result: z.object({ approvals: z.array(approvalRecordSchema) }),
      cli: { name: 'approval list' },
      resource: {
        uri: 'musher://approvals',
        name: 'Open approvals',
        description: 'Commits of yours that wait for the operator, or could not be merged.',
        kinds: ['approval'],
        items: {
          ...{ name: 'Approval', field: 'approvals', text: 'title' },
          ...{ get: 'approval.get', subject: 'approval' },
        },
      },
    }),
    'approval.get': query({
      summary: 'Show one approval, waiting until it is settled',
      who: ['operator', 'agent'],
      data: z.object({ approval: id, waitMs }),
      result: approvalRecordSchema,
      cli: { name: 'approval get', args: ['approval'] },
      tool: {
        name: 'check_approval',
        description:
          'See what became of a request for approval; with waitMs, wait for the verdict. A denial has a note, a conflict its files.',
      },
    }),
  },
  events: {
    ...queueEvents,
    ...outcomeEvents,
    ...lifecycleEvents,
    ...delegationEvents,
    'approval.requested': event({
      v: 1,
      data: subject.extend({
        description: z.string().optional(),
        ...requestFacts,
        undoes: undoesSchema.optional(),
        /** A rule may approve it: whether it does is decided before the operator is asked. */
        considering: z.literal(true).optional(),
        story: z.string().optional(),
      }),
    }),
    'approval.superseded': event({ v: 1, data: subject.extend({ by: z.string() }) }),
    'approval.approved': event({
      v: 1,
      data: subject.extend({
        pin: pinSchema,
        updateCheckout: z.boolean(),
        overrideGates: z.string().optional(),
        strategy: mergeStrategySchema.optional(),
        /** Approvals whose commits this one contains, and those that contain it, of the same target. */
        after: z.array(z.string()).optional(),
        ahead: z.array(z.string()).optional(),
        ...yesWords,
      }),
    }),
    'approval.unpinned': event({ v: 1, data: subject.extend({ error: wireErrorSchema }) }),
    'approval.merging': event({ v: 1, data: subject }),
    'approval.merged': event({
      v: 1,
      data: subject.extend({
        target: z.string(),
        mergeCommit: z.string(),
        checkoutUpdated: z.boolean(),
        ...mergedFacts,
        /** The target got copies: the branch still has the originals, up to this commit. */
        replayed: z
          .object({
            how: mergeStrategySchema,
            commit: commitId,
            count: z.number().int(),
            isRange: z.boolean(),
          })
          .optional(),
        undoes: undoesSchema.optional(),
        ...yesWords,
      }),
    }),
    'approval.failed': event({
      v: 1,
      data: subject.extend({
        error: wireErrorSchema,
        conflicts: z.array(z.string()).optional(),
        kind: z.enum(mergeFailureKinds).optional(),
        /** Whoever lands that story does what follows. */
        story: z.string().optional(),
        ...yesWords,
      }),
    }),
    /** With `review`, its agent has the review in the inbox, and not this beside it. */
    'approval.denied': event({
      v: 1,
      data: subject.extend({ note: z.string(), review: z.string().optional() }),
    }),
    /** With `reason`, by the hub itself; its agent has it in the inbox. */
    'approval.withdrawn': event({
      v: 1,
      data: subject.extend({ reason: withdrawalSchema.optional() }),
    }),
  },
  records: { approval: approvalRecordSchema, queue_hold: queueHoldSchema },
});
