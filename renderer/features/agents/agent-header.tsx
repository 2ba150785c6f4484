import { CircleStop, Info, Maximize2, Minimize2, Play, RotateCcw } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Count } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { AgentMenu } from './agent-menu.tsx';
import { AgentStatusWord } from './agent-status-word.tsx';
import { sinceOf } from './present-agent.ts';
import { TerminalKeysHint } from './terminal-keys-hint.tsx';
import { useAgentAction } from './use-agent-action.ts';

/** The keys that lead out of the terminal take the place of what can be read elsewhere. */
const hiddenWhileTyping = 'group-has-[.xterm.focus]/pane:hidden';

interface AgentHeaderProps {
  agent: AgentRecord;
  waiting: number;
  isFocused: boolean;
  /** Leads to its details, where they are a page of their own. */
  onDetails?: (() => void) | undefined;
}

/** Who it is, what it does and since when, and what can be done with it. */
export function AgentHeader({ agent, waiting, isFocused, onDetails }: AgentHeaderProps) {
  return (
    <header className="flex h-9 min-w-0 shrink-0 items-center gap-2 border-b pr-1.5 pl-3 group-has-[.xterm.focus]/pane:border-accent group-data-[selected=true]/pane:bg-selected">
      <h2 className="min-w-12 truncate font-semibold" title={agent.id}>
        {agent.id}
      </h2>
      <span className={hiddenWhileTyping}>
        <AgentStatusWord agent={agent} />
      </span>
      <RelativeTime
        atMs={sinceOf(agent)}
        prefix="for"
        className={`text-sm text-faint ${hiddenWhileTyping}`}
      />
      <UntrustedLine
        text={agent.status.note ?? ''}
        className={`flex-1 text-muted ${hiddenWhileTyping}`}
      />
      <TerminalKeysHint />
      <Count value={waiting} what="waiting for you" loud />
      <QuickAction agent={agent} isRoomy={isFocused} />
      {onDetails && <IconButton icon={Info} label={`Details of ${agent.id}`} onClick={onDetails} />}
      <IconButton
        icon={isFocused ? Minimize2 : Maximize2}
        label={isFocused ? 'Show all agents' : `Show ${agent.id} alone`}
        onClick={() => (isFocused ? navigate('agents') : navigate('agents', `agent/${agent.id}`))}
      />
      <AgentMenu agent={agent} />
    </header>
  );
}

/** The one that is wanted most in this state. */
function QuickAction({ agent, isRoomy }: { agent: AgentRecord; isRoomy: boolean }) {
  const act = useAgentAction();
  if (agent.state === 'stopped') {
    return (
      <IconButton
        icon={Play}
        label={`Start ${agent.id}`}
        onClick={() => act('agent.start', agent)}
      />
    );
  }
  if (agent.state !== 'running' && agent.state !== 'starting') return null;
  return (
    <>
      {isRoomy && agent.state === 'running' && (
        <IconButton
          icon={RotateCcw}
          label={`Restart ${agent.id}`}
          onClick={() => act('agent.restart', agent)}
        />
      )}
      <IconButton
        icon={CircleStop}
        label={`Stop ${agent.id}`}
        onClick={() => act('agent.stop', agent)}
      />
    </>
  );
}
