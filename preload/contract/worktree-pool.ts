/** Worktrees that stand ready for agents to come. */
import { z } from 'zod';
import { wireErrorSchema } from './wire-error.ts';

/** By its path, while it is of the pool. Live: what stands is on the disk, and in no log. */
export const poolMemberSchema = z.object({
  path: z.string(),
  /** `failed`: `problem` says why, and it is tried again. */
  state: z.enum(['making', 'refreshing', 'setting up', 'ready', 'failed']),
  /** The commit that is checked out, or about to be. */
  commit: z.string(),
  /** The one of its setup that runs. */
  command: z.string().optional(),
  /** Where that is shown. */
  terminalId: z.string().optional(),
  sinceMs: z.number(),
  problem: wireErrorSchema.optional(),
});
export type PoolMemberRecord = z.infer<typeof poolMemberSchema>;
