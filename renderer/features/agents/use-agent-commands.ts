import { FolderGit2, ListChecks, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand } from '../../shell/view.ts';
import { showWorktrees } from '../worktrees/index.ts';
import { ableOf, type BulkAction, bulkActions, bulkVerbs, bulkWarning } from './bulk/bulk.ts';
import { useBulk } from './bulk/use-bulk.ts';
import { openAgentsDialog } from './agents-ui.ts';
import { byAge } from './present-agent.ts';

/** What is about no one agent. */
export function useAgentCommands(): readonly PaletteCommand[] {
  const agents = useRecords('agent');
  const run = useBulk();
  return useMemo(() => {
    const sorted = [...agents].sort(byAge);
    const together = bulkActions.flatMap((action) => {
      const { able } = ableOf(sorted, action);
      return able.length < 2 ? [] : [withAll(action, able, run)];
    });
    return [newAgent, worktrees, ...together];
  }, [agents, run]);
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
    section: 'Agents',
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
