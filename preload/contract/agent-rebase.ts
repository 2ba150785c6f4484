/** A branch that was behind when its agent started. */
import { z } from 'zod';
import { command, event } from './define.ts';

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

export const rebaseCommands = {
  'agent.tell_rebase': command({
    summary: 'What became of the branch of an agent that was behind at its start',
    who: ['system'],
    data: told,
    result: z.object({}),
  }),
};

export const rebaseEvents = {
  'agent.rebased': event({ v: 1, data: told }),
};
