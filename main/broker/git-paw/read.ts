/** What is read: `GET /messages/<name>?since=` and `GET /log?since=`. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { InboxItem } from '../../../preload/contract/messages.ts';
import { musherError } from '../../base/result.ts';
import type { Asking } from './asking.ts';
import { agentsOf, ask, command, selfOf } from './asking.ts';
import { isName, whoIs } from './names.ts';
import { toWire, wireTypes } from './to-wire.ts';
import type { ReadMessage } from './wire.ts';

const pageSize = 500;

export interface Messages {
  readonly messages: readonly ReadMessage[];
  /** Hand it back as `since`: never less than what was asked. There may be more. */
  readonly last_seq: number;
}

/** `since` says what was seen, so an agent's own messages are acknowledged by it. Nobody's inbox is empty. */
export async function readMessages(asking: Asking): Promise<Messages> {
  const name = (asking.request.params as Record<string, string>)['*'] ?? '';
  if (!isName(name)) throw invalid('agent_id', 'expected supervisor, an agent, or its branch');
  const since = sinceOf(asking);
  const owner = whoIs(name, await agentsOf(asking));
  if (owner === undefined) return { messages: [], last_seq: since };
  const isOwn = owner === selfOf(asking);
  if (isOwn && owner !== 'operator') await acknowledge(asking, since);
  const whose = isOwn ? {} : { agent: owner };
  const { items, cursor } = await ask<{ items: readonly InboxItem[]; cursor: number }>(
    asking,
    'inbox.read',
    { after: since, limit: pageSize, ...whose },
  );
  return { messages: items.map((item) => toWire(item, owner)), last_seq: cursor };
}

/** A number beyond the end of the log says nothing. */
async function acknowledge(asking: Asking, upTo: number): Promise<void> {
  if (upTo > 0 && upTo <= asking.door.head().seq)
    await command(asking, { type: 'inbox.ack', data: { upTo } });
}

export interface Log {
  readonly entries: readonly {
    readonly seq: number;
    readonly timestamp_unix_secs: number;
    readonly message: ReadMessage;
  }[];
  readonly last_seq: number;
}

/** All that the wire has words for, for the operator. No entries: the end of the log, however much else is in it. */
export async function readLog(asking: Asking): Promise<Log> {
  for (let after = sinceOf(asking); ; ) {
    const { events } = await ask<{ events: readonly EventEnvelope[] }>(asking, 'log.page', {
      after,
      limit: pageSize,
    });
    const last = events.at(-1)?.seq ?? after;
    const entries = events.filter(({ type }) => wireTypes.has(type)).map(toEntry);
    if (entries.length > 0 || events.length === 0) return { entries, last_seq: last };
    after = last;
  }
}

function toEntry({ seq, atMs, actor: from, type, data }: EventEnvelope): Log['entries'][number] {
  const message = toWire({ type, atMs, from, data });
  return { seq, timestamp_unix_secs: Math.floor(atMs / 1_000), message };
}

function sinceOf({ request }: Asking): number {
  const { since = '0' } = request.query as { since?: unknown };
  const seq = typeof since === 'string' && /^\d+$/u.test(since) ? Number(since) : Number.NaN;
  if (Number.isSafeInteger(seq)) return seq;
  throw invalid('since', 'expected a whole number from 0');
}

function invalid(path: string, reason: string) {
  return musherError('WIRE_INVALID', { path, reason });
}
