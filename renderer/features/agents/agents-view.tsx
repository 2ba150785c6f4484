import { Bot, LayoutGrid, Plus, Square } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { keyOfTarget } from '../../shell/route.ts';
import { navigate, useUi } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { usePages } from '../../ui/pages.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { AgentFacts } from './agent-facts.tsx';
import { AgentHeader } from './agent-header.tsx';
import { AgentPane } from './agent-pane.tsx';
import { AgentScreen } from './agent-screen.tsx';
import { AgentStrip, findAgentStrip } from './agent-strip.tsx';
import { openAgentsDialog, useAgentsUi, wantTyping } from './agents-ui.ts';
import { Composer } from './composer.tsx';
import { KeptAgents } from './kept-agents.tsx';
import { byAge } from './present-agent.ts';
import { show, useAgentsKeys } from './use-agents-keys.ts';
import { useWaiting } from './use-waiting.ts';

/** All agents in a grid, or one alone when the address names it. */
export function AgentsView() {
  const { live, kept } = useAgents();
  const focused = useUi(({ place }) => keyOfTarget(place.target, 'agent'));
  const wanted = useAgentsUi((state) => state.selectedId);
  const isHere = live.some(({ id }) => id === wanted);
  const selected = focused ?? (isHere ? wanted : live[0]?.id);
  useAgentsKeys({ live, alone: focused, selected });
  useFocusHome(findAgentStrip);
  useEffect(() => () => wantTyping(undefined), []);
  return (
    <>
      <ViewHeader title="Agents" actions={<Actions focused={focused} selected={selected} />}>
        <AgentStrip
          agents={live}
          selectedId={selected}
          onSelect={(id) => show(id, focused !== undefined)}
        />
      </ViewHeader>
      {focused === undefined ? (
        <Grid agents={live} selected={selected} />
      ) : (
        <Focused key={focused} id={focused} />
      )}
      {focused === undefined && <KeptAgents agents={kept} />}
    </>
  );
}

interface Agents {
  readonly live: readonly AgentRecord[];
  readonly kept: readonly AgentRecord[];
}

function useAgents(): Agents {
  const agents = useRecords('agent');
  return useMemo(() => {
    const sorted = [...agents].sort(byAge);
    return {
      live: sorted.filter(({ state }) => state !== 'destroyed'),
      kept: sorted.filter(({ state }) => state === 'destroyed'),
    };
  }, [agents]);
}

interface ActionsProps {
  focused: string | undefined;
  selected: string | undefined;
}

function Actions({ focused, selected }: ActionsProps) {
  return (
    <>
      {selected !== undefined && (
        <Segmented
          label="Layout"
          value={focused === undefined ? 'grid' : 'one'}
          segments={[
            { value: 'grid', label: 'All', icon: LayoutGrid },
            { value: 'one', label: 'One', icon: Square },
          ]}
          onChange={(layout) =>
            layout === 'grid' ? navigate('agents') : navigate('agents', `agent/${selected}`)
          }
        />
      )}
      <Button icon={Plus} onClick={() => openAgentsDialog({ kind: 'new' })}>
        New agent
      </Button>
    </>
  );
}

interface GridProps {
  agents: readonly AgentRecord[];
  selected: string | undefined;
}

function Grid({ agents, selected }: GridProps) {
  const waiting = useWaiting();
  if (agents.length === 0) return <NoAgents />;
  return (
    <div className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto">
      <div className="-mr-px -mb-px grid min-h-full auto-rows-[minmax(264px,1fr)] grid-cols-[repeat(auto-fit,minmax(min(100%,380px),1fr))]">
        {agents.map(({ id }) => (
          <AgentPane key={id} id={id} waiting={waiting.get(id) ?? 0} isSelected={id === selected} />
        ))}
      </div>
    </div>
  );
}

function Focused({ id }: { id: string }) {
  const agent = useRecord('agent', id);
  const waiting = useWaiting().get(id) ?? 0;
  const pages = usePages();
  useShortcuts([{ keys: 'Escape', run: () => pages.back() }], pages.shown === 'detail');
  if (!agent) {
    return (
      <EmptyState
        title={`There is no agent ${id}`}
        action={<Button onClick={() => navigate('agents')}>Show all agents</Button>}
      >
        It was purged, or the address is of another repository.
      </EmptyState>
    );
  }
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
          <AgentScreen agent={agent} isVisible />
          {agent.state !== 'destroyed' && (
            <Composer agent={id} canType={agent.state === 'running'} />
          )}
        </article>
      }
      end={<AgentFacts agent={agent} />}
    />
  );
}

function NoAgents() {
  const add = (
    <Button
      look="primary"
      icon={Plus}
      shortcut="g n"
      onClick={() => openAgentsDialog({ kind: 'new' })}
    >
      New agent
    </Button>
  );
  return (
    <EmptyState icon={Bot} title="No agents yet" action={add}>
      An agent is a program such as Claude Code, Codex or a shell that works in a worktree and
      branch of its own, so agents never touch each other’s files.
    </EmptyState>
  );
}
