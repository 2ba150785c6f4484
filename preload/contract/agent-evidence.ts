/**
 * What an agent's status is made of: each thing that says something of it, how old it is, how far it is believed; and what
 * the status was before.
 */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, event, query } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';

/**
 * How far evidence is believed. What Musher holds itself (process, open questions, approvals and other waits) is `high` for as
 * long as it is so. What is told begins as `high` (a hook), `medium` (the agent's own word) or `low` (its screen), and loses a step after
 * 5 minutes, all of it after 30, unless what was heard since bears it out. That something was heard or written, or a heartbeat came, is `low`: it says
 * that there is life, never what it does.
 */
export const confidenceSchema = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** What the phrases of its profile tell of its screen; `nothing`: none of them is on it. */
export const screenWordSchema = z.enum(['busy', 'ready', 'waiting', 'limit', 'nothing']);
export type ScreenWord = z.infer<typeof screenWordSchema>;

export const evidenceSchema = z.object({
  /** Strongest first, as the list is. `worktree`: only while it is missing; never decides the status. `output`: the program said something, or called Musher. `files`: something in its worktree was written, by whomever. */
  source: z.enum([
    'process',
    'worktree',
    'question',
    'approval',
    'wait',
    'hook',
    'report',
    'screen',
    'output',
    'files',
    'heartbeat',
  ]),
  /** In one word: `running`, `waiting`, `working`, `alive`. */
  says: z.string(),
  /** In its own words; untrusted text. */
  note: z.string().optional(),
  /** Since when it says so, Unix ms; of `output`, `files` and `heartbeat`: when the last one was. */
  sinceMs: z.number(),
  confidence: confidenceSchema,
  /** The status is what this says. */
  wins: z.boolean(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Of the agent of this key, while its program runs and a heartbeat file names it. */
export const heartbeatSchema = z.object({
  /** When it was, Unix ms. Never ahead of the hub's clock. */
  atMs: z.number(),
  /** Its own clock is ahead; `atMs` is when the file was written. */
  isAhead: z.boolean(),
  /** As the file has them; untrusted text. */
  machine: z.string().optional(),
  issue: z.string().optional(),
});
export type HeartbeatRecord = z.infer<typeof heartbeatSchema>;

/** Of the agent of this key, while its program runs and its worktree is not where it was. */
export const lostWorktreeSchema = z.object({
  /** When it was missed first, Unix ms; looked at every 30 s. */
  sinceMs: z.number(),
  /** WORKTREE_MISSING, with what to do: what a start of this agent is refused with. */
  error: wireErrorSchema,
});
export type LostWorktree = z.infer<typeof lostWorktreeSchema>;

/** What a status is told with, as agents have it. */
export interface StatusParts<
  State extends z.ZodType,
  Status extends z.ZodType,
  Liveness extends z.ZodType,
> {
  readonly state: State;
  readonly status: Status;
  readonly liveness: Liveness;
}

export function evidenceQueries<
  State extends z.ZodType,
  Status extends z.ZodType,
  Liveness extends z.ZodType,
>(parts: StatusParts<State, Status, Liveness>) {
  return { 'agent.evidence': evidenceQuery(parts), 'agent.history': historyQuery(parts) };
}

function evidenceQuery<
  State extends z.ZodType,
  Status extends z.ZodType,
  Liveness extends z.ZodType,
>(parts: StatusParts<State, Status, Liveness>) {
  return query({
    summary:
      'Show what an agent’s status is made of: each source, its age and how far it is believed',
    who: ['operator'],
    data: z.object({ agent: agentRef }),
    result: z.object({
      agent: z.string(),
      ...parts,
      /** Of the status; absent while it is unknown. */
      confidence: confidenceSchema.optional(),
      /** Why it is that and nothing else, as a sentence. */
      why: z.string(),
      /** Strongest first. */
      evidence: z.array(evidenceSchema),
      /** The hub's clock, which the ages are by, Unix ms. */
      nowMs: z.number(),
    }),
    cli: { name: 'agent status', args: ['agent'], examples: ['musher agent status backend'] },
  });
}

const historyAsk = z.object({
  agent: agentRef,
  limit: z.coerce.number().int().min(1).max(500).default(50),
  sinceMs: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Only what was so in the last this many milliseconds'),
  before: z.coerce.number().int().min(1).optional().describe('Only what changed before this event'),
});

function historyQuery<
  State extends z.ZodType,
  Status extends z.ZodType,
  Liveness extends z.ZodType,
>(parts: StatusParts<State, Status, Liveness>) {
  return query({
    summary: 'Show how an agent’s status changed, newest first',
    who: ['operator'],
    data: historyAsk,
    result: z.object({
      /** Each lasts until the one before it in the list; the first, until now. */
      changes: z.array(
        z.object({
          /** Of the event that changed it. */
          seq: z.number(),
          atMs: z.number(),
          /** That event's type. */
          by: z.string(),
          ...parts,
        }),
      ),
      /** There is more, or there may be: `before` of the next page. */
      next: z.number().optional(),
      /** The hub's clock, Unix ms. */
      nowMs: z.number(),
    }),
    cli: {
      name: 'agent history',
      args: ['agent'],
      examples: ['musher agent history backend', 'musher agent history backend --since 2h'],
    },
  });
}

const screenTold = z.object({ agent: z.string(), tells: screenWordSchema });
const heartbeatHeard = z.object({
  agent: z.string(),
  /** When it was, Unix ms; before the event. */
  beatMs: z.number(),
});

export const evidenceCommands = {
  'agent.screen_told': command({
    summary: 'What an agent’s screen tells is something else',
    who: ['system'],
    data: screenTold,
    result: z.object({}),
  }),
  'agent.heartbeat_heard': command({
    summary: 'A heartbeat file names an agent',
    who: ['system'],
    data: heartbeatHeard,
    result: z.object({}),
  }),
};

export const evidenceEvents = {
  /** By the phrases of its profile, while no hook is heard. Only the word: what stood there is in no log. */
  'agent.screen_told': event({ v: 1, data: screenTold }),
  /** A sign of life and nothing more; written where it says more than is known. */
  'agent.heartbeat_heard': event({ v: 1, data: heartbeatHeard }),
};
