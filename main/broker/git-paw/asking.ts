/** One request of the wire: who asks, and what the hub tells whoever asks. Each wait ends when the caller goes. */
import type { FastifyRequest } from 'fastify';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { Actor, Receipt } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { musherError } from '../../base/result.ts';
import type { Door } from '../../hub/door.ts';
import type { Named } from './names.ts';
import { whoIs, wireNameOf } from './names.ts';

export interface Asking {
  readonly door: Door;
  readonly actor: Actor;
  readonly request: FastifyRequest;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** The one who asks as Musher calls it: `operator`, or an agent's id. */
export function selfOf({ actor }: Pick<Asking, 'actor'>): string {
  return agentIdOf(actor) ?? 'operator';
}

/** The same; throws SENDER_REFUSED when the name that a body gives is somebody else's. */
export function requireSelf(
  asking: Pick<Asking, 'actor'>,
  { field, name }: { readonly field: string; readonly name: string },
  agents: readonly Named[],
): string {
  const self = selfOf(asking);
  if (whoIs(name, agents) === self) return self;
  const expected = wireNameOf(self);
  throw musherError('SENDER_REFUSED', { path: field, value: name.slice(0, 200), expected });
}

export async function ask<Answer>(
  { door, actor, signal }: Asking,
  type: string,
  data: object = {},
): Promise<Answer> {
  return (await door.query({ type, data, signal }, actor)) as Answer;
}

export function command(
  { door, actor, signal }: Asking,
  { id, type, data }: { id?: string | undefined; type: string; data: unknown },
): Promise<Receipt> {
  return door.dispatch({ id, type, data }, actor, signal);
}

/** Those that can be talked to. */
export async function agentsOf(asking: Asking): Promise<readonly AgentRecord[]> {
  return (await ask<{ agents: AgentRecord[] }>(asking, 'agent.list')).agents;
}

export async function openQuestions(asking: Asking): Promise<readonly QuestionRecord[]> {
  return (await ask<{ questions: QuestionRecord[] }>(asking, 'question.list')).questions;
}
