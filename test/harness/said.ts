// What is said, written straight to a log: past the hub, by the real seal and store.

import type { LogStore, StoredEvent } from '../../main/hub/log-store.ts';
import { type Head, sealEvent } from '../../main/hub/seal.ts';
import type { Actor } from '../../preload/contract/envelope.ts';

/** A message, or with another type something that is sent as one. */
export interface Said {
  readonly from: string;
  readonly to: string | readonly string[];
  readonly recipients: readonly string[];
  readonly body: string;
  readonly re?: number | undefined;
  readonly type?: string;
  /** Unix ms. */
  readonly atMs?: number;
}

export const fields = {
  'message.sent': { text: ['body'], to: 'to', re: 're' },
  'test.asked': { text: ['body'] },
} as const;

export function say(store: LogStore, all: readonly Said[]): void {
  let head: Head = store.head();
  const events: StoredEvent[] = all.map(
    ({ from, type = 'message.sent', recipients, atMs = 0, ...data }) => {
      const event = { type, v: 2, data: { ...data, recipients } };
      const isAgent = from !== 'operator' && from !== 'system';
      const actor = (isAgent ? `agent:${from}` : from) as Actor;
      const cause = { actor, causeId: 'c', atMs };
      const { envelope, body } = sealEvent(store, { head, event, cause });
      head = envelope;
      const topics = recipients.map((to) => `inbox/${to}`);
      return { seq: envelope.seq, type, body, hash: envelope.hash, topics };
    },
  );
  store.commit({ events, receipts: [], effects: [], endedEffects: [] });
}
