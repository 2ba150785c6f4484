/** How events change agents. Pure and total. */
import type { AgentState, AgentStatus } from '../../../preload/contract/agents.ts';
import type { agents as contract } from '../../../preload/contract/agents.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';
import { terminalIdOf } from '../terminals/index.ts';
import type { Agent, AgentsState } from './slice.ts';

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
    return byId === state.byId ? state : { byId };
  };
}

function enter(agent: Agent, state: AgentState, atMs: number): Agent {
  return agent.state === state ? agent : { ...agent, state, stateSinceMs: atMs };
}

function added(state: AgentsState, event: EventEnvelope): AgentsState {
  const { agent: id, start, ...data } = event.data as Data<'agent.added'>;
  const agent: Agent = {
    ...data,
    id,
    wanted: start,
    state: 'creating',
    stateSinceMs: event.atMs,
    session: 0,
    reported: unknownStatus(event.atMs),
    liveness: 'unknown',
    createdMs: event.atMs,
    openQuestions: Table.empty(),
    pendingApprovals: Table.empty(),
  };
  return { byId: state.byId.set(id, agent) };
}

/** A program can end before the report of its start is written: then its exit is known already. */
function launched(agent: Agent, data: Data<'agent.launched'>, event: EventEnvelope): Agent {
  const next = agent.exit === undefined ? 'running' : 'stopped';
  return {
    ...(agent.state === 'starting' ? enter(agent, next, event.atMs) : agent),
    terminalId: data.terminalId,
    failure: undefined,
    reported: unknownStatus(event.atMs),
    wanted: true,
  };
}

function stateChanged(
  agent: Agent,
  data: Data<'agent.state_changed'>,
  event: EventEnvelope,
): Agent {
  const next = enter(agent, data.to, event.atMs);
  return data.session === undefined ? next : { ...next, session: data.session, exit: undefined };
}

/** The end of a program that nobody asked to end stops its agent; otherwise the transient state goes on. */
function exited(
  agent: Agent,
  data: { terminalId: string; exitCode: number | null; signal: string | null },
  event: EventEnvelope,
): Agent {
  if (data.terminalId !== terminalIdOf(agent.id, agent.session)) return agent;
  const expected = agent.state !== 'running' && agent.state !== 'starting';
  const exit = { code: data.exitCode, signal: data.signal, atMs: event.atMs, expected };
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
    terminalId: undefined,
    failure:
      data.missingPath === undefined
        ? undefined
        : toWireError('WORKTREE_GONE', { agent: agent.id, path: data.missingPath }),
    openQuestions: Table.empty(),
    pendingApprovals: Table.empty(),
  };
}

function waitsFor(
  field: 'openQuestions' | 'pendingApprovals',
  change: (waits: Table<number>, id: string, atMs: number) => Table<number>,
): Reduce {
  return (state, event) => {
    const data = event.data as {
      question?: string;
      approval?: string;
      asker?: string;
      agent?: string;
    };
    const byId = state.byId.update(data.asker ?? data.agent ?? '', (agent) => {
      const waits = change(agent[field], data.question ?? data.approval ?? '', event.atMs);
      return waits === agent[field] ? agent : { ...agent, [field]: waits };
    });
    return byId === state.byId ? state : { byId };
  };
}

const opens = (waits: Table<number>, id: string, atMs: number) => waits.set(id, atMs);
const settles = (waits: Table<number>, id: string) => waits.delete(id);

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
  return byId === state.byId ? state : { byId };
}

export const reduceAgents: Readonly<Record<string, Reduce>> = {
  'agent.added': added,
  'agent.state_changed': onAgent(stateChanged),
  'agent.provisioned': onAgent((agent, data: Data<'agent.provisioned'>) => ({
    ...agent,
    worktreePath: data.worktreePath,
    base: data.base,
    snapshotRef: undefined,
    failure: undefined,
  })),
  'agent.launched': onAgent(launched),
  'agent.reported': onAgent((agent, data: Data<'agent.reported'>, event) => ({
    ...agent,
    reported: { value: data.status, source: 'report', note: data.note, sinceMs: event.atMs },
  })),
  'agent.failed': onAgent(failed),
  'agent.destroyed': onAgent(destroyed),
  'agent.purged': (state, event) => ({
    byId: state.byId.delete((event.data as Data<'agent.purged'>).agent),
  }),
  'agent.aged': onAgent((agent, data: Data<'agent.aged'>) => ({
    ...agent,
    liveness: data.liveness,
  })),
  'terminal.exited': onAgent(exited),
  'question.asked': waitsFor('openQuestions', opens),
  'question.answered': waitsFor('openQuestions', settles),
  'question.cancelled': waitsFor('openQuestions', settles),
  'question.expired': waitsFor('openQuestions', settles),
  'approval.requested': waitsFor('pendingApprovals', opens),
  'approval.superseded': waitsFor('pendingApprovals', settles),
  'approval.merged': waitsFor('pendingApprovals', settles),
  'approval.failed': waitsFor('pendingApprovals', settles),
  'approval.denied': waitsFor('pendingApprovals', settles),
  'approval.withdrawn': waitsFor('pendingApprovals', settles),
  '*': seen,
};
