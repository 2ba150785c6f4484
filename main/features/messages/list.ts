/** What was said, by page: all of it from the log itself, some of it by the index. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { messages as contract, TrackedMessage } from '../../../preload/contract/messages.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { FindAsk, FoundPage, QueryContext } from '../../hub/feature.ts';
import { selectWaiting } from '../inbox/index.ts';
import { deliveriesOf } from './delivery.ts';
import { recipientsIn } from './inbox.ts';
import type { MessagesState } from './slice.ts';
import { toMessage } from './slice.ts';

type Ctx = QueryContext<MessagesState>;
type Ask = QueryData<typeof contract, 'message.list'>;

const sent = 'message.sent';

export async function getMessage(
  { seq }: QueryData<typeof contract, 'message.get'>,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'message.get'>>> {
  const [event] = ctx.log.page({ after: seq - 1, limit: 1 });
  if (event?.seq !== seq || event.type !== sent) return refuse('MESSAGE_UNKNOWN', { seq });
  return ok(track(event, ctx));
}

export async function listMessages(
  ask: Ask,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'message.list'>>> {
  const { events, more, cursor } = isPlain(ask)
    ? await readAll(ask, ctx)
    : await ctx.log.find(toFindAsk(ask, ctx), ctx.signal);
  return ok({ messages: events.map((event) => track(event, ctx)), more, cursor });
}

/** Messages and nothing else, all of them: the log has an index for that, which is never behind. */
function isPlain({ type, after, before, limit: _, unread, ...filters }: Ask): boolean {
  const isOneWay = after === undefined || before === undefined;
  const isFiltered = unread || Object.values(filters).some((value) => value !== undefined);
  return type === sent && isOneWay && !isFiltered;
}

async function readAll({ after, before, limit }: Ask, ctx: Ctx): Promise<FoundPage> {
  const isForward = after !== undefined;
  const from = isForward ? { after } : { before: before ?? Number.MAX_SAFE_INTEGER };
  const head = ctx.log.head().seq;
  const { events, more } = await ctx.log.read({ ...from, limit, type: sent }, ctx.signal);
  const end = isForward ? Math.max(after, head, events.at(-1)?.seq ?? 0) : 0;
  const last = isForward ? events.at(-1) : events[0];
  return { events, more, cursor: more ? (last?.seq ?? end) : end };
}

function toFindAsk(ask: Ask, ctx: Ctx): FindAsk {
  const { after, before, limit, agent, from, to, type, text, unread, thread } = ask;
  const given = { after, before, limit, agent, from, to, text, thread, isSent: true };
  return {
    ...given,
    ...(type === '*' ? {} : { types: type.split(',') }),
    ...(unread ? { among: unreadIn(ctx) } : {}),
  };
}

/** Numbers of the messages that wait for the operator, oldest first. */
function unreadIn({ hub }: Ctx): number[] {
  return selectWaiting(hub)
    .values()
    .filter(({ kind }) => kind === 'message')
    .map(({ seq }) => seq)
    .sort((a, b) => a - b);
}

function track(event: EventEnvelope, ctx: Ctx): TrackedMessage {
  const recipients = recipientsIn(ctx.topicsOf(event));
  const { seq, atMs, type } = event;
  const delivery = deliveriesOf(event, recipients, ctx);
  if (type === sent) return { ...toMessage(event), type, delivery };
  // A broadcast and its like have many; one is named as a message names it.
  const [only = '', ...others] = recipients;
  const to = others.length === 0 ? only : recipients;
  return { seq, atMs, type, from: event.actor, to, body: ctx.describe(event), delivery };
}
