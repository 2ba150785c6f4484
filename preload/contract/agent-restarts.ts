/** Agents that Musher starts again when their program ends by itself: when, how often, and when it gives up. */
import { z } from 'zod';
import { agentRef, restartPolicySchema } from './agent-wishes.ts';
import { command, event } from './define.ts';

/** Absent for an agent that was never given a policy, which is `never`. */
export const restartSchema = z.object({
  policy: restartPolicySchema,
  /** Since when that is its policy, Unix ms; an end before counts for nothing. */
  sinceMs: z.number(),
  /** Restarts since its program last ran for 10 minutes, pauses not counted, or since somebody started it. */
  tries: z.number().int(),
  /** How many of them there are at most. */
  ofTries: z.number().int(),
  /** When it is started again, Unix ms; absent where nothing is to come. */
  nextMs: z.number().optional(),
  /** It ended again after the last try, and waits for the operator. */
  isGivenUp: z.boolean().optional(),
  /** The session whose end led to what is said here. */
  session: z.number().int().optional(),
});
export type Restart = z.infer<typeof restartSchema>;

const ofSession = z.object({ agent: z.string(), session: z.number().int() });

export const restartCommands = {
  /** A restart that is to come is taken back by `never`. Refused of a destroyed agent. */
  'agent.set_restart': command({
    summary: 'Choose when an agent is started again after its program ends by itself',
    who: ['operator'],
    data: z.object({
      agent: agentRef,
      policy: restartPolicySchema.describe('never, on-failure or always'),
    }),
    result: z.object({ agent: z.string(), policy: restartPolicySchema }),
    cli: {
      name: 'agent restart-policy',
      args: ['agent', 'policy'],
      examples: ['musher agent restart-policy backend on-failure'],
    },
  }),
  'agent.schedule_restart': command({
    summary: 'A program ended by itself, and its agent is to be started again',
    who: ['system'],
    data: ofSession,
    result: z.object({}),
  }),
  'agent.restart_due': command({
    summary: 'It is time for a restart',
    who: ['system'],
    data: ofSession,
    result: z.object({}),
  }),
};

export const restartEvents = {
  'agent.restart_set': event({
    v: 1,
    data: z.object({ agent: z.string(), policy: restartPolicySchema }),
  }),
  'agent.restart_scheduled': event({
    v: 1,
    data: ofSession.extend({
      /** The how manieth in a row, from 1. */
      try: z.number().int(),
      ofTries: z.number().int(),
      /** When, Unix ms. */
      dueMs: z.number(),
    }),
  }),
  'agent.restart_cancelled': event({ v: 1, data: ofSession }),
  'agent.restart_given_up': event({ v: 1, data: ofSession.extend({ tries: z.number().int() }) }),
};
