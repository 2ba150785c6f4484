/** What agents' commands lead to. Pure; the lifecycle is drawn in README.md beside this file. */
import type { SetupWish } from '../../../preload/contract/agent-start.ts';
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { AgentState, Liveness } from '../../../preload/contract/agents.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { Result } from '../../base/result.ts';
import type { DecideContext, Decision, Effect, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { placeOf } from './adopting.ts';
import { requireNew, requireRoom, requireState, requireValidName } from './require.ts';
import { cutChore } from './setup/chores.ts';
import type { Agent, AgentsState } from './slice.ts';
import { isAlive, requireActingAgent, requireAgent } from './slice.ts';
import { isNewlyHeard, livenessAt, newestSignMs } from './view.ts';

type Ctx = DecideContext<AgentsState>;
type Target = { agent: string };
type Begin = CommandData<typeof contract, 'agent.restart'>;
type AgentResult = Result<Decision<{ agent: string }>>;

export interface AddFacts {
  readonly branch: string;
  readonly baseRef: string;
  /** The commit that its branch begins at, where it was said or fetched. */
  readonly startAt?: string;
}

export function decideAdd(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.add'>,
  { startAt, ...facts }: AddFacts,
): AgentResult {
  const name = requireValidName(data.name);
  if (!name.ok) return name;
  const free = requireNew(ctx.state, data.name);
  if (!free.ok) return free;
  const { profile, command, prompt, start, restart } = data;
  const added = newEvent(contract, 'agent.added', {
    agent: data.name,
    profile,
    command,
    prompt,
    start,
    ...(restart !== 'never' && { restart }),
    ...facts,
  });
  return decided(
    { agent: data.name },
    [added],
    [
      work('agent.provision', {
        ...{ agent: data.name, branch: facts.branch, base: facts.baseRef },
        ...(startAt !== undefined && { startAt }),
      }),
    ],
  );
}

export function decideStart(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.start'>,
): AgentResult {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'start',
    states: ['stopped'],
  });
  return found.ok ? leaving(data, begin(found.value, data.skipSetup ? 'skip' : undefined)) : found;
}

export function decideRestart(ctx: Ctx, data: Begin): AgentResult {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'restart',
    states: ['running', 'stopped'],
  });
  if (!found.ok) return found;
  const { value: agent } = found;
  return leaving(data, agent.state === 'stopped' ? begin(agent) : endTerminal(agent, 'restarting'));
}

/** Where a new conversation is wanted, the last one is left first. */
function leaving({ agent, fresh }: Begin, decision: AgentResult): AgentResult {
  if (!fresh || !decision.ok) return decision;
  const { result, events, effects } = decision.value;
  const left = newEvent(contract, 'agent.conversation_left', { agent });
  return decided(result, [left, ...events], effects);
}

export function decideStop(ctx: Ctx, data: Target): AgentResult {
  const { chore, state } = ctx.state.byId.get(data.agent) ?? {};
  // What is stopped then is the teardown; the removal has failed, or goes on where that was forced.
  const isTornDown = state === 'destroying' && chore?.state === 'running';
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'stop',
    states: ['running', 'starting', ...(isTornDown ? (['destroying'] as const) : [])],
  });
  if (!found.ok) return found;
  const cut = cutChore(found.value);
  if (isTornDown) return decided({ agent: data.agent }, cut.events, cut.effects);
  const decision = endTerminal(found.value, 'stopping');
  if (!decision.ok) return decision;
  const { result, events, effects = [] } = decision.value;
  return decided(result, [...cut.events, ...events], [...cut.effects, ...effects]);
}

/** Of one that was started again since, or is held, it is no reason any more. */
export function decideStopFor(
  ctx: Ctx,
  { agent, session, error }: CommandData<typeof contract, 'agent.stop_for'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, agent);
  if (!found.ok) return found;
  const { state, session: now, paused } = found.value;
  if (state !== 'running' || session !== now || paused !== undefined) return decided({}, []);
  return silently(endTerminal(found.value, 'stopping', error));
}

export function decideDestroy(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.destroy'>,
): AgentResult {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'destroy',
    states: ['running', 'stopped'],
  });
  if (!found.ok) return found;
  const { id, worktreePath, adoptedPath, session } = found.value;
  const keepsFolder = adoptedPath !== undefined && !data.removeFolder;
  const retired = { agent: id, worktreePath, terminalId: terminalIdOf(id, session) };
  return decided(
    { agent: id },
    [moved(id, 'destroying')],
    [
      work('agent.retire', {
        ...retired,
        ...(keepsFolder && { keepsFolder }),
        ...(data.force && { force: true }),
      }),
    ],
  );
}

export function decideRevive(ctx: Ctx, data: Target): AgentResult {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'revive',
    states: ['destroyed'],
  });
  if (!found.ok) return found;
  const room = requireRoom(ctx.state, data.agent);
  if (!room.ok) return room;
  const { id, branch, baseRef, snapshotRef } = found.value;
  return decided(
    { agent: id },
    [moved(id, 'creating')],
    [
      work('agent.provision', {
        ...{ agent: id, branch, base: baseRef, snapshotRef },
        ...placeOf(found.value),
      }),
    ],
  );
}

export function decidePurge(ctx: Ctx, data: Target): AgentResult {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'purge',
    states: ['destroyed'],
  });
  if (!found.ok) return found;
  const { agent } = data;
  return decided(
    { agent },
    [newEvent(contract, 'agent.purged', { agent })],
    [work('agent.forget', { agent })],
  );
}

export function decideReport(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.report'>,
): Result<Decision<Nothing>> {
  const found = requireActingAgent(ctx.state, ctx.actor);
  return found.ok
    ? decided({}, [newEvent(contract, 'agent.reported', { agent: found.value.id, ...data })])
    : found;
}

export function decideProvisioned(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.provisioned'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  const provisioned = newEvent(contract, 'agent.provisioned', data);
  // Made again on the way to a start: that goes on by itself.
  if (found.value.state !== 'creating') return decided({}, [provisioned]);
  if (!found.value.wanted) return decided({}, [provisioned, moved(data.agent, 'stopped')]);
  const started = begin(found.value);
  return started.ok
    ? decided({}, [provisioned, ...started.value.events], started.value.effects)
    : started;
}

export function decideLaunched(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.launched'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  return found.ok ? decided({}, [newEvent(contract, 'agent.launched', data)]) : found;
}

export function decideHalted(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.halted'>,
): Result<Decision<Nothing>> {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'halted',
    states: ['stopping', 'restarting'],
  });
  if (!found.ok) return found;
  if (found.value.state === 'restarting') return silently(begin(found.value));
  const { agent, error } = data;
  const reason = { agent, during: 'stopping', to: 'stopped', error } as const;
  const told =
    error === undefined ? [] : [newEvent(contract, 'agent.failed', { ...reason, error })];
  return decided({}, [moved(agent, 'stopped'), ...told]);
}

export function decideRemoved(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.removed'>,
): Result<Decision<Nothing>> {
  const found = requireState(ctx.state, {
    agent: data.agent,
    command: 'removed',
    states: ['destroying'],
  });
  return found.ok ? decided({}, [newEvent(contract, 'agent.destroyed', data)]) : found;
}

/** Where an agent is after the work behind its transient state failed: where its program is, never in between. */
function afterFailure(agent: Agent): AgentState {
  const mayRun = ['stopping', 'restarting', 'destroying'].includes(agent.state);
  return mayRun && isAlive(agent) ? 'running' : 'stopped';
}

export function decideFailed(
  ctx: Ctx,
  data: { agent: string; during: AgentState; error: WireError },
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  // When it is somewhere else by now (a stop came while it was starting), the work of that state ends it.
  const { state } = found.value;
  const to = state === data.during ? afterFailure(found.value) : state;
  return decided({}, [newEvent(contract, 'agent.failed', { ...data, to })]);
}

/** Known later than it happened, and more than once: only what is news is written. */
export function decideHeard(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.heard'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  const isNews = found.value.state === 'running' && isNewlyHeard(found.value, data.heardMs);
  return decided({}, isNews ? [newEvent(contract, 'agent.heard', data)] : []);
}

/** What was due may be past by now: a sign of life can have come since the tick looked. */
export function decideAge(
  ctx: Ctx,
  data: { agent: string; liveness: Liveness },
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  const { liveness } = found.value;
  const seenMs = newestSignMs(found.value);
  const isDue =
    seenMs !== undefined &&
    liveness !== data.liveness &&
    livenessAt(seenMs, ctx.nowMs) === data.liveness;
  return decided({}, isDue ? [newEvent(contract, 'agent.aged', data)] : []);
}

/** Work of one agent runs in one lane, so that start, stop and destroy never overtake each other. */
function work(kind: string, data: { agent: string } & Record<string, unknown>): Effect {
  return { kind, lane: `agent/${data.agent}`, data };
}

function moved(agent: string, to: AgentState, session?: number): NewEvent {
  return newEvent(contract, 'agent.state_changed', { agent, to, session });
}

export function begin(agent: Agent, setup?: SetupWish): AgentResult {
  const session = agent.session + 1;
  return decided(
    { agent: agent.id },
    [moved(agent.id, 'starting', session)],
    [work('agent.launch', { agent: agent.id, session, ...(setup && { setup }) })],
  );
}

function endTerminal(agent: Agent, to: AgentState, error?: WireError): AgentResult {
  return decided(
    { agent: agent.id },
    [moved(agent.id, to)],
    [
      work('agent.halt', {
        agent: agent.id,
        terminalId: terminalIdOf(agent.id, agent.session),
        during: to,
        ...(error && { error }),
      }),
    ],
  );
}

/** The same decision for a command that answers nothing. */
export function silently(decision: AgentResult): Result<Decision<Nothing>> {
  return decision.ok ? decided({}, decision.value.events, decision.value.effects) : decision;
}

/** What a command reports when its work threw. */
export function failureReport(
  agent: string,
  during: AgentState,
  error: WireError = toWireError('INTERNAL', { reference: agent }),
) {
  return { type: 'agent.failed', data: { agent, during, error } };
}
