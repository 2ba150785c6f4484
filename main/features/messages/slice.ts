/** What the hub remembers of messages: the newest for pages, and how far each agent has acked. Bodies live in the log. */
import type { Actor, EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import type { Table } from '../../base/records.ts';
import { without } from '../../base/records.ts';

export interface MessagesState {
  /** Oldest first, at most `recentKept`. */
  readonly recent: readonly MessageRecord[];
  /** By agent. */
  readonly acked: Table<number>;
}

export const initialMessages: MessagesState = { recent: [], acked: {} };

export const recentKept = 200;

export interface SentData {
  readonly to: string;
  readonly recipients: readonly string[];
  readonly body: string;
  readonly re?: number;
}

export function toMessage(event: EventEnvelope): MessageRecord {
  const { to, body, re } = event.data as SentData;
  return { seq: event.seq, atMs: event.atMs, from: event.actor as Actor, to, body, re };
}

export const reduceMessages: Readonly<
  Record<string, (state: MessagesState, event: EventEnvelope) => MessagesState>
> = {
  'message.sent': (state, event) => {
    const recent = state.recent.slice(1 - recentKept);
    recent.push(toMessage(event));
    return { ...state, recent };
  },
  'inbox.acked': (state, event) => {
    const { agent, upTo } = event.data as { agent: string; upTo: number };
    return { ...state, acked: { ...state.acked, [agent]: upTo } };
  },
  // The inbox of a new agent begins with it, and not with what a purged one of that name was told.
  'agent.added': (state, event) => {
    const { agent } = event.data as { agent: string };
    return { ...state, acked: { ...state.acked, [agent]: event.seq } };
  },
  'agent.purged': (state, event) => {
    const acked = without(state.acked, (event.data as { agent: string }).agent);
    return acked === state.acked ? state : { ...state, acked };
  },
};

const itemsOf = new WeakMap<readonly MessageRecord[], Table<MessageRecord>>();

/** The newest messages by key, made once for each list: pages compare the messages, not the list. */
export function messageItems(state: MessagesState): Table<MessageRecord> {
  const known = itemsOf.get(state.recent);
  if (known !== undefined) return known;
  const items = Object.fromEntries(state.recent.map((message) => [`m${message.seq}`, message]));
  itemsOf.set(state.recent, items);
  return items;
}
