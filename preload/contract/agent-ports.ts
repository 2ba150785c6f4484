/** Ports of an agent's own, so that the servers of several agents do not meet. */
import { z } from 'zod';
import { command, event } from './define.ts';

export const portRangeSchema = z.object({
  /** The first, as MUSHER_PORT has it. */
  from: z.number().int(),
  /** How many in a row, as MUSHER_PORT_COUNT has it. */
  count: z.number().int(),
});

export const equipCommands = {
  'agent.equip': command({
    summary: 'Give an agent that is being started the first of these ranges that no other has',
    who: ['system'],
    data: z.object({
      agent: z.string(),
      session: z.number().int(),
      count: z.number().int(),
      /** First ports of ranges in which nothing listened just now. */
      free: z.array(z.number().int()),
    }),
    result: z.object({}),
  }),
};

export const equipEvents = {
  'agent.ports_given': event({ v: 1, data: portRangeSchema.extend({ agent: z.string() }) }),
};
