import { FolderGit2, ListChecks, Plus, SquareTerminal } from 'lucide-react';
import { useMemo } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand } from '../../shell/view.ts';
import { showWorktrees } from '../worktrees/index.ts';
import { actionsOf, standingActions } from './agent-actions.ts';
import { ableOf, type BulkAction, bulkActions, bulkVerbs, bulkWarning } from './bulk/bulk.ts';
import { useBulk } from './bulk/use-bulk.ts';
import { openAgentsDialog } from './agents-ui.ts';
import { byAge, presentAgent } from './present-agent.ts';
import { useAgentAction } from './use-agent-action.ts';

/** Every agent, and everything that can be done with each now. */
export function useAgentCommands(): readonly PaletteCommand[] {
  const agents = useRecords('agent');
  const act = useAgentAction();
  const run = useBulk();
  return useMemo(() => {
    const sorted = [...agents].sort(byAge);
    const open = sorted.map(
      (agent): PaletteCommand => ({
        id: `agent ${agent.id}`,
        title: agent.id,
        section: 'Agents',
        icon: SquareTerminal,
        detail: presentAgent(agent).word,
        keywords: [agent.branch, agent.profile, presentAgent(agent).word],
        run: () => navigate('agents', `agent/${agent.id}`),
      }),
    );
    const doing = sorted.flatMap((agent) =>
      [...actionsOf(agent), ...standingActions].map(
        ({ id, title, icon }): PaletteCommand => ({
          id: `${id} ${agent.id}`,
          title: `${agent.id}: ${title}`,
          section: 'Agent commands',
          icon,
          run: () => act(id, agent),
        }),
      ),
    );
    const together = bulkActions.flatMap((action) => {
      const { able } = ableOf(sorted, action);
      return able.length < 2 ? [] : [withAll(action, able, run)];
    });
    return [newAgent, worktrees, ...open, ...together, ...doing];
  }, [agents, act, run]);
}

function withAll(
  action: BulkAction,
  able: readonly string[],
  run: (action: BulkAction, agents: readonly string[]) => void,
): PaletteCommand {
  const verb = bulkVerbs[action];
  return {
    id: `${action} all`,
    title: `All agents: ${verb}${bulkWarning(action, able) ? '…' : ''}`,
    section: 'Agent commands',
    icon: ListChecks,
    detail: `${able.length}`,
    keywords: ['every', 'all', verb],
    run: () => {
      navigate('agents');
      run(action, able);
    },
  };
}

const newAgent: PaletteCommand = {
  id: 'new-agent',
  title: 'New agent',
  section: 'Agents',
  icon: Plus,
  shortcut: 'g n',
  keywords: ['add', 'create'],
  run: () => openAgentsDialog({ kind: 'new' }),
};

const worktrees: PaletteCommand = {
  id: 'worktrees',
  title: 'Worktrees',
  section: 'Agents',
  icon: FolderGit2,
  keywords: ['adopt', 'repair', 'prune', 'disk', 'size', 'orphan'],
  run: () => showWorktrees(),
};
