import { Bot, Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { readStored, writeStored } from '../../hub/storage.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { isWide, useMedia } from '../../ui/use-media.ts';
import { ViewHeader } from '../../ui/view-header.tsx';
import { findAgentsList } from './agent-option.tsx';
import { AgentStrip } from './agent-strip.tsx';
import { openAgentsDialog, wantTyping } from './agents-ui.ts';
import { BroadcastBar } from './broadcast/broadcast-bar.tsx';
import { chooseNobody, useChosen } from './broadcast/use-chosen.ts';
import { BulkOutcomes } from './bulk/bulk-outcomes.tsx';
import { KeptAgents } from './kept-agents.tsx';
import { few } from './layout/agent-sections.ts';
import { AgentAlone } from './layout/agent-alone.tsx';
import { AgentsActions } from './layout/agents-actions.tsx';
import { AgentsGrid } from './layout/agents-grid.tsx';
import { AgentsList } from './layout/agents-list.tsx';
import { AddBeside, AgentsSplit } from './layout/agents-split.tsx';
import { BoardContext } from './layout/board-context.ts';
import { FilterField } from './layout/filter-field.tsx';
import { type Arrangement, useArrangement } from './layout/use-arrangement.ts';
import { type Board, useBoard } from './layout/use-board.ts';
import { useLayout } from './layout/use-layout.ts';
import { show, useAgentsKeys } from './use-agents-keys.ts';

/** All agents in sections, some side by side, or one large with the others beside it. */
export function AgentsView() {
  const root = useRef<HTMLDivElement>(null);
  const [layout] = useLayout();
  const board = useBoard(root, layout);
  const arrangement = useArrangement(board);
  useAgentsKeys(arrangement);
  useFocusHome(findAgentsList);
  useEffect(() => () => wantTyping(undefined), []);
  const { facts, alone, selected, order } = arrangement;
  const hasColumn = useMedia(isWide) && alone !== undefined && board.live.length > 0;
  const isSplit = arrangement.layout === 'split';
  const isAlone = alone !== undefined;
  const select = useCallback((id: string) => show(id, isAlone), [isAlone]);
  return (
    <BoardContext value={facts}>
      <div ref={root} className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ViewHeader
          title="Agents"
          actions={
            <AgentsActions
              layout={arrangement.layout}
              hasAgents={board.live.length > 0}
              onLayout={arrangement.choose}
            />
          }
        >
          {hasColumn ? (
            <span className="flex-1" />
          ) : (
            <AgentStrip agents={order} selectedId={selected} onSelect={select} />
          )}
          {isSplit && <AddBeside agents={arrangement.split} others={arrangement.others} />}
          {(board.live.length > few || layout.filter !== '') && !isSplit && (
            <FilterField
              onEnter={() => {
                if (order[0]) select(order[0].id);
                findAgentsList()?.focus();
              }}
              onLeave={() => findAgentsList()?.focus()}
            />
          )}
        </ViewHeader>
        {hasColumn ? (
          <WithList board={board} selected={selected} onSelect={select} alone={alone} />
        ) : (
          <Arranged board={board} arrangement={arrangement} />
        )}
        <Broadcast board={board} arrangement={arrangement} />
        <BulkOutcomes />
        {alone === undefined && <KeptAgents agents={board.kept} />}
      </div>
    </BoardContext>
  );
}

interface ArrangedProps {
  board: Board;
  arrangement: Arrangement;
}

function Arranged({ board, arrangement }: ArrangedProps) {
  const { layout, alone, split, others, selected } = arrangement;
  if (alone !== undefined) return <AgentAlone key={alone} id={alone} />;
  if (board.live.length === 0) return <NoAgents />;
  if (layout !== 'split') return <AgentsGrid board={board} selected={selected} />;
  return <AgentsSplit agents={split} others={others} selected={selected} />;
}

interface WithListProps {
  board: Board;
  selected: string | undefined;
  alone: string;
  onSelect: (id: string) => void;
}

/** One large, and the others in a column beside it. */
function WithList({ board, selected, alone, onSelect }: WithListProps) {
  return (
    <SplitPane
      id="agents-list-and-one"
      label="Resize the list"
      fixed="start"
      sizePx={readStored('agentsListWidth', 240)}
      minPx={180}
      maxPx={480}
      onResized={(widthPx) => writeStored('agentsListWidth', widthPx)}
      start={<AgentsList board={board} selectedId={selected} onSelect={onSelect} />}
      end={<AgentAlone key={alone} id={alone} />}
    />
  );
}

/** While some are chosen: what is said to all of them. */
function Broadcast({ board, arrangement }: ArrangedProps) {
  const [, changeLayout] = useLayout();
  const ids = useChosen((chosen) => chosen.ids);
  const agents = useMemo(() => board.live.filter(({ id }) => ids.has(id)), [board.live, ids]);
  useEffect(() => chooseNobody, []);
  if (agents.length === 0 || arrangement.alone !== undefined) return null;
  const split = () => {
    changeLayout({ layout: 'split', split: agents.map(({ id }) => id), shares: [] });
    chooseNobody();
    navigate('agents');
  };
  return <BroadcastBar agents={agents} onSplit={split} onLeave={() => findAgentsList()?.focus()} />;
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
