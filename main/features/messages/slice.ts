/** What the hub remembers of messages: the newest for pages, and how far each agent has acked. Bodies live in the log. */
import type { Actor, EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { MessageKind, MessageRecord } from '../../../preload/contract/messages.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';
import { Table } from '../../../preload/contract/table.ts';

export interface MessagesState {
  /** The newest, by `m<seq>`; at most `recentKept`. */
  readonly recent: Kept<MessageRecord>;
  /** By agent. */
  readonly acked: Table<number>;
}

export const initialMessages: MessagesState = {
  recent: { byId: Table.empty(), settled: [] },
  acked: Table.empty(),
};

export const recentKept = 200;

export interface SentData {
  readonly to: string | readonly string[];
  readonly recipients: readonly string[];
  readonly body: string;
  readonly re?: number;
  readonly kind?: MessageKind;
  readonly payload?: Readonly<Record<string, unknown>>;
}

export function toMessage(event: EventEnvelope): MessageRecord {
  const { to, body, re, kind } = event.data as SentData;
  const { seq, atMs, actor } = event;
  return { seq, atMs, from: actor as Actor, to, body, re, ...(kind !== undefined && { kind }) };
}

export const reduceMessages: Readonly<
  Record<string, (state: MessagesState, event: EventEnvelope) => MessagesState>
> = {
  'message.sent': (state, event) => {
    const key = `m${event.seq}`;
    const byId = state.recent.byId.set(key, toMessage(event));
    const all = { isSettled: () => true, keep: recentKept, isNew: true };
    return { ...state, recent: keepNewest({ ...state.recent, byId }, key, all) };
  },
  'inbox.acked': (state, event) => {
    const { agent, upTo } = event.data as { agent: string; upTo: number };
    return { ...state, acked: state.acked.set(agent, upTo) };
  },
  // The inbox of a new agent begins with it, and not with what a purged one of that name was told.
  'agent.added': (state, event) => {
    const { agent } = event.data as { agent: string };
    return { ...state, acked: state.acked.set(agent, event.seq) };
  },
  'agent.purged': (state, event) => {
    const acked = state.acked.delete((event.data as { agent: string }).agent);
    return acked === state.acked ? state : { ...state, acked };
  },
};
