/** Which agents are shown how, and which of them is selected. */
import { useEffect, useMemo } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { keyOfTarget } from '../../../../preload/contract/place.ts';
import { navigate, useUi } from '../../../shell/ui-state.ts';
import { selectAgent, useAgentsUi } from '../agents-ui.ts';
import { nextInNeed } from './agent-sections.ts';
import type { BoardFacts } from './board-context.ts';
import { besideOf, type Layout } from './stored-layout.ts';
import type { Board } from './use-board.ts';
import { useLayout } from './use-layout.ts';

export interface Arrangement {
  readonly board: Board;
  readonly layout: Layout;
  /** The one that has the view for itself, because it was asked for or because that is the layout. */
  readonly alone: string | undefined;
  /** Those side by side, and those that could come beside them. */
  readonly split: readonly AgentRecord[];
  readonly others: readonly AgentRecord[];
  readonly selected: string | undefined;
  /** Whom keys reach, as they are seen. */
  readonly order: readonly AgentRecord[];
  readonly facts: BoardFacts;
  hasTerminal(agent: AgentRecord): boolean;
  choose(layout: Layout): void;
  /** Puts it side by side with those that are, and shows them; one that is shown so goes out of it. */
  putBeside(agent: string): void;
}

export function useArrangement(board: Board): Arrangement {
  const [stored, changeLayout] = useLayout();
  const named = useUi(({ place }) => keyOfTarget(place.target, 'agent'));
  const chosen = useAgentsUi((state) => state.selectedId);
  const isSplit = named === undefined && stored.layout === 'split';
  const split = useMemo(
    () => stored.split.flatMap((id) => board.live.find((agent) => agent.id === id) ?? []),
    [stored.split, board.live],
  );
  const others = board.live.filter((agent) => !split.includes(agent));
  const order = isSplit ? split : board.order;
  const wanted = chosen ?? stored.selected;
  const isThere = order.some(({ id }) => id === wanted);
  const selected = named ?? (isThere ? wanted : order[0]?.id);
  const alone = named ?? (stored.layout === 'single' ? selected : undefined);
  const facts = useFacts(board, order, stored.pins);
  useEffect(() => {
    if (selected === undefined || selected === stored.selected) return;
    changeLayout({ selected });
  }, [selected, stored.selected, changeLayout]);
  useEffect(() => {
    // Come by its address, it is what was selected too: the way back leads there.
    if (named !== undefined) selectAgent(named);
  }, [named]);
  const choose = (layout: Layout) => {
    const pair = split.length > 1 ? stored.split : pairOf(board, selected);
    changeLayout(layout === 'split' ? { layout, split: pair } : { layout });
    if (layout === 'single' && selected !== undefined) navigate('agents', `agent/${selected}`);
    else navigate('agents');
  };
  const putBeside = (agent: string) => {
    if (isSplit)
      return changeLayout({ split: stored.split.filter((one) => one !== agent), shares: [] });
    const there = split.map(({ id }) => id);
    selectAgent(agent);
    changeLayout({ layout: 'split', split: besideOf(there, agent), shares: [] });
    navigate('agents');
  };
  const layout = alone === undefined ? stored.layout : 'single';
  const hasTerminal = ({ id }: AgentRecord) =>
    isSplit ? split.some((agent) => agent.id === id) : stored.density === 'comfortable';
  return {
    board,
    layout,
    alone,
    split,
    others,
    selected,
    order,
    facts,
    hasTerminal,
    choose,
    putBeside,
  };
}

/** The selected one, and beside it one that needs the operator, or the one after it. */
function pairOf({ live, needs }: Board, selected: string | undefined): readonly string[] {
  const next = nextInNeed(live, selected, needs) ?? nextInNeed(live, selected, () => true);
  return [...new Set([selected, next?.id, live[0]?.id, live[1]?.id])]
    .filter((id) => id !== undefined)
    .slice(0, 2);
}

const mostNumbers = 9;

/** The same object as long as it says the same: every pane looks at it. */
function useFacts(board: Board, order: readonly AgentRecord[], pins: readonly string[]) {
  const pinned = board.live.filter(({ id }) => pins.includes(id));
  const first = [...new Set([...pinned, ...board.live])].slice(0, mostNumbers);
  const [ids, numbered] = [order, first].map((agents) => agents.map(({ id }) => id).join(' '));
  return useMemo<BoardFacts>(
    () => ({
      order: idsOf(ids),
      numbers: new Map(idsOf(numbered).map((id, at) => [id, at + 1] as const)),
    }),
    [ids, numbered],
  );
}

function idsOf(text = ''): readonly string[] {
  return text.split(' ').filter((id) => id !== '');
}
