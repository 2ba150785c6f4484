/** A word typed to an agent, with a receipt; and limits of an account, after which it is told to go on. */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, event } from './define.ts';

/**
 * `sending`: it is to be typed; `sent`: the terminal has it; `seen`: it stands on the screen; `accepted`: its CLI began to work on
 * it; `failed`: `reason` says why.
 */
export const nudgeStateSchema = z.enum(['sending', 'sent', 'seen', 'accepted', 'failed']);
export type NudgeState = z.infer<typeof nudgeStateSchema>;

export const nudgeSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** `limit`: its account takes more again; `kick`: it was started again; `watchdog`: its context has grown large. */
  by: z.enum(['operator', 'limit', 'kick', 'watchdog']),
  state: nudgeStateSchema,
  /** When it was asked for, and when it came into this state, Unix ms. */
  atMs: z.number(),
  stateMs: z.number(),
  reason: z.string().optional(),
});
export type Nudge = z.infer<typeof nudgeSchema>;

/** Its account or model takes no more for now. */
export const limitSchema = z.object({
  sinceMs: z.number(),
  /** When it is told to go on, Unix ms; absent once it was. */
  untilMs: z.number().optional(),
  /** The CLI did not say when, so this is a guess that grows. */
  isGuess: z.boolean(),
  /** How often in a row. */
  tries: z.number().int(),
});
export type Limit = z.infer<typeof limitSchema>;

const ofNudge = z.object({ agent: z.string(), nudge: z.string() });
const text = z.string().min(1).max(4_000);

const kickText =
  'You were started again. Read your messages (`musher inbox --ack`), look at where you were, and go on with your work.';

export const nudgeCommands = {
  'agent.nudge': command({
    summary:
      'Type a word to an agent and follow what becomes of it; also ends its wait for a limit',
    who: ['operator'],
    data: z.object({
      agent: agentRef,
      text: text.default('Continue.').describe('What is typed, with Enter'),
    }),
    result: ofNudge,
    cli: {
      name: 'agent nudge',
      args: ['agent', 'text'],
      examples: ['musher agent nudge backend', 'musher agent nudge backend "commit, then go on"'],
    },
  }),
  'agent.kick': command({
    summary:
      'Tell an agent that was started again to read its messages and go on; followed like a nudge',
    who: ['operator'],
    data: z.object({
      agent: agentRef,
      text: text.default(kickText).describe('What is typed, with Enter'),
    }),
    result: ofNudge,
    cli: { name: 'agent kick', args: ['agent'], examples: ['musher agent kick backend'] },
  }),
  'agent.nudge_told': command({
    summary: 'What became of a nudge',
    who: ['system'],
    data: ofNudge.extend({ to: nudgeStateSchema, reason: z.string().max(500).optional() }),
    result: z.object({}),
  }),
  'agent.limit_over': command({
    summary: 'The time of a limit is over',
    who: ['system'],
    data: z.object({ agent: z.string() }),
    result: z.object({}),
  }),
};

export const nudgeEvents = {
  'agent.nudged': event({
    v: 1,
    data: ofNudge.extend({ text, by: nudgeSchema.shape.by }),
  }),
  'agent.nudge_told': event({
    v: 1,
    data: ofNudge.extend({ to: nudgeStateSchema, reason: z.string().optional() }),
  }),
  'agent.limited': event({
    v: 1,
    data: z.object({
      agent: z.string(),
      untilMs: z.number(),
      isGuess: z.boolean(),
      tries: z.number(),
    }),
  }),
};
