import { Play, SquareTerminal, Undo2 } from 'lucide-react';
import type { AgentRecord, AgentState } from '../../../preload/contract/agents.ts';
import { useRecord } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AgentTerminal } from './agent-terminal.tsx';
import { LimitBar } from './limit-bar.tsx';
import { LostWorktreeBar } from './lost-worktree-bar.tsx';
import { PausedBar } from './paused-bar.tsx';
import { capitalized, isTransient, reasonOf } from './present-agent.ts';
import { RestartBar } from './restart-bar.tsx';
import { ChoreScreen } from './setup/chore-screen.tsx';
import { showsChore } from './setup/chore-words.ts';
import { UnconfirmedCommands } from './setup/unconfirmed-commands.tsx';
import { StuckBar } from './stuck-bar.tsx';
import { useAgentAction } from './use-agent-action.ts';

interface AgentScreenProps {
  agent: AgentRecord;
  isVisible: boolean;
}

/** The agent's terminal; without one, why there is none. */
export function AgentScreen({ agent, isVisible }: AgentScreenProps) {
  const terminal = useRecord('terminal', agent.terminalId);
  // A session that ended keeps its last screen: it says why.
  if (showsChore(agent)) return <ChoreScreen agent={agent} isVisible={isVisible} />;
  if (agent.state === 'stopped' && agent.failure?.code === 'COMMANDS_UNCONFIRMED')
    return <UnconfirmedCommands agent={agent} />;
  const hasScreen =
    terminal !== undefined && agent.failure === undefined && !isBetween(agent.state);
  if (!hasScreen) return <NoScreen agent={agent} />;
  if (!isVisible) return <div className="flex-1" />;
  return (
    <>
      <AgentTerminal terminal={terminal} agent={agent} />
      <LostWorktreeBar agent={agent} />
      <PausedBar agent={agent} />
      <LimitBar agent={agent} />
      <StuckBar agent={agent} />
      <RestartBar agent={agent} />
    </>
  );
}

/** Without a session that could be looked at. */
function isBetween(state: AgentState): boolean {
  return (
    state === 'creating' || state === 'starting' || state === 'restarting' || state === 'destroyed'
  );
}

function NoScreen({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  if (isTransient(agent.state)) return <EmptyState title={`${capitalized(agent.state)}…`} />;
  if (agent.state === 'destroyed') {
    const revive = (
      <Button icon={Undo2} onClick={() => act('agent.revive', agent)}>
        Revive
      </Button>
    );
    return (
      <EmptyState title={`${agent.id} was destroyed`} action={revive}>
        {agent.failure?.message ??
          (agent.snapshotRef === undefined
            ? 'It had no files besides its branch; reviving brings that back.'
            : 'Its files are kept in a snapshot; reviving brings all of them back.')}
      </EmptyState>
    );
  }
  const start = agent.state === 'stopped' && (
    <Button icon={Play} onClick={() => act('agent.start', agent)}>
      Start
    </Button>
  );
  return (
    <EmptyState
      icon={SquareTerminal}
      title={agent.failure?.message ?? reasonOf(agent)}
      action={start}
    >
      {agent.failure?.mend}
    </EmptyState>
  );
}
