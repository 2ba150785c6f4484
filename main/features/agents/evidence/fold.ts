/** How the weaker evidence changes an agent: what its screen tells, and heartbeats. Pure. */
import type { agents as contract } from '../../../../preload/contract/agents.ts';
import type { EventData } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import { afterTelling } from '../nudges/nudges.ts';
import type { Agent } from '../slice.ts';
import { livenessAt, newestSignMs } from '../view.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

export function screenTold(
  agent: Agent,
  { tells }: Data<'agent.screen_told'>,
  { atMs }: EventEnvelope,
): Agent {
  const { screen: before } = agent;
  const wasAtRest = before === undefined || before.tells === 'ready' || before.tells === 'nothing';
  const isNewTurn = wasAtRest && tells !== 'ready' && tells !== 'nothing';
  const turnMs = before === undefined || isNewTurn ? atMs : before.turnMs;
  const word = tells === 'ready' ? 'idle' : tells;
  return { ...agent, ...afterTelling(agent, word, atMs), screen: { tells, atMs, turnMs } };
}

/** It moves the age of the agent, and never what was last heard of its work. */
export function heartbeatHeard(
  agent: Agent,
  { beatMs }: Data<'agent.heartbeat_heard'>,
  { atMs }: EventEnvelope,
): Agent {
  const next = { ...agent, beatMs: Math.max(beatMs, agent.beatMs ?? 0) };
  return { ...next, liveness: livenessAt(newestSignMs(next) ?? beatMs, atMs) };
}
