/** A worktree that Musher did not make becomes an agent's. */
import { z } from 'zod';
import { addData } from './agent-wishes.ts';
import { command } from './define.ts';

const { profile, command: program, base, restart } = addData.shape;

/** Absolute, as the hub sees it; the `musher` command makes it so. */
export const worktreePathSchema = z.string().min(1).max(4_096);

export const adoptCommands = {
  'worktree.adopt': command({
    summary:
      'Make a worktree that stands already an agent’s; its files stay as they are, and it is not started',
    who: ['operator'],
    data: z.object({
      path: worktreePathSchema.describe('Folder of the worktree'),
      agent: addData.shape.name.optional().describe('Name of the agent; default: of the folder'),
      profile,
      command: program,
      base: base.describe('What its branch is compared with; default: as for a new agent'),
      restart,
    }),
    result: z.object({ agent: z.string() }),
    cli: {
      name: 'worktree adopt',
      args: ['path', '...command'],
      examples: ['musher worktree adopt ../shop-login --agent login --profile claude'],
    },
  }),
};

export const removeFolder = z
  .boolean()
  .default(false)
  .describe('Remove a folder too that Musher did not make; an adopted one stays otherwise');

export const forceTeardown = z
  .boolean()
  .default(false)
  .describe('Remove the worktree also where a teardown command fails, or was not confirmed');
