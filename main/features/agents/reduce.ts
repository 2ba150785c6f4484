/** How events change agents. Pure and total. */
import type { AgentState, AgentStatus } from '../../../preload/contract/agents.ts';
import type { agents as contract } from '../../../preload/contract/agents.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { WaitChange } from '../../hub/feature.ts';
import type { WaitReader } from '../../hub/waits.ts';
import type { messages } from '../../../preload/contract/messages.ts';
import {
  conversationLeft,
  conversationNamed,
  hooked,
  noHooks,
  usedTool,
  withConversation,
} from './conversations.ts';
import { heartbeatHeard, screenTold } from './evidence/fold.ts';
import { labelled } from './labels.ts';
import { restartOf } from './restarts.ts';
import {
  restartAfterMove,
  restartCancelled,
  restartGivenUp,
  restartScheduled,
  restartSet,
} from './restart-state.ts';
import { limitSet, noNudge, nudged, nudgeTold } from './nudges/nudges.ts';
import { afterPause, afterResume, pauseOver } from './pausing.ts';
import { rebased } from './rebasing.ts';
import { choreBegun, choreCut, choreEnded, choreStepped } from './setup/chores.ts';
import { terminalIdOf } from '../terminals/index.ts';
import type { Agent, AgentsState } from './slice.ts';
import { livenessAt } from './view.ts';

type Reduce = (state: AgentsState, event: EventEnvelope) => AgentsState;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** Signs of life closer together than this do not change the record, so that a chatty agent costs pages nothing. */
const lastSeenStepMs = 1_000;

const unknownStatus = (sinceMs: number): AgentStatus => ({
  value: 'unknown',
  source: 'none',
  sinceMs,
});

type Change<D> = (agent: Agent, data: D, event: EventEnvelope) => Agent;

function onAgent<D>(change: Change<D>): Reduce {
  return (state, event) => {
    const { agent: id } = event.data as { agent: string };
    const byId = state.byId.update(id, (agent) => change(agent, event.data as D, event));
    return byId === state.byId ? state : { ...state, byId };
  };
}

const isEnding = (state: AgentState): boolean =>
  state === 'stopping' || state === 'restarting' || state === 'destroying';

function enter(agent: Agent, state: AgentState, atMs: number): Agent {
  if (agent.state === state) return agent;
  return { ...pauseOver(agent, atMs), state, stateSinceMs: atMs };
}

function added(state: AgentsState, event: EventEnvelope): AgentsState {
  const { agent: id, start, restart, ...data } = event.data as Data<'agent.added'>;
  const agent: Agent = {
    ...data,
    id,
    wanted: start,
    restart: restart && restartOf(restart, event.atMs),
    state: 'creating',
    stateSinceMs: event.atMs,
    session: 0,
    reported: unknownStatus(event.atMs),
    liveness: 'unknown',
    createdMs: event.atMs,
    waits: Table.empty(),
  };
  return { ...state, byId: state.byId.set(id, agent) };
}

/** A program can end before the report of its start is written: then its exit is known already. */
function launched(agent: Agent, data: Data<'agent.launched'>, event: EventEnvelope): Agent {
  const next = agent.exit === undefined ? 'running' : 'stopped';
  return {
    ...(agent.state === 'starting' ? enter(agent, next, event.atMs) : agent),
    ...withConversation(agent, data, event),
    terminalId: data.terminalId,
    // Its hook can be quicker than the report of its start.
    failure: agent.isHooked ? agent.failure : undefined,
    reported: unknownStatus(event.atMs),
    label: undefined,
    wanted: true,
  };
}

function stateChanged(
  agent: Agent,
  data: Data<'agent.state_changed'>,
  event: EventEnvelope,
): Agent {
  const next = {
    ...enter(agent, data.to, event.atMs),
    endedBy: enderOf(data.to, event),
    // Another worktree: what was done in the last one says nothing of it.
    ...(data.to === 'creating' && agent.chore && { chore: undefined }),
    restart: restartAfterMove(agent, data, event),
  };
  return data.session === undefined
    ? next
    : {
        ...next,
        ...noHooks,
        ...noNudge,
        session: data.session,
        exit: undefined,
        heldMs: undefined,
      };
}

function enderOf(to: AgentState, { actor, via }: EventEnvelope): Agent['endedBy'] {
  if (!isEnding(to)) return undefined;
  return actor === 'operator' && via === undefined ? 'operator' : 'system';
}

function reported(agent: Agent, data: Data<'agent.reported'>, event: EventEnvelope): Agent {
  const { status: value, note, label, phase } = data;
  return {
    ...agent,
    reported: { value, source: 'report', note: cut(note), sinceMs: event.atMs },
    // Musher's own words are plainly the newest: only those of others are kept by the rules of the roster.
    label:
      label === undefined ? undefined : labelled(agent.label, { word: label, phase }, event.atMs),
  };
}

const noteChars = 500;

function cut(note: string | undefined): string | undefined {
  return note !== undefined && note.length > noteChars ? `${note.slice(0, noteChars - 1)}…` : note;
}

/** What an agent, or the operator, tells programs of its work. */
function announced(state: AgentsState, event: EventEnvelope): AgentsState {
  const { kind, payload = {}, body } = event.data as EventData<typeof messages, 'message.sent'>;
  if (kind === undefined) return state;
  const { atMs } = event;
  const word = kind === 'blocked' ? kind : String(payload.status);
  if (kind === 'status' && event.actor === 'operator') {
    const phase = typeof payload.phase === 'string' ? payload.phase : undefined;
    return { ...state, operator: { ...labelled(state.operator, { word, phase }, atMs), atMs } };
  }
  const id = agentIdOf(event.actor);
  if (id === undefined || (kind !== 'artifact' && kind !== 'blocked')) return state;
  const said = { word, isCommit: word === 'committed' };
  const value = word === 'done' || word === 'blocked' ? word : undefined;
  const byId = state.byId.update(id, (agent): Agent => {
    const next = { ...agent, label: labelled(agent.label, said, atMs) };
    if (value === undefined) return next;
    return { ...next, reported: { value, source: 'report', note: cut(body), sinceMs: atMs } };
  });
  return { ...state, byId };
}

function intended(state: AgentsState, event: EventEnvelope): AgentsState {
  const { agent: id } = event.data as { agent: string };
  const change = (agent: Agent) => ({
    ...agent,
    label: labelled(agent.label, { word: 'intent' }, event.atMs),
  });
  return { ...state, byId: state.byId.update(id, change) };
}

/** The end of a program that nobody asked to end stops its agent; otherwise the transient state goes on. */
function exited(
  agent: Agent,
  data: { terminalId: string; exitCode: number | null; signal: string | null },
  event: EventEnvelope,
): Agent {
  if (data.terminalId !== terminalIdOf(agent.id, agent.session)) return agent;
  const expected = agent.state !== 'running' && agent.state !== 'starting';
  const by = agent.endedBy === undefined ? {} : { by: agent.endedBy };
  const exit = { code: data.exitCode, signal: data.signal, atMs: event.atMs, expected, ...by };
  return { ...(agent.state === 'running' ? enter(agent, 'stopped', event.atMs) : agent), exit };
}

function failed(agent: Agent, data: Data<'agent.failed'>, event: EventEnvelope): Agent {
  return { ...enter(agent, data.to, event.atMs), failure: data.error };
}

function destroyed(agent: Agent, data: Data<'agent.destroyed'>, event: EventEnvelope): Agent {
  const gone = enter(agent, 'destroyed', event.atMs);
  return {
    ...gone,
    snapshotRef: data.snapshotRef,
    worktreePath: undefined,
    adoptedPath: data.keptPath,
    ports: undefined,
    rebase: undefined,
    terminalId: undefined,
    endedBy: undefined,
    failure:
      data.missingPath === undefined
        ? undefined
        : toWireError('WORKTREE_GONE', { agent: agent.id, path: data.missingPath }),
    waits: Table.empty(),
  };
}

/** What agents wait for, from what each feature says of its own items: whatever settles one ends the wait. */
function waited(state: AgentsState, change: WaitChange, event: EventEnvelope): AgentsState {
  if ('opens' in change) {
    const { kind, subject, agent, isBlocking } = change.opens;
    if (!isBlocking || !state.byId.has(agent)) return state;
    const id = `${kind}/${subject}`;
    const wait = { kind, sinceMs: event.atMs };
    const byId = state.byId.update(agent, (one) => ({ ...one, waits: one.waits.set(id, wait) }));
    return { byId, waiters: state.waiters.set(id, agent) };
  }
  if ('settles' in change) return waitOver(state, change.settles, event);
  if ('resumes' in change)
    return change.resumes.isBlocking ? state : waitOver(state, change.resumes.id, event);
  if ('parks' in change) return state;
  const { kind, agent, isBlocking } = change.settlesAll;
  if (isBlocking === false || agent === undefined) return state;
  const waits = state.byId.get(agent)?.waits.entries() ?? [];
  return waits
    .filter(([, wait]) => wait.kind === kind)
    .reduce((left, [id]) => waitOver(left, id, event), state);
}

function waitOver(state: AgentsState, id: string, event: EventEnvelope): AgentsState {
  const agent = state.waiters.get(id);
  if (agent === undefined) return state;
  const byId = state.byId.update(agent, (one) => {
    const kind = one.waits.get(id)?.kind;
    return { ...one, waits: one.waits.delete(id), reported: afterWait(one, kind, event) };
  });
  return { byId, waiters: state.waiters.delete(id) };
}

/**
 * A decision ends the wait, also one that the agent had reported itself: what it said before is not true any more. What
 * it takes back by itself it can tell itself.
 */
function afterWait(agent: Agent, kind: string | undefined, event: EventEnvelope): AgentStatus {
  const { reported } = agent;
  const isOver = reported.value === 'waiting' || reported.value === 'unknown';
  if (!isOver || agentIdOf(event.actor) === agent.id) return reported;
  // A question that ran out of time was answered by nobody.
  const isAnswered = kind === 'question' && event.actor !== 'system';
  const source = kind === 'approval' ? 'review' : isAnswered ? 'answer' : 'none';
  return { value: 'unknown', source, sinceMs: event.atMs };
}

/** Whatever an agent does is a sign of life. */
function seen(state: AgentsState, event: EventEnvelope): AgentsState {
  const id = event.via === undefined ? agentIdOf(event.actor) : undefined;
  if (id === undefined) return state;
  const byId = state.byId.update(id, (agent): Agent => {
    const recent = agent.lastSeenMs !== undefined && event.atMs - agent.lastSeenMs < lastSeenStepMs;
    return recent && agent.liveness === 'active'
      ? agent
      : { ...agent, lastSeenMs: event.atMs, liveness: 'active' };
  });
  return byId === state.byId ? state : { ...state, byId };
}

const ownReducers: Readonly<Record<string, Reduce>> = {
  'agent.added': added,
  'agent.state_changed': onAgent(stateChanged),
  'agent.provisioned': onAgent((agent, data: Data<'agent.provisioned'>) => ({
    ...agent,
    worktreePath: data.worktreePath,
    ...(agent.adoptedPath !== undefined && { adoptedPath: data.worktreePath }),
    base: data.base,
    emptySubmodules: data.emptySubmodules,
    snapshotRef: undefined,
    failure: undefined,
  })),
  'agent.ports_given': onAgent((agent, { from, count }: Data<'agent.ports_given'>) => ({
    ...agent,
    ports: { from, count },
  })),
  'agent.rebased': onAgent(rebased),
  'agent.chore_begun': onAgent(choreBegun),
  'agent.chore_stepped': onAgent(choreStepped),
  'agent.chore_cut': onAgent(choreCut),
  'agent.chore_ended': onAgent(choreEnded),
  'agent.launched': onAgent(launched),
  'agent.reported': onAgent(reported),
  'agent.failed': onAgent(failed),
  'agent.paused': onAgent((agent, _data, event) => afterPause(agent, event)),
  'agent.resumed': onAgent((agent, _data, event) => afterResume(agent, event)),
  'agent.nudged': onAgent(nudged),
  'agent.nudge_told': onAgent(nudgeTold),
  'agent.limited': onAgent(limitSet),
  'agent.restart_set': onAgent(restartSet),
  'agent.restart_scheduled': onAgent(restartScheduled),
  'agent.restart_cancelled': onAgent(restartCancelled),
  'agent.restart_given_up': onAgent(restartGivenUp),
  'agent.hooked': onAgent(hooked),
  'agent.tool_used': onAgent(usedTool),
  'agent.screen_told': onAgent(screenTold),
  'agent.heartbeat_heard': onAgent(heartbeatHeard),
  'agent.conversation_named': onAgent(conversationNamed),
  'agent.conversation_left': onAgent(conversationLeft),
  'agent.destroyed': onAgent(destroyed),
  'agent.purged': (state, event) => ({
    ...state,
    byId: state.byId.delete((event.data as Data<'agent.purged'>).agent),
  }),
  'agent.aged': onAgent((agent, data: Data<'agent.aged'>) => ({
    ...agent,
    liveness: data.liveness,
  })),
  'agent.heard': onAgent((agent, { heardMs }: Data<'agent.heard'>, event) => ({
    ...agent,
    lastSeenMs: Math.max(agent.lastSeenMs ?? 0, heardMs),
    liveness: livenessAt(heardMs, event.atMs),
  })),
  'terminal.exited': onAgent(exited),
  'message.sent': announced,
  'intent.declared': intended,
  '*': seen,
};

/** `waits`: what others say of their items, for what agents wait for. */
export function reduceAgents(waits: WaitReader): Readonly<Record<string, Reduce>> {
  const reducers: Record<string, Reduce> = { ...ownReducers };
  for (const type of waits.types) {
    const own = ownReducers[type];
    reducers[type] = (state, event) =>
      waits
        .changes(event)
        .reduce((left, change) => waited(left, change, event), own?.(state, event) ?? state);
  }
  return reducers;
}
