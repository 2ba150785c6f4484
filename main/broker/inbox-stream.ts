/**
 * One's own inbox as Server-Sent Events: `GET /v1/inbox/events`. What is read here is read as by `inbox.read`: nothing is
 * acked by it, and what an earlier session was handed comes again, marked. A reconnect resumes by Last-Event-ID.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { InboxItem } from '../../preload/contract/messages.ts';
import type { Logger } from '../base/logger.ts';
import { MusherError, reasonOf, wireOf } from '../base/result.ts';
import type { Caller } from './broker.ts';
import { endStream, positionOf, startStream, untilDrained } from './event-stream.ts';

/** An empty inbox is waited for this long, then a comment keeps the line alive. */
const waitMs = 20_000;
/** At once; each may be a message of 100 kB. */
const limit = 50;

export interface InboxStreamDeps {
  readonly log: Logger;
  readonly authenticate: (request: FastifyRequest) => Caller;
}

interface Read {
  readonly items: readonly InboxItem[];
  readonly cursor: number;
}

export function mountInboxStream(
  app: FastifyInstance,
  { authenticate, log }: InboxStreamDeps,
): void {
  app.get('/v1/inbox/events', async (request, reply) => {
    const after = positionOf(request, 'inbox/events');
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    // Before anything is sent: who may not read is told so, and not by a stream that ends.
    let next = await read(authenticate(request), { after, waitMs: 0, signal: gone.signal });
    reply.hijack();
    const stream = startStream(reply.raw);
    try {
      while (!gone.signal.aborted) {
        await write(stream, next);
        // Its token may have been taken back meanwhile.
        next = await read(authenticate(request), {
          after: next.cursor,
          waitMs,
          signal: gone.signal,
        });
      }
    } catch (error) {
      if (!gone.signal.aborted && !(error instanceof MusherError))
        log.error({ error: reasonOf(error) }, 'a defect ended an inbox stream');
      endStream(stream, wireOf(error));
    }
  });
}

interface Ask {
  readonly after: number | undefined;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

function read({ project, actor }: Caller, { signal, ...data }: Ask): Promise<Read> {
  return project.door.query(
    { type: 'inbox.read', data: { ...data, limit }, signal },
    actor,
  ) as Promise<Read>;
}

async function write(stream: ServerResponse, { items }: Read): Promise<void> {
  const text = items.map(toFrame).join('');
  if (!stream.write(text === '' ? ': still here\n\n' : text)) await untilDrained(stream);
}

/** By item: a broadcast is the same one for all its readers. */
const framed = new WeakMap<InboxItem, string>();

function toFrame(item: InboxItem): string {
  const frame = framed.get(item) ?? `id: ${item.seq}\ndata: ${JSON.stringify(item)}\n\n`;
  framed.set(item, frame);
  return frame;
}
