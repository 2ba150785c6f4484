import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { keymap } from '../../shell/keymap.ts';
import { navigate } from '../../shell/ui-state.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { findAgentStrip } from './agent-strip.tsx';
import { selectAgent, wantTyping } from './agents-ui.ts';

interface AgentsPlace {
  readonly live: readonly AgentRecord[];
  /** The one that has the view for itself. */
  readonly alone: string | undefined;
  readonly selected: string | undefined;
}

/** Moving among agents selects and no more; to type into a terminal, and to come out of it, has keys of its own. */
export function useAgentsKeys(place: AgentsPlace): void {
  const { live, alone, selected } = place;
  const select = (id: string | undefined) => {
    wantTyping(undefined);
    show(id, alone !== undefined);
  };
  const move = (by: number) => select(neighbour(live, selected, by));
  // One that has no terminal now could have one later, when nobody thinks of typing any more.
  const typeable = live.filter(hasTerminal);
  const type = (id: string | undefined) => {
    if (!typeable.some((agent) => agent.id === id)) return;
    show(id, alone !== undefined);
    wantTyping(id);
  };
  const step = (by: number) => type(neighbour(typeable, selected, by));
  useShortcuts([
    { keys: keymap.nextAgent.keys, run: () => move(1) },
    { keys: keymap.previousAgent.keys, run: () => move(-1) },
    ...['j', 'ArrowRight', 'ArrowDown'].map((keys) => ({ keys, run: () => move(1) })),
    ...['k', 'ArrowLeft', 'ArrowUp'].map((keys) => ({ keys, run: () => move(-1) })),
    { keys: keymap.typeIntoTerminal.keys, run: () => type(selected) },
    { keys: keymap.showAlone.keys, run: () => selected && navigate('agents', `agent/${selected}`) },
    { keys: keymap.showAll.keys, run: () => showAll(selected) },
    { keys: keymap.leaveTerminal.keys, run: leave, inFields: true, inTerminals: true },
    { keys: keymap.nextTerminal.keys, run: () => step(1), inTerminals: true },
    { keys: keymap.previousTerminal.keys, run: () => step(-1), inTerminals: true },
  ]);
}

export function show(id: string | undefined, isAlone: boolean): void {
  if (id === undefined) return;
  selectAgent(id);
  if (isAlone) navigate('agents', `agent/${id}`);
}

function showAll(selected: string | undefined): void {
  if (selected !== undefined) selectAgent(selected);
  navigate('agents');
}

function leave(): void {
  wantTyping(undefined);
  findAgentStrip()?.focus();
}

/** A terminal that takes keys: the program runs. */
function hasTerminal({ state, terminalId }: AgentRecord): boolean {
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
