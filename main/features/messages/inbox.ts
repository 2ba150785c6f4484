/**
 * Reading an inbox. An inbox is a topic of the log (`inbox/<agent>`): whatever event concerns the agent is in it from
 * the moment it is durable. Reading moves nothing; only an ack does. What an earlier session was handed and never
 * acked comes again, marked.
 */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { InboxItem, messages as contract } from '../../../preload/contract/messages.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import type { Marks } from '../../hub/marks.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import type { MessagesState } from './slice.ts';

type Ctx = QueryContext<MessagesState>;
type Ask = QueryData<typeof contract, 'inbox.read'>;

export function inboxTopic(recipient: string): string {
  return `inbox/${recipient}`;
}

/** The agents (and `operator`) that have an event in their inbox, from its topics. */
export function recipientsIn(topics: readonly string[]): string[] {
  return topics
    .filter((topic) => topic.startsWith('inbox/'))
    .map((topic) => topic.slice('inbox/'.length));
}

export async function readInbox(
  ask: Ask,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'inbox.read'>>> {
  const owner = requireOwner(ask, ctx);
  if (!owner.ok) return owner;
  const acked = ctx.state.acked.get(owner.value) ?? 0;
  const after = ask.after ?? acked;
  const topic = inboxTopic(owner.value);
  // Look and wait are one step on the loop, so that no event falls between them; what is there is read beside it.
  if (ask.waitMs > 0 && ctx.log.page({ after, limit: 1, topic }).length === 0)
    await ctx.untilTopic(topic, ask.waitMs);
  // A caller that went away has been handed nothing.
  if (ctx.signal.aborted) return ok({ items: [], cursor: after });
  const { events } = await ctx.log.read({ after, limit: ask.limit, topic }, ctx.signal);
  const last = events.at(-1)?.seq;
  const isOwn = agentIdOf(ctx.actor) !== undefined;
  const floor = isOwn && last !== undefined ? await handOut(ctx, owner.value, last) : 0;
  const items = events.map((event) => {
    const redelivered = event.seq > acked && event.seq <= floor;
    // Who does not wait catches up, on events that nobody else reads now.
    const isOwnCopy = redelivered || ask.waitMs === 0;
    return isOwnCopy ? toItem(ctx, event, redelivered) : toSharedItem(ctx, event);
  });
  return ok({ items, cursor: last ?? after });
}

/** Whose inbox is read: one's own; the operator may look into any. */
function requireOwner(ask: Ask, ctx: Ctx): Result<string> {
  const self = agentIdOf(ctx.actor) ?? 'operator';
  const owner = ask.agent ?? self;
  if (owner !== self && self !== 'operator')
    return refuse('INBOX_FORBIDDEN', { actor: ctx.actor, agent: owner });
  if (owner === 'operator') return ok(owner);
  const agent = requireAgent(selectAgents(ctx.hub), owner);
  return agent.ok ? ok(owner) : agent;
}

function toItem(ctx: Ctx, event: EventEnvelope, redelivered: boolean): InboxItem {
  const { seq, atMs, actor, type, data } = event;
  return { seq, atMs, from: actor, type, data, text: ctx.describe(event), redelivered };
}

/** A broadcast is the same for all who wait for it: who sends it on need not make its text two hundred times. */
const shared = new WeakMap<EventEnvelope, InboxItem>();

function toSharedItem(ctx: Ctx, event: EventEnvelope): InboxItem {
  const item = shared.get(event) ?? toItem(ctx, event, false);
  shared.set(event, item);
  return item;
}

/** How far an inbox was handed out: `floor` by earlier sessions, `upTo` by this one. */
export interface Handed {
  readonly session: number;
  readonly floor: number;
  readonly upTo: number;
}

/** Not an event: it says what was tried, not what became true, and would double the log. */
export function handedOut(marks: Pick<Marks, 'get'>, agent: string): Handed {
  const stored = marks.get(`handed/${agent}`);
  return stored === undefined ? { session: 0, floor: 0, upTo: 0 } : (JSON.parse(stored) as Handed);
}

/** Notes the hand-out and returns the floor: items at or below it were handed to an earlier session. */
async function handOut(ctx: Ctx, agent: string, last: number): Promise<number> {
  const session = selectAgents(ctx.hub).byId.get(agent)?.session ?? 0;
  const before = handedOut(ctx.marks, agent);
  const floor = before.session === session ? before.floor : before.upTo;
  const upTo = Math.max(before.upTo, last);
  if (before.session !== session || upTo !== before.upTo)
    await ctx.marks.set(`handed/${agent}`, JSON.stringify({ session, floor, upTo }));
  return floor;
}
