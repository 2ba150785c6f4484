/** The rules of agents, each a small function: it returns what was asked for, or the refusal that says what to do. */
import { agentIdPattern, reservedAgentIds, toAgentId } from '../../../preload/contract/agent-id.ts';
import type { AgentState } from '../../../preload/contract/agents.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Agent, AgentsState } from './slice.ts';
import { requireAgent } from './slice.ts';

/** That are there; what is remembered of destroyed ones takes no place. */
export const agentLimit = 200;

export function isFull({ byId }: AgentsState, adding = 0): boolean {
  // Nearly always told without counting.
  if (byId.size + adding < agentLimit) return false;
  let there = adding;
  byId.forEach(({ state }) => {
    if (state !== 'destroyed') there += 1;
  });
  return there >= agentLimit;
}

export function requireValidName(name: string): Result<string> {
  const suggestion = toAgentId(name);
  if (reservedAgentIds.has(name))
    return refuse('AGENT_NAME_INVALID', { name, reason: 'the word is reserved', suggestion });
  if (agentIdPattern.test(name)) return ok(name);
  return refuse('AGENT_NAME_INVALID', { name, reason: faultOf(name), suggestion });
}

const faults: ReadonlyArray<readonly [RegExp, string]> = [
  [/^-/, 'it begins with "-"'],
  [/\.\./, 'it has ".." in it'],
  [/\//, 'it has a slash'],
  [/\s/, 'it has a space'],
  [/[A-Z]/, 'it has capital letters'],
  [/[^\x20-\x7e]/, 'it has letters outside a-z'],
  [/--|-$/, 'a hyphen must stand between letters'],
  [/^.{41}/, 'it is longer than 40 characters'],
];

function faultOf(name: string): string {
  return faults.find(([pattern]) => pattern.test(name))?.[1] ?? 'only a-z, 0-9 and "-" can be used';
}

export function requireNew(state: AgentsState, id: string): Result<string> {
  const existing = state.byId.get(id);
  if (existing !== undefined) {
    const word =
      existing.state === 'destroyed' ? 'destroyed, can be revived or purged' : existing.state;
    return refuse('AGENT_EXISTS', { agent: id, state: word, suggestion: freeName(state, id) });
  }
  return requireRoom(state, id);
}

export function requireRoom(state: AgentsState, id: string): Result<string> {
  return isFull(state) ? refuse('AGENT_LIMIT', { limit: agentLimit }) : ok(id);
}

function freeName(state: AgentsState, id: string): string {
  let n = 2;
  while (state.byId.has(`${id}-${n}`)) n += 1;
  return `${id}-${n}`;
}

const hints: Partial<Record<AgentState, string>> = {
  running: 'Stop it first, or use restart.',
  stopped: 'Start it first.',
  destroyed: 'Revive it first, or purge it.',
};

/** The agent, when it is in one of the states that the command is for. */
export function requireState(
  state: AgentsState,
  ask: { agent: string; command: string; states: readonly AgentState[] },
): Result<Agent> {
  const found = requireAgent(state, ask.agent);
  if (!found.ok || ask.states.includes(found.value.state)) return found;
  const now = found.value.state;
  return refuse('AGENT_NOT_IN_STATE', {
    agent: ask.agent,
    state: now,
    command: ask.command,
    expected: ask.states.join(' or '),
    hint: hints[now] ?? `Wait until it is no longer ${now}; that ends by itself.`,
  });
}
