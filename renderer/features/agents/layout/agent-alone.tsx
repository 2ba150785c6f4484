import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { usePages } from '../../../ui/pages.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { useRecord } from '../../../hub/use-records.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { AgentFacts } from '../agent-facts.tsx';
import { AgentHeader } from '../agent-header.tsx';
import { AgentScreen } from '../agent-screen.tsx';
import { AgentTimeline } from '../evidence/agent-timeline.tsx';
import { useHistory } from '../evidence/use-history.ts';
import { Composer } from '../composer.tsx';
import { useWaiting } from '../use-waiting.ts';
import { useShowAll } from './use-layout.ts';

/** One agent large, with a line to write to it and all that is known of it. */
export function AgentAlone({ id }: { id: string }) {
  const agent = useRecord('agent', id);
  const showAll = useShowAll();
  if (agent) return <Alone agent={agent} />;
  return (
    <EmptyState
      title={`There is no agent ${id}`}
      action={<Button onClick={showAll}>Show all agents</Button>}
    >
      It was purged, or the address is of another repository.
    </EmptyState>
  );
}

function Alone({ agent }: { agent: AgentRecord }) {
  const { id } = agent;
  const history = useHistory(agent);
  const waiting = useWaiting().get(id) ?? 0;
  const pages = usePages();
  useShortcuts([{ keys: 'Escape', run: () => pages.back() }], pages.shown === 'detail');
  return (
    <SplitPane
      id="agent"
      pages={pages}
      backTo="Terminal"
      label="Resize the details"
      fixed="end"
      sizePx={280}
      minPx={220}
      maxPx={520}
      start={
        <article aria-label={id} className="group/pane flex min-h-0 flex-1 flex-col">
          <AgentHeader
            agent={agent}
            waiting={waiting}
            onDetails={pages.shown === 'both' ? undefined : pages.open}
            isFocused
          />
          <AgentTimeline agent={agent} history={history} />
          <AgentScreen agent={agent} isVisible />
          {agent.state !== 'destroyed' && (
            <Composer
              agent={id}
              canType={agent.state === 'running' && agent.paused === undefined}
            />
          )}
        </article>
      }
      end={<AgentFacts agent={agent} history={history} />}
    />
  );
}
