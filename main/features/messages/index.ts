/** Messages, and every agent's durable inbox. */
import { messages as contract } from '../../../preload/contract/messages.ts';
import type { Feature } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { decideAck, decideAnnounce, decideSend } from './decide.ts';
import { showPositions } from './delivery.ts';
import { inboxTopic, readInbox } from './inbox.ts';
import { getMessage, listMessages } from './list.ts';
import type { MessagesState, SentData } from './slice.ts';
import { initialMessages, reduceMessages } from './slice.ts';
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
    search: {
      'message.sent': { text: ['body'], to: 'to', re: 're' },
      // By who did it alone: a sign of life.
      'inbox.acked': { text: [] },
    },
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
  if (to === '*') return `${body}\n(to all; it may need no action from you)`;
  return typeof to === 'string' ? body : `${body}\n(to ${to.join(', ')})`;
}
