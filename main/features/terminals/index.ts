/** Terminals: what the log knows of ptys, and the operator's reach into them. The bytes have their own way. */
import type { TerminalRecord } from '../../../preload/contract/terminals.ts';
import { terminals as contract } from '../../../preload/contract/terminals.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Table } from '../../base/records.ts';
import { keepNewest, recordAt, update, without } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type {
  DecideContext,
  Decision,
  Feature,
  HubState,
  Nothing,
  PrepareContext,
} from '../../hub/feature.ts';
import { decided, feature, handler, newEvent } from '../../hub/feature.ts';
import { requireAgent, selectAgents, terminalIdOf } from '../agents/index.ts';
import type { Terminals } from './ports.ts';

export type { Terminals } from './ports.ts';
export { createWaker } from './waker.ts';

export interface TerminalsState {
  readonly byId: Table<TerminalRecord>;
  /** Ends of programs that were quicker than the report of their start. */
  readonly early: Table<{ exitCode: number | null; signal: string | null; atMs: number }>;
}

/** Exited terminals that are remembered; their last screens are bounded by the terminal host. */
const exitedKept = 100;

export function terminalsFeature(ports: {
  readonly terminals: Pick<Terminals, 'text' | 'paste'>;
}): Feature {
  return feature(contract, {
    initial: { byId: {}, early: {} } as TerminalsState,
    version: 2,
    commands: {
      'terminal.exited': { decide: decideExited },
      'terminal.type': handler({
        // Typing is no fact worth a place in the log; the refusals are checked like any command's.
        prepare: async (data, ctx: PrepareContext) => typeInto(ports.terminals, data, ctx),
        decide: () => decided({}, []),
      }),
    },
    queries: {
      'terminal.text': async (data, ctx) => {
        const id = lastTerminal(ctx.hub, data.agent);
        return id.ok ? ok(await ports.terminals.text(id.value)) : id;
      },
    },
    reduce: { 'agent.launched': opened, 'terminal.exited': exited, 'agent.purged': purged },
    views: { terminal: { items: (state: TerminalsState) => state.byId } },
    topics: (event) => [`terminal/${(event.data as { terminalId: string }).terminalId}`],
    describe: {
      'terminal.exited': ({ data }) => {
        const { agent, exitCode, signal } = data as {
          agent: string;
          exitCode: number | null;
          signal: string | null;
        };
        return `The program of ${agent} ended (${signal ?? `exit code ${exitCode ?? 'unknown'}`}).`;
      },
    },
  });
}

function decideExited(
  ctx: DecideContext<TerminalsState>,
  data: { terminalId: string; exitCode: number | null; signal: string | null },
): Result<Decision<Nothing>> {
  const { terminalId } = data;
  const known = recordAt(ctx.state.byId, terminalId);
  const agent = known?.agent ?? startingIn(ctx.hub, terminalId);
  const isTold = known?.state === 'exited' || recordAt(ctx.state.early, terminalId) !== undefined;
  if (agent === undefined || isTold) return decided({}, []);
  return decided({}, [newEvent(contract, 'terminal.exited', { ...data, agent })]);
}

/** The agent whose start in this terminal is not reported yet. */
function startingIn(hub: HubState, terminalId: string): string | undefined {
  const agents = Object.values(selectAgents(hub).byId);
  return agents.find(
    ({ id, session, state }) =>
      terminalIdOf(id, session) === terminalId && ['starting', 'stopping'].includes(state),
  )?.id;
}

async function typeInto(
  terminals: Pick<Terminals, 'paste'>,
  data: { agent: string; text: string; enter: boolean },
  ctx: PrepareContext,
): Promise<Result<undefined>> {
  const id = runningTerminal(ctx.hub, data.agent);
  if (!id.ok) return id;
  await terminals.paste(id.value, data.text, data.enter);
  return ok(undefined);
}

/** Also one whose program ended: its last screen often says why. */
function lastTerminal(hub: HubState, agentId: string): Result<string> {
  const agent = requireAgent(selectAgents(hub), agentId);
  if (!agent.ok) return agent;
  const { terminalId } = agent.value;
  return terminalId === undefined ? refuse('TERMINAL_GONE', { agent: agentId }) : ok(terminalId);
}

function runningTerminal(hub: HubState, agentId: string): Result<string> {
  const agent = requireAgent(selectAgents(hub), agentId);
  if (!agent.ok) return agent;
  const { terminalId, state } = agent.value;
  return terminalId === undefined || state !== 'running'
    ? refuse('TERMINAL_GONE', { agent: agentId })
    : ok(terminalId);
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
    early: without(state.early, terminalId),
  };
}

function exited(state: TerminalsState, event: EventEnvelope): TerminalsState {
  const { terminalId, exitCode, signal } = event.data as {
    terminalId: string;
    exitCode: number | null;
    signal: string | null;
  };
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
  return { ...state, byId: Object.fromEntries(kept) };
}
