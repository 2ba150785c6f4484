/** What is shown of a proposal for the configuration, of a version of it, and of what either changes. */
import { z } from 'zod';
import { commitId } from './change-facts.ts';
import { actorSchema } from './envelope.ts';
import { wireErrorSchema } from './wire-error.ts';

/** SHA-256 of a text, in hex. */
export const textHash = z.string();

export const configChangeSchema = z.object({
  /** Dotted, gates by their name: `gates.test.command`. Untrusted text. */
  key: z.string(),
  /** Its value in JSON, cut at 300 characters; absent where the key was not there. */
  from: z.string().optional(),
  /** Absent where it is taken away: the default holds. */
  to: z.string().optional(),
  /** What to be wary of: `runs a command on your machine`; absent of what is harmless. */
  warning: z.string().optional(),
});
export type ConfigChange = z.infer<typeof configChangeSchema>;

/** How many changes are shown; there may be more. */
export const shownChanges = 100;

/** What a new text of the file comes to. */
export const changeFacts = {
  /** What to be wary of first. None: only comments or the order of things differ. */
  changes: z.array(configChangeSchema),
  changeCount: z.number().int(),
  /** The new text has invisible or direction-changing characters. */
  hasHidden: z.boolean(),
};

export const proposalStates = [
  'open',
  'approved',
  'applied',
  'rejected',
  'withdrawn',
  'superseded',
  'stale',
] as const;
export type ProposalState = (typeof proposalStates)[number];

/** Why it cannot be applied over what the file says now. */
export const staleReasons = ['conflict', 'invalid', 'same'] as const;
export type StaleReason = (typeof staleReasons)[number];

export const proposalRecordSchema = z.object({
  id: z.string(),
  agent: z.string(),
  /** Untrusted text. */
  why: z.string(),
  state: z.enum(proposalStates),
  /** The version that it is over, and the commit that a yes is for. */
  base: commitId,
  commit: commitId,
  hash: textHash,
  ...changeFacts,
  proposedMs: z.number(),
  /** When it last became another commit, because the file changed meanwhile. */
  carriedMs: z.number().optional(),
  /** Why it could not be applied. */
  failure: wireErrorSchema.optional(),
  stale: z.enum(staleReasons).optional(),
  /** The newer one that took its place. */
  by: z.string().optional(),
  note: z.string().optional(),
  settledBy: actorSchema.optional(),
  settledMs: z.number().optional(),
});
export type ProposalRecord = z.infer<typeof proposalRecordSchema>;

export const configVersionSchema = z.object({
  commit: commitId,
  /** `found`: it was edited by hand, or merged; what applied first is found, too. */
  how: z.enum(['found', 'applied', 'reverted']),
  /** Of an applied one. */
  proposal: z.string().optional(),
  agent: z.string().optional(),
  /** Of a reverted one: the version that has the same text. */
  version: z.string().optional(),
  atMs: z.number(),
});
export type ConfigVersion = z.infer<typeof configVersionSchema>;

export const configDiffSchema = z.object({
  /** What it is of: commits; `from` is absent where nothing was before. */
  from: z.string().optional(),
  to: z.string(),
  /** Unified diff (git format). Untrusted text. */
  patch: z.string(),
  ...changeFacts,
});
export type ConfigDiff = z.infer<typeof configDiffSchema>;
