/** What the log knows of terminals: whose they are, whether they run, how they ended. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { TerminalRecord } from '../../../preload/contract/terminals.ts';
import type { Table } from '../../base/records.ts';
import { keepNewest, recordAt, update, without } from '../../base/records.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly atMs: number;
}

export interface TerminalsState {
  readonly byId: Table<TerminalRecord>;
  /** By owner: the terminal that its newest start opens. Programs can end before that start is reported. */
  readonly opening: Table<string>;
  /** Ends of programs that were quicker than the report of their start. */
  readonly early: Table<Ended>;
}

export const initialTerminals: TerminalsState = { byId: {}, opening: {}, early: {} };

/** Exited terminals that are remembered; their last screens are bounded by the terminal host. */
const exitedKept = 100;

/** Each start of an owner has a terminal of its own. */
export function terminalIdOf(owner: string, session: number): string {
  return `${owner}.${session}`;
}

/** Whose terminal it is, running or just being opened; undefined for one that nobody asked for. */
export function ownerOf(state: TerminalsState, terminalId: string): string | undefined {
  const known = recordAt(state.byId, terminalId)?.agent;
  if (known !== undefined) return known;
  return Object.entries(state.opening).find(([, opening]) => opening === terminalId)?.[0];
}

type Reduce = (state: TerminalsState, event: EventEnvelope) => TerminalsState;

export const reduceTerminals: Readonly<Record<string, Reduce>> = {
  'agent.state_changed': starting,
  'agent.launched': opened,
  'terminal.exited': exited,
  'agent.purged': purged,
};

function starting(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { agent, session } = event.data as { agent: string; session?: number };
  if (session === undefined) return state;
  const opening = { ...state.opening, [agent]: terminalIdOf(agent, session) };
  return { ...state, opening };
}

function opened(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { agent, terminalId, pid } = event.data as {
    agent: string;
    terminalId: string;
    pid: number;
  };
  const opened = { id: terminalId, agent, pid, openedMs: event.atMs };
  const end = recordAt(state.early, terminalId);
  const terminal: TerminalRecord =
    end === undefined
      ? { ...opened, state: 'running' }
      : { ...opened, state: 'exited', exitCode: end.exitCode, signal: end.signal };
  return {
    byId: { ...state.byId, [terminalId]: terminal },
    opening: without(state.opening, agent),
    early: without(state.early, terminalId),
  };
}

function exited(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { terminalId, exitCode, signal } = event.data as Ended & { terminalId: string };
  const byId = update(
    state.byId,
    terminalId,
    (terminal): TerminalRecord => ({ ...terminal, state: 'exited', exitCode, signal }),
  );
  if (byId === state.byId) {
    const early = { ...state.early, [terminalId]: { exitCode, signal, atMs: event.atMs } };
    return { ...state, early: keepNewest(early, (end) => end.atMs, exitedKept) };
  }
  return {
    ...state,
    byId: keepNewest(
      byId,
      (terminal) => (terminal.state === 'exited' ? terminal.openedMs : undefined),
      exitedKept,
    ),
  };
}

function purged(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { agent } = event.data as { agent: string };
  const kept = Object.entries(state.byId).filter(([, terminal]) => terminal.agent !== agent);
  return {
    ...state,
    byId: Object.fromEntries(kept),
    opening: without(state.opening, agent),
  };
}
