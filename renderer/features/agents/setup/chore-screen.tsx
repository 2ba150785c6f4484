import { Wrench } from 'lucide-react';
import type { Chore } from '../../../../preload/contract/agent-chores.ts';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { useConnection } from '../../../hub/connection.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { isAppKey } from '../../../shell/use-shortcuts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TerminalView } from '../../terminals/index.ts';
import { ChoreBar } from './chore-bar.tsx';
import { choreVerb } from './chore-words.ts';

interface ChoreScreenProps {
  agent: AgentRecord & { readonly chore: Chore };
  isVisible: boolean;
}

/** What the commands of a worktree show, live; those that ended badly keep their last screen. */
export function ChoreScreen({ agent, isVisible }: ChoreScreenProps) {
  const { bridge } = useHub();
  const isLive = useConnection().state === 'live';
  const { chore } = agent;
  const { terminalId } = chore;
  const isEnded = chore.state !== 'running';
  if (!isVisible) return <div className="flex-1" />;
  return (
    <>
      {terminalId === undefined ? (
        <EmptyState icon={Wrench} title={`The worktree is about to be ${saidOf(chore)}…`} />
      ) : (
        <TerminalView
          key={terminalId}
          agentTerminalId={terminalId}
          bridge={bridge}
          label={`Terminal of ${agent.id}, ${choreVerb(chore)}`}
          isReconnecting={!isLive}
          isAppKey={isAppKey}
          ending={isEnded ? { text: 'Ended', isCalm: true } : undefined}
        />
      )}
      <ChoreBar agent={agent} />
    </>
  );
}

function saidOf({ kind }: Chore): string {
  return kind === 'setup' ? 'set up' : 'torn down';
}
