/** What messages' commands lead to. */
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { Recipients } from '../../../preload/contract/messages.ts';
import { messages as contract, nobody } from '../../../preload/contract/messages.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { Refused, Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { listOrNone } from '../../base/records.ts';
import type { DecideContext, Decision } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { isReachable, reachableAgents, requireActingAgent, selectAgents } from '../agents/index.ts';
import type { MessagesState } from './slice.ts';

type Ctx = DecideContext<MessagesState>;
type Sent = CommandResult<typeof contract, 'message.send'>;

export function decideSend(
  ctx: Ctx,
  data: CommandData<typeof contract, 'message.send'>,
): Result<Decision<Sent>> {
  const sender = requireSender(ctx);
  if (!sender.ok) return sender;
  if (data.re !== undefined && data.re >= ctx.nextSeq)
    return refuse('MESSAGE_UNKNOWN', { seq: data.re });
  const reached = reach(ctx, data.to, sender.value);
  if (!reached.ok) return reached;
  const { deliveredTo, failed } = reached.value;
  const sent = newEvent(contract, 'message.sent', {
    to: data.to,
    recipients: deliveredTo,
    body: data.body,
    re: data.re,
  });
  return decided({ seq: ctx.nextSeq, deliveredTo, failed }, [sent]);
}

/** What programs read. A commit is told to the operator once more, as something to verify: each is its own. */
export function decideAnnounce(
  ctx: Ctx,
  { kind, to, body, payload }: CommandData<typeof contract, 'message.announce'>,
): Result<Decision<CommandResult<typeof contract, 'message.announce'>>> {
  const sender = requireSender(ctx);
  if (!sender.ok) return sender;
  const reached = to === nobody ? ok(noOne) : reach(ctx, to, sender.value);
  if (!reached.ok) return reached;
  const { deliveredTo } = reached.value;
  const sent = newEvent(contract, 'message.sent', {
    ...{ to, recipients: deliveredTo, body, kind, payload },
  });
  const isCommit = kind === 'artifact' && payload.status === 'committed';
  const verify = newEvent(contract, 'message.sent', {
    ...{ to: 'operator', recipients: ['operator'], kind: 'verify-now', payload: {} },
    body: `${sender.value} made a commit that waits to be verified.`,
  });
  const asks = isCommit && sender.value !== 'operator';
  return decided({ seq: ctx.nextSeq, deliveredTo }, asks ? [sent, verify] : [sent]);
}

export function decideAck(ctx: Ctx, data: { upTo: number }): Result<Decision<{ acked: number }>> {
  const owner = requireSender(ctx);
  if (!owner.ok) return owner;
  const head = ctx.nextSeq - 1;
  if (data.upTo > head) return refuse('ACK_BEYOND', { upTo: data.upTo, head });
  const acked = ctx.state.acked.get(owner.value) ?? 0;
  if (data.upTo <= acked) return decided({ acked }, []);
  return decided({ acked: data.upTo }, [
    newEvent(contract, 'inbox.acked', { agent: owner.value, upTo: data.upTo }),
  ]);
}

interface Reached {
  readonly deliveredTo: string[];
  readonly failed: Sent['failed'];
}

const noOne: Reached = { deliveredTo: [], failed: [] };

/** `operator`, or the id of an agent that exists. */
function requireSender(ctx: Ctx): Result<string> {
  if (agentIdOf(ctx.actor) === undefined) return ok(nameOf(ctx.actor));
  const agent = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  return agent.ok ? ok(agent.value.id) : agent;
}

function nameOf(actor: Actor): string {
  return agentIdOf(actor) ?? actor;
}

function reach(ctx: Ctx, to: Recipients, sender: string): Result<Reached> {
  if (to === '*') return everyoneElse(ctx, sender);
  return typeof to === 'string' ? requireRecipient(ctx, to, sender) : requireAny(ctx, to, sender);
}

/** Each who can be reached; the sender learns of the others. Refused when nobody can be. */
function requireAny(ctx: Ctx, names: readonly string[], sender: string): Result<Reached> {
  const deliveredTo: string[] = [];
  const failed: Sent['failed'] = [];
  let refusal: Refused | undefined;
  for (const to of new Set(names)) {
    const reached = requireRecipient(ctx, to, sender);
    if (reached.ok) deliveredTo.push(to);
    else {
      refusal ??= reached;
      const { code, message } = reached.error;
      failed.push({ to, code, message });
    }
  }
  return deliveredTo.length === 0 && refusal !== undefined ? refusal : ok({ deliveredTo, failed });
}

/** Agents on their way out have no use for it; the sender learns who was left out. */
function everyoneElse(ctx: Ctx, sender: string): Result<Reached> {
  const others = reachableAgents(selectAgents(ctx.hub)).filter((agent) => agent.id !== sender);
  const leaving = others.filter((agent) => agent.state === 'destroying');
  const deliveredTo = others
    .filter((agent) => agent.state !== 'destroying')
    .map((agent) => agent.id);
  return ok({
    deliveredTo: sender === 'operator' ? deliveredTo : ['operator', ...deliveredTo],
    failed: leaving.map(leftOut),
  });
}

function leftOut(agent: Agent): Sent['failed'][number] {
  const { code, message } = toWireError('AGENT_NOT_IN_STATE', {
    agent: agent.id,
    state: agent.state,
    command: 'message.send',
    expected: 'any other state',
    hint: '',
  });
  return { to: agent.id, code, message };
}

function requireRecipient(ctx: Ctx, to: string, sender: string): Result<Reached> {
  if (to === sender) return refuse('RECIPIENT_SELF', { to });
  const agents = selectAgents(ctx.hub);
  if (to === 'operator' || isReachable(agents, to)) return ok({ deliveredTo: [to], failed: [] });
  return refuse('RECIPIENT_UNKNOWN', {
    to,
    known: listOrNone(reachableAgents(agents).map((agent) => agent.id)),
  });
}
