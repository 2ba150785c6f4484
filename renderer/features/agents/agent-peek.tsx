import { memo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Count } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { AgentTitle, onDemand, QuickAction } from './agent-header.tsx';
import { AgentMark } from './agent-mark.tsx';
import { AgentMenu } from './agent-menu.tsx';
import { type AgentPaneProps, PaneFrame } from './agent-pane.tsx';
import { AgentStatusWord } from './agent-status-word.tsx';
import { useScreenTail } from './layout/use-screen-tail.ts';
import { useAsked } from './use-note.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { capitalized, isTransient, sinceOf } from './present-agent.ts';

const lineCount = 3;

/** One agent in little room: what it does, and the end of its screen as text. */
export const AgentPeek = memo(function AgentPeek({ id, waiting, isSelected }: AgentPaneProps) {
  return (
    <PaneFrame id={id} isSelected={isSelected} className="h-23 flex-col">
      {(agent, isInView) => (
        <>
          <header className="group/head flex h-8 min-w-0 shrink-0 items-center gap-2 pr-3 pl-3 group-data-[selected=true]/pane:bg-selected">
            <AgentMark id={id} />
            <AgentTitle id={id} />
            <AgentStatusWord agent={agent} />
            <RelativeTime atMs={sinceOf(agent)} prefix="for" className="text-sm text-faint" />
            <span className="relative h-7 flex-1">
              <span className={onDemand}>
                <QuickAction agent={agent} isRoomy={false} />
                <AgentMenu agent={agent} />
              </span>
            </span>
            <Count value={waiting} what="waiting for you" loud />
          </header>
          <Tail agent={agent} isVisible={isInView} />
        </>
      )}
    </PaneFrame>
  );
});

function Tail({ agent, isVisible }: { agent: AgentRecord; isVisible: boolean }) {
  const asked = useAsked(agent.id);
  const { lines, error } = useScreenTail(agent, lineCount, isVisible);
  const said = isTransient(agent.state)
    ? `${capitalized(agent.state)}…`
    : (error?.message ?? (lines?.length === 0 ? 'Nothing on its screen yet' : undefined));
  return (
    <div className="h-15 overflow-hidden bg-[var(--terminal-bg)] px-3 pt-1">
      {asked !== undefined && (
        <UntrustedLine text={asked} className="block h-4 text-sm leading-4 text-fg" />
      )}
      {said === undefined ? (
        lines?.slice(asked === undefined ? 0 : 1).map((line, at) => (
          <p
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a screen have nothing but their place
            key={at}
            title={line}
            className="truncate font-mono text-xs text-muted"
          >
            {line}
          </p>
        ))
      ) : (
        <p className="truncate text-sm text-faint" title={said}>
          {said}
        </p>
      )}
    </div>
  );
}
