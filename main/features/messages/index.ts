/** Messages, and every agent's durable inbox. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import { messages as contract } from '../../../preload/contract/messages.ts';
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { decideAck, decideAnnounce, decideSend } from './decide.ts';
import { deliveriesOf, showPositions } from './delivery.ts';
import { inboxTopic, readInbox } from './inbox.ts';
import type { MessagesState, SentData } from './slice.ts';
import { initialMessages, reduceMessages, toMessage } from './slice.ts';
import { messageWaits } from './waits.ts';
import { startWaker } from './waker.ts';

export { inboxTopic } from './inbox.ts';

export function messagesFeature(): Feature {
  return feature(contract, {
    initial: initialMessages,
    version: 4,
    commands: {
      'message.send': { decide: decideSend },
      'message.announce': { decide: decideAnnounce },
      'inbox.ack': { decide: decideAck },
    },
    queries: { 'inbox.read': readInbox, 'message.list': listMessages, 'message.get': getMessage },
    reduce: reduceMessages,
    views: { message: { items: (state: MessagesState) => state.recent.byId } },
    topics: (event) =>
      event.type === 'message.sent' ? (event.data as SentData).recipients.map(inboxTopic) : [],
    describe: { 'message.sent': describeMessage },
    waits: messageWaits,
    start(life) {
      startWaker(life);
      showPositions(life);
    },
  });
}

function describeMessage({ data }: { data: unknown }): string {
  const { to, body } = data as SentData;
  return to === '*' ? `${body}\n(to all; it may need no action from you)` : body;
}

async function getMessage(
  { seq }: QueryData<typeof contract, 'message.get'>,
  ctx: QueryContext<MessagesState>,
): Promise<Result<QueryResult<typeof contract, 'message.get'>>> {
  const [event] = ctx.log.page({ after: seq - 1, limit: 1 });
  if (event?.seq !== seq || event.type !== 'message.sent')
    return refuse('MESSAGE_UNKNOWN', { seq });
  return ok(track(event, ctx));
}

async function listMessages(
  ask: QueryData<typeof contract, 'message.list'>,
  ctx: QueryContext<MessagesState>,
): Promise<Result<QueryResult<typeof contract, 'message.list'>>> {
  const before = ask.before ?? Number.MAX_SAFE_INTEGER;
  const { events, more } = await ctx.log.read(
    { before, limit: ask.limit, type: 'message.sent' },
    ctx.signal,
  );
  return ok({ messages: events.map((event) => track(event, ctx)), more });
}

function track(event: EventEnvelope, ctx: QueryContext<MessagesState>): TrackedMessage {
  return { ...toMessage(event), delivery: deliveriesOf(event, ctx) };
}
