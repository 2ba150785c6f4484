/**
 * Findings: what the log itself says about how the work goes, counted by Musher: agents that came back after a crash, where they were
 * stuck, what they ask to be allowed again and again, which files collide, what was denied and why, what did not merge, and how long
 * agents waited for the operator. Folded from the events of other features; nothing is polled, nothing is read twice.
 */
import { z } from 'zod';
import { defineFeature } from './define.ts';

/**
 * `waiting`: what an agent could not go on without, from its asking to its settling; `stuck`: a shape of the watchdog; `recovery`: its
 * program failed or ended, and ran again; `permission`: one shape of command, asked often; `conflict`: a file that two agents collided
 * in; `denied`: a note that approvals were denied with; `merge`: approvals whose gates or merge failed.
 */
export const findingCategorySchema = z.enum([
  'waiting',
  'stuck',
  'recovery',
  'permission',
  'conflict',
  'denied',
  'merge',
]);
export type FindingCategory = z.infer<typeof findingCategorySchema>;

/** How many of a category are remembered: beyond, the rarest and then the oldest goes. */
export const findingsPerCategory = 60;
/** How many agents and how many events (by number) one finding names. */
export const namedAgents = 8;
export const namedEvents = 5;

export const findingRecordSchema = z.object({
  /** Made of category and subject alone: the same over restarts, hubs and machines. */
  id: z.string(),
  category: findingCategorySchema,
  /** What it is about, in the words of its category; see `sayFinding`. Untrusted text, each at most 200 characters. */
  subject: z.array(z.string()),
  /** Whom it concerns, the newest last, at most 8. */
  agents: z.array(z.string()),
  /** How often it happened. */
  count: z.number().int(),
  /** When it happened first and last, Unix ms. */
  firstMs: z.number(),
  lastMs: z.number(),
  /** Evidence: numbers of the newest events of it, oldest first, at most 5. */
  seqs: z.array(z.number().int()),
  /** Of what lasts: how long in all, and the longest of them, milliseconds. */
  totalMs: z.number().optional(),
  longestMs: z.number().optional(),
  /** Of permissions: how often the operator said yes and no. */
  allowed: z.number().int().optional(),
  denied: z.number().int().optional(),
  /** Of permissions: at least one was of high risk, which no rule can allow. */
  isRisky: z.boolean().optional(),
  /** The newest words of it: an error, a command, names of files. Untrusted text, at most 300 characters. */
  detail: z.string().optional(),
  /** The operator dropped it at this count; from twice that on it is told again. */
  dropped: z.number().int().optional(),
});
export type FindingRecord = z.infer<typeof findingRecordSchema>;

export const findings = defineFeature({
  name: 'findings',
  commands: {},
  queries: {},
  events: {},
  /** Also those that are not told yet: `isTold` says which are. */
  records: { finding: findingRecordSchema },
});
