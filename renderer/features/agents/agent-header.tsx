import {
  CircleStop,
  FastForward,
  Info,
  Maximize2,
  Minimize2,
  Pin,
  Play,
  RotateCcw,
  X,
} from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Count } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { AgentMark } from './agent-mark.tsx';
import { AgentMenu } from './agent-menu.tsx';
import { AgentStatusWord } from './agent-status-word.tsx';
import { useLayout, useShowAll } from './layout/use-layout.ts';
import { sinceOf } from './present-agent.ts';
import { TerminalKeysHint } from './terminal-keys-hint.tsx';
import { useAgentAction } from './use-agent-action.ts';
import { useNote } from './use-note.ts';

/** The keys that lead out of the terminal take the place of what can be read elsewhere. */
const hiddenWhileTyping = 'group-has-[.xterm.focus]/pane:hidden';
/** Of thirty panes only the one under the pointer shows what can be done with it, above the end of its note. */
export const onDemand =
  'absolute inset-y-0 right-0 flex items-center bg-bg opacity-0 group-data-[selected=true]/pane:bg-selected group-hover/pane:opacity-100 group-focus-within/head:opacity-100';

interface AgentHeaderProps {
  agent: AgentRecord;
  waiting: number;
  isFocused: boolean;
  /** Leads to its details, where they are a page of their own. */
  onDetails?: (() => void) | undefined;
  /** Takes it from those that are side by side. */
  onRemove?: (() => void) | undefined;
}

/** Who it is, what it does and since when, and what can be done with it. */
export function AgentHeader({ agent, waiting, isFocused, onDetails, onRemove }: AgentHeaderProps) {
  const note = useNote(agent);
  const actions = (
    <>
      <QuickAction agent={agent} isRoomy={isFocused} />
      {onDetails && <IconButton icon={Info} label={`Details of ${agent.id}`} onClick={onDetails} />}
      <SizeButton id={agent.id} isFocused={isFocused} />
      {onRemove && (
        <IconButton icon={X} label={`Take ${agent.id} out of the split`} onClick={onRemove} />
      )}
      <AgentMenu agent={agent} />
    </>
  );
  return (
    <header
      data-alone={isFocused}
      className="group/head flex h-9 min-w-0 shrink-0 items-center gap-2 border-b pr-1.5 pl-3 group-has-[.xterm.focus]/pane:border-accent group-data-[selected=true]/pane:bg-selected max-sm:data-[alone=true]:h-auto max-sm:data-[alone=true]:min-h-9 max-sm:data-[alone=true]:flex-wrap"
    >
      {!isFocused && <AgentMark id={agent.id} />}
      <AgentTitle id={agent.id} isTop={isFocused || onRemove !== undefined} />
      <span className={hiddenWhileTyping}>
        <AgentStatusWord agent={agent} />
      </span>
      <RelativeTime
        atMs={sinceOf(agent)}
        prefix="for"
        className={`text-sm text-faint ${hiddenWhileTyping}`}
      />
      <span className="relative flex h-8 min-w-0 flex-1 items-center">
        <UntrustedLine
          // How it ended stands below its last screen.
          text={agent.state === 'stopped' ? '' : note}
          className={`flex-1 text-muted ${hiddenWhileTyping}`}
        />
        <TerminalKeysHint />
        {!isFocused && <span className={onDemand}>{actions}</span>}
      </span>
      <Count value={waiting} what="waiting for you" loud />
      {isFocused && <span className="ml-auto flex shrink-0">{actions}</span>}
    </header>
  );
}

interface AgentTitleProps {
  id: string;
  /** Where no section stands above it. */
  isTop?: boolean;
}

/** The name; pinned ones have their pin. */
export function AgentTitle({ id, isTop }: AgentTitleProps) {
  const [{ pins }] = useLayout();
  const Heading = isTop ? 'h2' : 'h3';
  return (
    <Heading className="flex min-w-12 items-center gap-1 font-semibold" title={id}>
      <span className="truncate">{id}</span>
      {pins.includes(id) && <Pin size={12} aria-label="pinned" className="shrink-0 text-faint" />}
    </Heading>
  );
}

function SizeButton({ id, isFocused }: { id: string; isFocused: boolean }) {
  const showAll = useShowAll();
  return (
    <IconButton
      icon={isFocused ? Minimize2 : Maximize2}
      label={isFocused ? 'Show all agents' : `Show ${id} alone`}
      onClick={() => (isFocused ? showAll() : navigate('agents', `agent/${id}`))}
    />
  );
}

/** The one that is wanted most in this state. */
export function QuickAction({ agent, isRoomy }: { agent: AgentRecord; isRoomy: boolean }) {
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
      {agent.paused && (
        <IconButton
          icon={FastForward}
          label={`Resume ${agent.id}`}
          onClick={() => act('agent.resume', agent)}
        />
      )}
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
