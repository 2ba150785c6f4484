/** What the hub remembers of agents, and how others look at it. */
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { HookState } from '../../../preload/contract/agent-hooks.ts';
import type { AgentRecord, AgentStatus, Liveness } from '../../../preload/contract/agents.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { ScreenEvidence } from './evidence/screen-status.ts';
import { screenStatus } from './evidence/screen-status.ts';
import type { Label } from './labels.ts';
import { terminalIdOf } from '../terminals/index.ts';

/** An agent with what pages need not see: the evidence that its status is made of. */
export interface Agent extends Omit<AgentRecord, 'status'> {
  /** Start once the worktree stands. */
  readonly wanted: boolean;
  /** The ref or branch that a new branch starts from, as asked. */
  readonly baseRef: string;
  /** The agent's own word, or what was decided since. */
  readonly reported: AgentStatus;
  /** What it last said of itself in a word of its own, in this session. */
  readonly label?: Label | undefined;
  /** What its CLI's hooks told last, in this session. */
  readonly hook?: HookEvidence | undefined;
  /** A hook was heard in this session: they work, and the conversation is the one that it names. */
  readonly isHooked?: boolean | undefined;
  /** What its screen told last, in this session; counts while no hook is heard. */
  readonly screen?: ScreenEvidence | undefined;
  /** When the newest heartbeat that is worth a place in the log was, Unix ms. */
  readonly beatMs?: number | undefined;
  /** Of the conversation that is named: whether a turn of it was heard, none yet, or nothing at all. */
  readonly use?: 'unheard' | 'unused' | 'used' | undefined;
  /** The operator wants the next start to begin a new conversation. */
  readonly wantsNew?: boolean | undefined;
  /** When its program was started last, Unix ms. */
  readonly launchedMs?: number | undefined;
  /** How long its program was held in this session, without the pause that lasts, milliseconds. */
  readonly heldMs?: number | undefined;
  /** Its first prompt is still to be typed, in the session of this terminal. */
  readonly typesPromptIn?: string | undefined;
  /** Its chore is to end: nothing of it is begun any more. */
  readonly isChoreCut?: boolean | undefined;
  /** Who is having its program ended. */
  readonly endedBy?: 'operator' | 'system' | undefined;
  /** What it waits for, by the item's id. */
  readonly waits: Table<AgentWait>;
}

export interface HookEvidence {
  readonly event: HookState;
  readonly detail?: string | undefined;
  readonly atMs: number;
  /** When the turn began that it is of. */
  readonly turnMs: number;
  /** A tool was used in that turn. */
  readonly hasUsedTool?: boolean | undefined;
}

/** What the operator said of its own work, where programs read it. */
export interface OperatorLabel extends Label {
  readonly atMs: number;
}

export interface AgentWait {
  readonly kind: string;
  readonly sinceMs: number;
}

export interface AgentsState {
  readonly byId: Table<Agent>;
  /** Who waits, by the item's id. */
  readonly waiters: Table<string>;
  readonly operator?: OperatorLabel;
}

export const initialAgents: AgentsState = {
  byId: Table.empty(),
  waiters: Table.empty(),
};

export const selectAgents: (hub: HubState) => AgentsState = selectorOf<AgentsState>(contract);

export function requireAgent(state: AgentsState, id: string): Result<Agent> {
  const found = state.byId.get(id);
  return found === undefined
    ? refuse('AGENT_UNKNOWN', { agent: id, known: listOrNone(state.byId.keys()) })
    : ok(found);
}

/** The agent that acts. Refused for the operator, and for an agent that was destroyed. */
export function requireActingAgent(state: AgentsState, actor: Actor): Result<Agent> {
  const found = requireAgent(state, agentIdOf(actor) ?? actor);
  if (!found.ok || found.value.state !== 'destroyed') return found;
  return refuse('AGENT_NOT_IN_STATE', {
    agent: found.value.id,
    state: 'destroyed',
    command: 'acting',
    expected: 'any other state',
    hint: 'The operator can revive it.',
  });
}

export function isReachable(state: AgentsState, id: string): boolean {
  const agent = state.byId.get(id);
  return agent !== undefined && agent.state !== 'destroyed';
}

/** Agents that can be talked to. */
export function reachableAgents(state: AgentsState): readonly Agent[] {
  return state.byId.values().filter((agent) => agent.state !== 'destroyed');
}

/** Silence this long makes an agent idle, then stale (the boundaries belong to the older side). */
export const idleAfterMs = 5 * 60_000;
export const staleAfterMs = 30 * 60_000;

export function livenessAt(lastSeenMs: number, nowMs: number): Liveness {
  const age = nowMs - lastSeenMs;
  if (age < idleAfterMs) return 'active';
  return age < staleAfterMs ? 'idle' : 'stale';
}

/** Output of one terminal is told again after this long: what streams all day costs the log 15 events an hour, and is never idle. */
const heardAgainMs = 4 * 60_000;

/** Whether output at this time says more of an agent than is known. */
export function isNewlyHeard(agent: Agent, heardMs: number): boolean {
  return isNews(agent, agent.lastSeenMs, heardMs);
}

/** The same of a heartbeat; where its terminal says something all the time, it says nothing new. */
export function isNewBeat(agent: Agent, beatMs: number): boolean {
  return isNews(agent, newestSignMs(agent), beatMs);
}

function isNews({ liveness }: Agent, knownMs: number | undefined, heardMs: number): boolean {
  if (knownMs === undefined) return true;
  return heardMs - knownMs >= (liveness === 'active' ? heardAgainMs : 1);
}

/**
 * Status from the strongest evidence there is: no process, an open question, a pending approval, another wait, a hook of its
 * CLI, the agent's word, its screen. What is at work and silent is unknown.
 */
export function statusOf(agent: Agent): AgentStatus {
  if (agent.state !== 'running')
    return { value: 'unknown', source: 'process', sinceMs: agent.stateSinceMs };
  const waits = agent.waits.values();
  for (const source of ['question', 'approval', 'wait'] as const) {
    const times = waits.filter(({ kind }) => sourceOf(kind) === source).map((one) => one.sinceMs);
    if (times.length > 0) return { value: 'waiting', source, sinceMs: Math.max(...times) };
  }
  return unlessSilent(agent, spokenStatus(agent));
}

function spokenStatus({ hook, isHooked, screen, reported }: Agent): AgentStatus {
  if (hook !== undefined) return hookStatus(hook, reported);
  return isHooked || screen === undefined ? reported : screenStatus(screen, reported);
}

/** Silence speaks against work, and against nothing else; heartbeats alone do not speak for it. */
function unlessSilent(agent: Agent, status: AgentStatus): AgentStatus {
  const { lastSeenMs, beatMs, liveness, launchedMs = agent.stateSinceMs } = agent;
  const heardMs = lastSeenMs ?? launchedMs;
  const isSilent = liveness === 'stale' || (beatMs ?? 0) - heardMs >= staleAfterMs;
  if (status.value !== 'working' || !isSilent) return status;
  return { value: 'unknown', source: 'silence', sinceMs: heardMs + staleAfterMs };
}

/** When anything that the log knows of was last heard of it, heartbeats too; undefined when nothing was. */
export function newestSignMs({ lastSeenMs, beatMs }: Agent): number | undefined {
  return beatMs === undefined ? lastSeenMs : Math.max(beatMs, lastSeenMs ?? 0);
}

const hookValues = { busy: 'working', idle: 'idle', waiting: 'waiting', limit: 'blocked' } as const;

/** What it said in this very turn goes on where the hook does not speak against it: at its prompt it may well be done. */
function hookStatus({ event, detail, atMs, turnMs }: HookEvidence, said: AgentStatus): AgentStatus {
  const isOfTurn = said.source === 'report' && said.sinceMs >= turnMs;
  if (isOfTurn && event === 'idle' && (said.value === 'done' || said.value === 'blocked'))
    return said;
  const value = hookValues[event];
  const note = isOfTurn && said.value === value ? said.note : detail;
  return { value, source: 'hook', ...(note !== undefined && { note }), sinceMs: atMs };
}

function sourceOf(kind: string): AgentStatus['source'] {
  return kind === 'question' || kind === 'approval' ? kind : 'wait';
}

export function toRecord(agent: Agent): AgentRecord {
  const {
    wanted: _w,
    baseRef: _b,
    reported: _r,
    label: _l,
    waits: _s,
    endedBy: _e,
    hook: _h,
    isHooked: _i,
    screen: _c,
    beatMs: _a,
    use: _u,
    wantsNew: _n,
    launchedMs: _m,
    heldMs: _d,
    typesPromptIn: _t,
    isChoreCut: _k,
    ...seen
  } = agent;
  return { ...seen, status: statusOf(agent) };
}

/** Whether the program of this session runs, as far as the log knows. */
export function isAlive(agent: Agent): boolean {
  return agent.terminalId === terminalIdOf(agent.id, agent.session) && agent.exit === undefined;
}
