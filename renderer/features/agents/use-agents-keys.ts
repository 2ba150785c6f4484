import { useCallback } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { keymap } from '../../shell/keymap.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { findAgentsList } from './agent-option.tsx';
import { selectAgent, useAgentsUi, wantTyping } from './agents-ui.ts';
import { chooseNobody, toggleChosen, useChosen } from './broadcast/use-chosen.ts';
import type { BoardFacts } from './layout/board-context.ts';
import { nextInNeed } from './layout/agent-sections.ts';
import { type Density, toggled } from './layout/stored-layout.ts';
import type { Board } from './layout/use-board.ts';
import { startJump, useJump } from './layout/use-jump.ts';
import { useLayout, useShowAll } from './layout/use-layout.ts';

interface AgentsPlace {
  readonly board: Board;
  /** Whom keys reach, as they are seen. */
  readonly order: readonly AgentRecord[];
  readonly facts: Pick<BoardFacts, 'numbers'>;
  /** The one that has the view for itself. */
  readonly alone: string | undefined;
  readonly selected: string | undefined;
  /** Whether it can be typed into where it is shown now. */
  hasTerminal(agent: AgentRecord): boolean;
  putBeside(agent: string): void;
}

/** Moving among agents selects and no more; to type into a terminal, and to come out of it, has keys of its own. */
export function useAgentsKeys(place: AgentsPlace): void {
  const { board, order, alone, selected } = place;
  const select = (id: string | undefined) => {
    wantTyping(undefined);
    if (id === undefined) return;
    leaveFrom(selected);
    // In a folded section, or not among those that are side by side.
    show(id, alone !== undefined || !order.some((agent) => agent.id === id));
  };
  const move = (by: number) => select(neighbour(order, selected, by));
  // One that has no terminal now could have one later, when nobody thinks of typing any more.
  const type = (id: string | undefined) => {
    const agent = board.live.find((one) => one.id === id);
    if (agent === undefined || !isTypeable(agent)) return;
    leaveFrom(selected);
    show(agent.id, alone !== undefined || !place.hasTerminal(agent));
    wantTyping(agent.id);
  };
  const step = (by: number) => type(neighbour(order.filter(isTypeable), selected, by));
  const inNeed = () => nextInNeed(board.live, selected, board.needs)?.id;
  const before = () => useAgentsUi.getState().beforeId;
  const leave = () => {
    wantTyping(undefined);
    findAgentsList()?.focus();
  };
  useShortcuts([
    { keys: keymap.nextAgent.keys, run: () => move(1) },
    { keys: keymap.previousAgent.keys, run: () => move(-1) },
    ...['j', 'ArrowRight', 'ArrowDown'].map((keys) => ({ keys, run: () => move(1) })),
    ...['k', 'ArrowLeft', 'ArrowUp'].map((keys) => ({ keys, run: () => move(-1) })),
    { keys: keymap.nextInNeed.keys, run: () => select(inNeed()) },
    { keys: keymap.agentBefore.keys, run: () => select(before()) },
    { keys: keymap.typeIntoTerminal.keys, run: () => type(selected) },
    { keys: keymap.showAlone.keys, run: () => selected && navigate('agents', `agent/${selected}`) },
    { keys: keymap.leaveTerminal.keys, run: leave, inFields: true, inTerminals: true },
    { keys: keymap.nextTerminal.keys, run: () => step(1), inTerminals: true },
    { keys: keymap.previousTerminal.keys, run: () => step(-1), inTerminals: true },
    { keys: keymap.terminalInNeed.keys, run: () => type(inNeed()), inTerminals: true },
    { keys: keymap.terminalBefore.keys, run: () => type(before()), inTerminals: true },
    ...[...place.facts.numbers].map(([id, number]) => ({
      keys: `${number}`,
      run: () => select(id),
    })),
    { keys: keymap.jump.keys, run: () => startJump(order.map(({ id }) => id)) },
  ]);
  useJump(useCallback((id) => show(id, alone !== undefined), [alone]));
  useArrangingKeys(place);
}

/** How they are laid out, and who is chosen. */
function useArrangingKeys({ alone, selected, putBeside }: AgentsPlace): void {
  const [{ pins, density, filter }, changeLayout] = useLayout();
  const showAll = useShowAll();
  const stepBack = () => {
    if (useChosen.getState().ids.size > 0) return chooseNobody();
    if (alone === undefined && filter !== '') return changeLayout({ filter: '' });
    if (selected !== undefined) selectAgent(selected);
    showAll();
  };
  useShortcuts([
    {
      keys: keymap.choose.keys,
      run: () => selected && alone === undefined && toggleChosen(selected),
    },
    {
      keys: keymap.pin.keys,
      run: () => selected && changeLayout({ pins: toggled(pins, selected) }),
    },
    { keys: keymap.beside.keys, run: () => selected && putBeside(selected) },
    { keys: keymap.density.keys, run: () => changeLayout({ density: nextDensity[density] }) },
    { keys: keymap.showAll.keys, run: stepBack },
  ]);
}

const nextDensity: Readonly<Record<Density, Density>> = {
  comfortable: 'compact',
  compact: 'list',
  list: 'comfortable',
};

/** Also the one that was selected because none was chosen yet is the way back. */
function leaveFrom(selected: string | undefined): void {
  if (selected !== undefined) selectAgent(selected);
}

export function show(id: string, isAlone: boolean): void {
  selectAgent(id);
  if (isAlone) navigate('agents', `agent/${id}`);
}

/** A terminal that takes keys: the program runs. */
function isTypeable({ state, terminalId }: AgentRecord): boolean {
  return state === 'running' && terminalId !== undefined;
}

/** Around the ends: from the last comes the first. */
function neighbour(
  agents: readonly AgentRecord[],
  from: string | undefined,
  by: number,
): string | undefined {
  const at = agents.findIndex(({ id }) => id === from);
  if (at < 0) return agents.at(by > 0 ? 0 : -1)?.id;
  return agents[(at + by + agents.length) % agents.length]?.id;
}
