/** What comes between the start of an agent and that of its program: ports of its own, and a branch that was behind. */
import { z } from 'zod';
import { command, event } from './define.ts';

export const portRangeSchema = z.object({
  /** The first, as MUSHER_PORT has it. */
  from: z.number().int(),
  /** How many in a row, as MUSHER_PORT_COUNT has it. */
  count: z.number().int(),
});

/** `skip`: the program is started without it. `only`: the program is not started. `again`: that, also where it has run. */
export const setupWishSchema = z.enum(['skip', 'only', 'again']).optional();
export type SetupWish = z.infer<typeof setupWishSchema>;

const equipCommands = {
  'agent.equip': command({
    summary: 'Give an agent that is being started the first of these ranges that no other has',
    who: ['system'],
    data: z.object({
      agent: z.string(),
      session: z.number().int(),
      count: z.number().int(),
      /** First ports of ranges in which nothing listened just now. */
      free: z.array(z.number().int()),
      /** How that start goes on about the setup of its worktree. */
      setup: setupWishSchema,
    }),
    result: z.object({}),
  }),
};

const equipEvents = {
  'agent.ports_given': event({ v: 1, data: portRangeSchema.extend({ agent: z.string() }) }),
};

const outcome = z.object({
  /** `left`: it is as it was; `why` says the reason. */
  how: z.enum(['rebased', 'left']),
  /** What it was to be brought up to. */
  onto: z.string(),
  /** The commit that the branch was at. */
  from: z.string(),
  /** The one that it is at now; absent where it was left. */
  to: z.string().optional(),
  why: z.string().optional(),
  /** Files that conflict, at most 20. Untrusted text. */
  paths: z.array(z.string()).optional(),
  /** Keeps the commits and files of before. */
  snapshotRef: z.string().optional(),
});

export const rebaseSchema = outcome.extend({ atMs: z.number() });
export type Rebase = z.infer<typeof rebaseSchema>;

const told = outcome.extend({ agent: z.string() });

const rebaseCommands = {
  'agent.tell_rebase': command({
    summary: 'What became of the branch of an agent that was behind at its start',
    who: ['system'],
    data: told,
    result: z.object({}),
  }),
};

const rebaseEvents = {
  'agent.rebased': event({ v: 1, data: told }),
};

export const startCommands = { ...equipCommands, ...rebaseCommands };
export const startEvents = { ...equipEvents, ...rebaseEvents };
