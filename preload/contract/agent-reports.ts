/** What the work behind an agent reports: the data of a command of the system and of its event alike; and its output, live. */
import { z } from 'zod';
import { conversationSchema } from './agent-hooks.ts';
import { command } from './define.ts';
import { wireErrorSchema } from './wire-error.ts';

export const provisionedSchema = z.object({
  agent: z.string(),
  worktreePath: z.string(),
  branch: z.string(),
  base: z.object({ ref: z.string(), commit: z.string() }),
  emptySubmodules: z.array(z.string()).optional(),
});
export const removedSchema = z.object({
  agent: z.string(),
  snapshotRef: z.string().optional(),
  /** Where the worktree should have been, when it was not there: nothing of it was kept. */
  missingPath: z.string().optional(),
  /** The folder stays there, with all that is in it: Musher did not make it. */
  keptPath: z.string().optional(),
});
/** Output on its terminal is a sign of life; what it was is nobody's business here. */
export const heardSchema = z.object({
  agent: z.string(),
  /** When it said that, Unix ms; a little before the event. */
  heardMs: z.number(),
});
export const launchedSchema = z.object({
  agent: z.string(),
  terminalId: z.string(),
  pid: z.number(),
  /** Absent in events of before conversations were known. */
  conversation: conversationSchema.optional(),
  /** Its first prompt is still to be typed, once its CLI is ready; absent where the start handed it over. */
  typesPrompt: z.boolean().optional(),
});

/** Of the agent of this key, while its program runs: how fresh the last sign of life on its terminal is. */
export const outputSchema = z.object({
  /** When the program last said something, Unix ms; looked at every 5 s. `lastSeenMs` in the log is up to 5 min coarser. */
  atMs: z.number(),
});
export type Output = z.infer<typeof outputSchema>;

export const reportCommands = {
  'agent.provisioned': command({
    summary: 'The worktree stands',
    who: ['system'],
    data: provisionedSchema,
    result: z.object({}),
  }),
  'agent.launched': command({
    summary: 'The CLI runs',
    who: ['system'],
    data: launchedSchema,
    result: z.object({}),
  }),
  'agent.stop_for': command({
    summary: 'Stop an agent for a reason, which is its failure then; nothing starts it by itself',
    who: ['system'],
    data: z.object({ agent: z.string(), session: z.number().int(), error: wireErrorSchema }),
    result: z.object({}),
  }),
  'agent.halted': command({
    summary: 'The CLI is stopped',
    who: ['system'],
    data: z.object({ agent: z.string(), error: wireErrorSchema.optional() }),
    result: z.object({}),
  }),
  'agent.removed': command({
    summary: 'The worktree is gone, its snapshot kept',
    who: ['system'],
    data: removedSchema,
    result: z.object({}),
  }),
  'agent.heard': command({
    summary: 'An agent’s program said something on its terminal',
    who: ['system'],
    data: heardSchema,
    result: z.object({}),
  }),
};
