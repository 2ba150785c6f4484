/** What the hub remembers of agents, and how others look at it. */
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { HookState } from '../../../preload/contract/agent-hooks.ts';
import type { AgentRecord, AgentStatus } from '../../../preload/contract/agents.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { ScreenEvidence } from './evidence/screen-status.ts';
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
  /** Its turn was refused, and it waits for somebody to mend that. */
  readonly hasFailed?: boolean | undefined;
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

/** Whether the program of this session runs, as far as the log knows. */
export function isAlive(agent: Agent): boolean {
  return agent.terminalId === terminalIdOf(agent.id, agent.session) && agent.exit === undefined;
}
