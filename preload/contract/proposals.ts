/**
 * Proposals: an agent proposes another `.musher/config.toml`; the operator applies exactly the commit that was seen, or rejects it. What
 * applies is a version, and the versions are the history of the file.
 */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { commitId } from './change-facts.ts';
import {
  changeFacts,
  configDiffSchema,
  configVersionSchema,
  proposalRecordSchema,
  staleReasons,
  textHash,
} from './proposal-records.ts';
import { proposalEvents } from './proposal-events.ts';
import { waitMs } from './messages.ts';
import { configProblemSchema } from './config.ts';
import { wireErrorSchema } from './wire-error.ts';

/** Of the whole file. */
export const proposalBytes = 64 * 1024;

const id = z.string().min(1).max(80);
const seenCommit = z
  .string()
  .min(7)
  .max(64)
  .regex(/^[0-9a-fA-F]+$/, 'expected a commit id (7 to 64 hex digits)');
const named = z.object({ proposal: id });

export const proposals = defineFeature({
  name: 'proposals',
  commands: {
    'proposal.make': command({
      summary: 'Propose another .musher/config.toml, which the operator may apply',
      who: ['agent'],
      data: z.object({
        why: z.string().trim().min(1).max(2_000).describe('Why, for the operator'),
        text: z
          .string()
          .max(proposalBytes)
          .optional()
          .describe('The whole new text of the file. Default: what it says now'),
        sets: z
          .array(z.string().min(3).max(4_000))
          .max(50)
          .default([])
          .describe('A key and its value in TOML, such as worktrees.pool=2, set in that text'),
      }),
      result: z.object({ proposal: z.string(), commit: z.string() }),
      cli: {
        name: 'config propose',
        args: ['why'],
        examples: [
          'musher config propose "the tests need longer" --set review.parallel_gates=1 --wait 10m',
          'musher config propose "our gates" --file config.toml',
        ],
      },
      tool: {
        name: 'propose_config',
        description:
          'Propose a change of .musher/config.toml (gates, setup commands, limits, your own profile) and say why. It has no effect until the operator applies exactly this. Give "sets" for single keys, such as "review.parallel_gates=1", or "text": the whole new file. Editing the file in your worktree changes nothing. A newer proposal of yours takes the place of the one before. With waitMs it waits for the decision; it comes to your inbox too.',
        outcome: { query: 'proposal.get', subject: 'proposal' },
      },
    }),
    'proposal.withdraw': command({
      summary: 'Take a proposal back',
      who: ['agent'],
      data: named,
      result: named,
      cli: { name: 'config withdraw', args: ['proposal'] },
    }),
    'proposal.apply': command({
      summary: 'Apply exactly the proposal that you saw',
      who: ['operator'],
      byHand: 'it decides on exactly what you see',
      data: z.object({
        proposal: id,
        commit: seenCommit.describe('The commit you saw; refused when it is another by now'),
      }),
      result: z.object({ proposal: z.string(), commit: z.string() }),
      cli: {
        name: 'config apply',
        args: ['proposal', 'commit'],
        examples: ['musher config apply p-3f2a 1f3a9c2'],
      },
    }),
    'proposal.reject': command({
      summary: 'Reject a proposal, with a note that reaches its agent',
      who: ['operator'],
      data: z.object({ proposal: id, note: z.string().max(20_000).default('') }),
      result: named,
      cli: {
        name: 'config reject',
        args: ['proposal', '...note'],
        examples: ['musher config reject p-3f2a "two at once is enough"'],
      },
    }),
    'config.revert': command({
      summary: 'Go back to what an earlier version of .musher/config.toml said',
      who: ['operator'],
      byHand: 'it decides on exactly what you see',
      data: z.object({
        version: seenCommit.describe('Its commit, as `musher config history` shows it'),
      }),
      result: z.object({ version: z.string(), commit: z.string() }),
      cli: {
        name: 'config revert',
        args: ['version'],
        examples: ['musher config revert 1f3a9c2'],
      },
    }),
    'config.find': command({
      summary: 'Look whether the file is another than what applied',
      who: ['system'],
      data: z.object({}),
      result: z.object({}),
    }),
    'proposal.applied': command({
      summary: 'The file holds it',
      who: ['system'],
      data: named,
      result: z.object({}),
    }),
    'proposal.apply_failed': command({
      summary: 'The file does not hold it; it is as it was',
      who: ['system'],
      data: named.extend({ error: wireErrorSchema }),
      result: z.object({}),
    }),
    'proposal.carry': command({
      summary: 'What became of it over a file that changed meanwhile',
      who: ['system'],
      data: z.object({
        proposal: id,
        /** What it was carried from, and over which version; elsewhere by now: it counts for nothing. */
        from: commitId,
        base: commitId,
        carried: z.object({ commit: commitId, hash: textHash, ...changeFacts }).optional(),
        stale: z.enum(staleReasons).optional(),
        problems: z.array(configProblemSchema).optional(),
      }),
      result: z.object({}),
    }),
    'config.reverted': command({
      summary: 'The file says what it said before',
      who: ['system'],
      data: z.object({}),
      result: z.object({}),
    }),
    'config.revert_failed': command({
      summary: 'The file is as it was',
      who: ['system'],
      data: z.object({ error: wireErrorSchema }),
      result: z.object({}),
    }),
  },
  queries: {
    'proposal.list': query({
      summary: 'List proposals for the configuration, oldest first',
      who: ['operator', 'agent'],
      data: z.object({ all: z.boolean().default(false).describe('Include settled ones') }),
      result: z.object({ proposals: z.array(proposalRecordSchema) }),
      cli: { name: 'config proposals' },
    }),
    'proposal.get': query({
      summary: 'Show one proposal, waiting until it is settled',
      who: ['operator', 'agent'],
      data: z.object({ proposal: id, waitMs }),
      result: proposalRecordSchema,
      cli: { name: 'config proposal', args: ['proposal'] },
    }),
    'config.show': query({
      summary: 'Show what .musher/config.toml says',
      who: ['operator', 'agent'],
      data: z.object({}),
      result: z.object({
        path: z.string(),
        text: z.string(),
        /** Why it does not apply as it is. */
        problems: z.array(configProblemSchema),
        /** The version that has this very text; absent before the first proposal, and after an edit that was not seen yet. */
        version: z.string().optional(),
      }),
      cli: { name: 'config show' },
    }),
    'config.diff': query({
      summary: 'Show what a proposal would change, or what a version changed',
      who: ['operator', 'agent'],
      data: z.object({
        of: z
          .string()
          .min(1)
          .max(80)
          .optional()
          .describe('A proposal, or the commit of a version. Default: the newest version'),
      }),
      result: configDiffSchema,
      cli: {
        name: 'config diff',
        args: ['of'],
        examples: ['musher config diff p-3f2a', 'musher config diff 1f3a9c2'],
      },
    }),
    'config.history': query({
      summary: 'List the versions of .musher/config.toml, newest first',
      who: ['operator', 'agent'],
      data: z.object({}),
      result: z.object({ versions: z.array(configVersionSchema) }),
      cli: { name: 'config history' },
    }),
    'config.in_approval': query({
      summary: 'Say what a merge would change of Musher’s own configuration',
      who: ['operator'],
      data: z.object({ approval: id }),
      result: z.object({
        ...changeFacts,
        /** It would not be used as the merge has it: what was good last still applies. */
        problems: z.array(configProblemSchema),
        /** Of the file after the merge, where it is none that Musher reads: `it is a link`. */
        place: z.string().optional(),
      }),
      cli: { name: 'config in-approval', args: ['approval'] },
    }),
  },
  events: proposalEvents,
  records: { proposal: proposalRecordSchema },
});
