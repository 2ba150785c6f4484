/** What an agent's record holds of its restarts, event by event. Pure. */
import type { Restart } from '../../../preload/contract/agent-restarts.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Agent } from './slice.ts';
import { type Data, restartOf } from './restarts.ts';

/** What is to come stays, unless nothing is to come any more. */
export function restartSet(
  agent: Agent,
  { policy }: Data<'agent.restart_set'>,
  { atMs }: EventEnvelope,
): Agent {
  const { restart } = agent;
  const isKept = restart !== undefined && policy !== 'never';
  return {
    ...agent,
    restart: isKept ? { ...restart, policy, sinceMs: atMs } : restartOf(policy, atMs),
  };
}

export function restartScheduled(agent: Agent, data: Data<'agent.restart_scheduled'>): Agent {
  const { try: tries, ofTries, dueMs: nextMs, session } = data;
  return changed(agent, { tries, ofTries, nextMs, session });
}

export function restartCancelled(agent: Agent, { session }: Data<'agent.restart_cancelled'>) {
  return changed(agent, { nextMs: undefined, session });
}

export function restartGivenUp(agent: Agent, { session }: Data<'agent.restart_given_up'>): Agent {
  return changed(agent, { isGivenUp: true, session });
}

/** A start by anybody else than this begins the count anew. */
export function restartAfterMove(
  { restart }: Agent,
  { to }: Data<'agent.state_changed'>,
  { actor }: EventEnvelope,
): Restart | undefined {
  if (restart === undefined) return undefined;
  const isByItself = to === 'starting' && restart.nextMs !== undefined && actor === 'system';
  if (isByItself || to !== 'starting') return { ...restart, nextMs: undefined };
  return restartOf(restart.policy, restart.sinceMs);
}

function changed(agent: Agent, change: Partial<Restart>): Agent {
  if (agent.restart === undefined) return agent;
  return { ...agent, restart: { ...agent.restart, ...change } };
}
