/** Pausing: an agent's program is held where it is, with all that it started, and goes on from there. */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import { command, event } from './define.ts';

/** Present while its program is held: it runs no instruction, says nothing, and nothing is typed into it. */
export const pausedSchema = z.object({
  /** `system`: found held by a hub that started later; whoever asked for it was not written any more. */
  by: z.enum(['operator', 'system']),
  /** Unix ms. */
  sinceMs: z.number(),
});
export type Paused = z.infer<typeof pausedSchema>;

const target = z.object({ agent: agentRef });
const agentResult = z.object({ agent: z.string() });

export const pauseCommands = {
  /** Done when it is answered. Refused with PAUSE_UNSUPPORTED where the platform cannot, AGENT_NOT_IN_STATE when it does not run. */
  'agent.pause': command({
    summary: 'Hold an agent’s program where it is, with all that it started',
    who: ['operator'],
    data: target,
    result: agentResult,
    cli: { name: 'agent pause', args: ['agent'] },
  }),
  'agent.resume': command({
    summary: 'Let a paused agent’s program go on from where it is',
    who: ['operator'],
    data: target,
    result: agentResult,
    cli: { name: 'agent resume', args: ['agent'] },
  }),
  'agent.pause_found': command({
    summary: 'Whether a program is held is otherwise than the log says',
    who: ['system'],
    data: z.object({ agent: z.string(), session: z.number().int(), isPaused: z.boolean() }),
    result: z.object({}),
  }),
};

export const pauseEvents = {
  /** Its end, by whatever command, and the end of its program end this too. */
  'agent.paused': event({ v: 1, data: z.object({ agent: z.string() }) }),
  'agent.resumed': event({ v: 1, data: z.object({ agent: z.string() }) }),
};
