/** Errors of worktrees, beside those of the agents that work in them. */
import { row } from './row.ts';

export const worktreeErrors = {
  WORKTREE_NOT_ADOPTABLE: row(409, '{path} cannot become an agent’s worktree: {reason}.', '{mend}'),
} as const;
