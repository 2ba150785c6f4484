/** What the commands of worktrees add to the feature. */
import type { AgentsPorts } from '../effects.ts';
import { decideBeginChore, decideEndChore, decideSetUp, decideStep } from './chores.ts';
import { trustHandler } from './commands.ts';
import { setupHandler } from './want-chores.ts';

export function setupHandlers(ports: AgentsPorts) {
  return {
    'worktree.setup': setupHandler(ports),
    'worktree.trust': trustHandler(ports),
    'agent.begin_chore': { decide: decideBeginChore },
    'agent.chore_step': { decide: decideStep },
    'agent.end_chore': { decide: decideEndChore },
    'agent.set_up': { decide: decideSetUp },
  };
}
