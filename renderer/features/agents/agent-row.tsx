import { Maximize2 } from 'lucide-react';
import { memo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { navigate } from '../../shell/ui-state.ts';
import { Count } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { AgentTitle, onDemand, QuickAction } from './agent-header.tsx';
import { AgentMark } from './agent-mark.tsx';
import { AgentMenu } from './agent-menu.tsx';
import { type AgentPaneProps, PaneFrame } from './agent-pane.tsx';
import { AgentStatusWord } from './agent-status-word.tsx';
import { sinceOf } from './present-agent.ts';
import { useNote } from './use-note.ts';

/** One agent on one line: what it does and says, or how it ended. */
export const AgentRow = memo(function AgentRow({ id, waiting, isSelected }: AgentPaneProps) {
  return (
    <PaneFrame
      id={id}
      isSelected={isSelected}
      className="h-row items-center gap-2 pr-2 pl-3 data-[selected=true]:bg-selected"
    >
      {(agent) => (
        <>
          <AgentMark id={id} />
          <span className="flex w-34 shrink-0 max-sm:w-20">
            <AgentTitle id={id} />
          </span>
          <span className="w-26 shrink-0 whitespace-nowrap max-sm:w-20 max-sm:overflow-hidden">
            <AgentStatusWord agent={agent} />
          </span>
          <RelativeTime
            atMs={sinceOf(agent)}
            prefix="for"
            className="w-7 text-right text-sm text-faint max-sm:hidden"
          />
          <span className="group/head relative flex h-7 min-w-0 flex-1 items-center">
            <Note agent={agent} />
            <span className={onDemand}>
              {!isAtRest(agent) && <QuickAction agent={agent} isRoomy={false} />}
              <IconButton
                icon={Maximize2}
                label={`Show ${id} alone`}
                onClick={() => navigate('agents', `agent/${id}`)}
              />
              <AgentMenu agent={agent} />
            </span>
          </span>
          <Count value={waiting} what="waiting for you" loud />
          {isAtRest(agent) && <QuickAction agent={agent} isRoomy={false} />}
        </>
      )}
    </PaneFrame>
  );
});

/** What leads on from there is in sight: nothing else happens by itself. */
function isAtRest({ state, paused }: AgentRecord): boolean {
  return state === 'stopped' || paused !== undefined;
}

function Note({ agent }: { agent: AgentRecord }) {
  return <UntrustedLine text={useNote(agent)} className="flex-1 text-muted" />;
}
