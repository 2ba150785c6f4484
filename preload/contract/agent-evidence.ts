/** How what an agent's status is made of comes in, and is asked for; and what the status was before. */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, event, query } from './define.ts';
import {
  confidenceSchema,
  evidenceSchema,
  screenWordSchema,
  type StatusParts,
} from './status-evidence.ts';

export function evidenceQueries<
  State extends z.core.$ZodType,
  Status extends z.core.$ZodType,
  Liveness extends z.core.$ZodType,
>(parts: StatusParts<State, Status, Liveness>) {
  return { 'agent.evidence': evidenceQuery(parts), 'agent.history': historyQuery(parts) };
}

function evidenceQuery<
  State extends z.core.$ZodType,
  Status extends z.core.$ZodType,
  Liveness extends z.core.$ZodType,
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
  State extends z.core.$ZodType,
  Status extends z.core.$ZodType,
  Liveness extends z.core.$ZodType,
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
