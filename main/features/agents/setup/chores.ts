/** How a chore begins, goes on and ends: one event each, so that any hub that comes later knows where it is. Pure. */
import { agents as contract } from '../../../../preload/contract/agents.ts';
import type { Chore, ChoreKind } from '../../../../preload/contract/agent-chores.ts';
import type { CommandData, EventData } from '../../../../preload/contract/define.ts';
import { toWireError } from '../../../../preload/contract/errors.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import { type Result, refuse } from '../../../base/result.ts';
import type { DecideContext, Decision, Effect, NewEvent, Nothing } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import type { Agent, AgentsState } from '../slice.ts';
import { requireAgent } from '../slice.ts';

type Ctx = DecideContext<AgentsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Told<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Outcome = Result<Decision<Nothing>>;

/** Commands of one chore, at most; the config has no more. */
const mostCommands = 32;

/** Each command of each chore has a terminal of its own, whose id was never another's: `run` is a place in the log. */
export function choreTerminalId(
  { agent, kind, run }: { agent: string; kind: ChoreKind; run: number },
  index: number,
): string {
  return `${agent}~${kind}.${run * mostCommands + index}`;
}

export function isRunning(chore: Chore | undefined): chore is Chore {
  return chore?.state === 'running';
}

/** Of an agent that was stopped meanwhile, nothing is wished any more. */
export function decideBeginChore(ctx: Ctx, data: Data<'agent.begin_chore'>): Outcome {
  const { agent, kind, commands, timeoutMs } = data;
  const found = requireAgent(ctx.state, agent);
  if (!found.ok) return found;
  if (found.value.state !== stateFor(kind)) return decided({}, []);
  const run = ctx.nextSeq;
  return decided(
    {},
    [newEvent(contract, 'agent.chore_begun', { agent, kind, run, commands, timeoutMs })],
    [inLane(agent, { kind: 'agent.run_chore', data: { ...data, run } })],
  );
}

function stateFor(kind: ChoreKind): Agent['state'] {
  return kind === 'setup' ? 'starting' : 'destroying';
}

export function decideStep(
  { state }: Ctx,
  { agent, run, index }: Data<'agent.chore_step'>,
): Outcome {
  const chore = state.byId.get(agent)?.chore;
  const isOver = chore?.run !== run || chore.state !== 'running';
  if (isOver || isWithdrawn(state.byId.get(agent), chore)) return refuse('CHORE_OVER', { agent });
  // It comes again where the hub went while it ran.
  if (chore.index === index) return decided({}, []);
  const terminalId = choreTerminalId({ agent, kind: chore.kind, run }, index);
  const stepped = { agent, run, index, terminalId };
  return decided({}, [newEvent(contract, 'agent.chore_stepped', stepped)]);
}

export function isWithdrawn(agent: Agent | undefined, { kind }: Chore): boolean {
  return agent?.isChoreCut === true || agent?.state !== stateFor(kind);
}

/** What ends a chore that runs, beside whatever else its agent is told; nothing where none does. */
export function cutChore({ id, chore }: Agent): { events: NewEvent[]; effects: Effect[] } {
  if (!isRunning(chore)) return { events: [], effects: [] };
  const { run, terminalId } = chore;
  return {
    events: [newEvent(contract, 'agent.chore_cut', { agent: id, run })],
    // Not in the agent's lane: there the chore itself is waited for.
    effects:
      terminalId === undefined
        ? []
        : [{ kind: 'agent.cut_chore', lane: `cut/${id}`, data: { terminalId } }],
  };
}

/** Then the start, or the removal, goes on; or it has failed. */
export function decideEndChore({ state }: Ctx, data: Data<'agent.end_chore'>): Outcome {
  const { agent: id, run, isForced, next, error } = data;
  const agent = state.byId.get(id);
  const chore = agent?.chore;
  if (agent === undefined || !isRunning(chore) || chore.run !== run) return decided({}, []);
  const how = data.how !== 'done' && isWithdrawn(agent, chore) ? 'cut' : data.how;
  const ended = newEvent(contract, 'agent.chore_ended', {
    ...{ agent: id, run, how },
    ...(how === 'failed' && error && { error }),
  });
  if (agent.state !== stateFor(chore.kind)) return decided({}, [ended]);
  if (how === 'done' || isForced)
    return next === undefined
      ? decided({}, [ended, stopped(id)])
      : decided({}, [ended], [inLane(id, next)]);
  const command = sayCommand(chore.commands[chore.index ?? 0] ?? []);
  const code = chore.kind === 'setup' ? 'SETUP_FAILED' : 'TEARDOWN_FAILED';
  const failed = {
    ...{ agent: id, during: agent.state, to: 'stopped' as const },
    error: error ?? toWireError(code, { agent: id, command, reason: 'was cancelled' }),
  };
  return decided({}, [ended, newEvent(contract, 'agent.failed', failed)]);
}

/** Asked for by hand, and by now it has run. */
export function decideSetUp({ state }: Ctx, { agent }: Data<'agent.set_up'>): Outcome {
  const isStarting = state.byId.get(agent)?.state === 'starting';
  return decided({}, isStarting ? [stopped(agent)] : []);
}

function stopped(agent: string): NewEvent {
  return newEvent(contract, 'agent.state_changed', { agent, to: 'stopped' });
}

function inLane(agent: string, { kind, data }: { kind: string; data: object }): Effect {
  return { kind, lane: `agent/${agent}`, data };
}

export function choreBegun(
  agent: Agent,
  { agent: _, ...begun }: Told<'agent.chore_begun'>,
  { atMs }: EventEnvelope,
): Agent {
  const chore: Chore = { ...begun, state: 'running', startedMs: atMs, sinceMs: atMs };
  return { ...agent, chore, isChoreCut: undefined };
}

export function choreStepped(
  agent: Agent,
  { index, terminalId, run }: Told<'agent.chore_stepped'>,
  { atMs }: EventEnvelope,
): Agent {
  if (agent.chore?.run !== run) return agent;
  return { ...agent, chore: { ...agent.chore, index, terminalId, sinceMs: atMs } };
}

export function choreCut(agent: Agent, { run }: Told<'agent.chore_cut'>): Agent {
  return agent.chore?.run === run ? { ...agent, isChoreCut: true } : agent;
}

export function choreEnded(
  agent: Agent,
  { run, how, error }: Told<'agent.chore_ended'>,
  { atMs }: EventEnvelope,
): Agent {
  if (agent.chore?.run !== run) return agent;
  const chore = { ...agent.chore, state: how, endedMs: atMs, ...(error && { error }) };
  return { ...agent, chore, isChoreCut: undefined };
}

export const describeChores: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'agent.chore_ended': ({ data }) => {
    const { agent, how, error } = data as Told<'agent.chore_ended'>;
    const words = { done: 'have run', failed: 'failed', cut: 'were cancelled' };
    return `The commands in the worktree of ${agent} ${words[how]}${error ? `: ${error.message}` : '.'}`;
  },
};
