/** What the log knows of terminals: whose they are, whether they run, how they ended. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { TerminalRecord } from '../../../preload/contract/terminals.ts';
import { keepNewest } from '../../base/records.ts';
import { Table } from '../../../preload/contract/table.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly atMs: number;
}

export interface TerminalsState {
  readonly byId: Table<TerminalRecord>;
  /** Ids of those that exited, the newest last. */
  readonly settled: readonly string[];
  /** By owner: the terminal that its newest start opens. Programs can end before that start is reported. */
  readonly opening: Table<string>;
  /** By owner: its program was told to end. */
  readonly ending: Table<true>;
  /** Ends of programs that were quicker than the report of their start. */
  readonly early: Table<Ended>;
}

export const initialTerminals: TerminalsState = {
  byId: Table.empty(),
  settled: [],
  opening: Table.empty(),
  ending: Table.empty(),
  early: Table.empty(),
};

/** Exited terminals that are remembered; their last screens are bounded by the terminal host. */
const exitedKept = 100;

/** Each start of an owner has a terminal of its own. */
export function terminalIdOf(owner: string, session: number): string {
  return `${owner}.${session}`;
}

/** Whose terminal it is, running or just being opened; undefined for one that nobody asked for. */
export function ownerOf(state: TerminalsState, terminalId: string): string | undefined {
  const known = state.byId.get(terminalId)?.agent;
  if (known !== undefined) return known;
  return state.opening.entries().find(([, opening]) => opening === terminalId)?.[0];
}

type Reduce = (state: TerminalsState, event: EventEnvelope) => TerminalsState;

export const reduceTerminals: Readonly<Record<string, Reduce>> = {
  'agent.state_changed': stateChanged,
  'agent.launched': opened,
  'terminal.exited': exited,
  'agent.purged': purged,
};

function stateChanged(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { agent, to, session } = event.data as { agent: string; to: string; session?: number };
  const isEnding = ['stopping', 'restarting', 'destroying'].includes(to);
  const ending = isEnding ? state.ending.set(agent, true) : state.ending.delete(agent);
  const opening =
    session === undefined ? state.opening : state.opening.set(agent, terminalIdOf(agent, session));
  const isSame = ending === state.ending && opening === state.opening;
  return isSame ? state : { ...state, ending, opening };
}

function opened(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { agent, terminalId, pid } = event.data as {
    agent: string;
    terminalId: string;
    pid: number;
  };
  const opened = { id: terminalId, agent, pid, openedMs: event.atMs };
  const end = state.early.get(terminalId);
  const terminal: TerminalRecord =
    end === undefined
      ? { ...opened, state: 'running' }
      : { ...opened, state: 'exited', exitCode: end.exitCode, signal: end.signal };
  return {
    ...state,
    ...kept({ byId: state.byId.set(terminalId, terminal), settled: state.settled }, terminalId),
    opening: state.opening.delete(agent),
    early: state.early.delete(terminalId),
  };
}

function exited(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { terminalId, exitCode, signal } = event.data as Ended & { terminalId: string };
  const byId = state.byId.update(
    terminalId,
    (terminal): TerminalRecord => ({ ...terminal, state: 'exited', exitCode, signal }),
  );
  if (byId === state.byId) {
    const early = state.early.set(terminalId, { exitCode, signal, atMs: event.atMs });
    const [oldest] = early.size > exitedKept ? early.keys() : [];
    return { ...state, early: oldest === undefined ? early : early.delete(oldest) };
  }
  return { ...state, ...kept({ byId, settled: state.settled }, terminalId) };
}

function kept(state: Pick<TerminalsState, 'byId' | 'settled'>, id: string) {
  return keepNewest(state, id, {
    isSettled: (terminal) => terminal.state === 'exited',
    keep: exitedKept,
  });
}

function purged(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { agent } = event.data as { agent: string };
  const own = state.byId.values().filter((terminal) => terminal.agent === agent);
  const gone = new Set(own.map(({ id }) => id));
  return {
    ...state,
    byId: own.reduce((byId, { id }) => byId.delete(id), state.byId),
    settled: state.settled.filter((id) => !gone.has(id)),
    opening: state.opening.delete(agent),
    ending: state.ending.delete(agent),
  };
}
