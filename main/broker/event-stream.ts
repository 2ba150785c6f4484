/** The log as Server-Sent Events: `GET /v1/events?after=<seq>`, for the operator. Reconnects resume by Last-Event-ID. */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { musherError } from '../base/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Caller } from './broker.ts';

/** A comment this often keeps proxies and dead connections honest. */
const keepAliveMs = 20_000;

export interface EventStreamDeps {
  readonly clock: Clock;
  readonly authenticate: (request: FastifyRequest) => Caller;
}

export function mountEventStream(app: FastifyInstance, deps: EventStreamDeps): void {
  app.get('/v1/events', (request, reply) => {
    const { actor, project } = deps.authenticate(request);
    if (actor !== 'operator')
      throw musherError('FORBIDDEN', { actor, type: 'events', who: 'operator' });
    const after = positionOf(request, 'events') ?? project.door.head().seq;
    reply.hijack();
    const stream = startStream(reply.raw);
    const feed = project.door.openEvents(after, {
      onEvents: (events) => (stream.write(toFrames(events)) ? undefined : untilDrained(stream)),
      onEnd: (error) => endStream(stream, error),
    });
    let cancel = keepAlive();
    function keepAlive(): () => void {
      return deps.clock.schedule(() => {
        stream.write(': still here\n\n');
        cancel = keepAlive();
      }, keepAliveMs);
    }
    stream.once('close', () => {
      cancel();
      feed.close();
    });
  });
}

export function startStream(stream: ServerResponse): ServerResponse {
  stream.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  stream.flushHeaders();
  return stream;
}

/** Says why nothing follows. */
export function endStream(stream: ServerResponse, error: WireError): void {
  stream.end(`event: end\ndata: ${JSON.stringify({ error })}\n\n`);
}

/** Resolves once all that was written has been taken, or the connection broke: then nobody waits. */
export function untilDrained(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

/** By what was handed over: all readers that are level are handed the same events, and get the same bytes. */
const framed = new WeakMap<readonly EventEnvelope[], Buffer>();

function toFrames(events: readonly EventEnvelope[]): Buffer {
  const known = framed.get(events);
  if (known !== undefined) return known;
  const text = events.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
  const bytes = Buffer.from(text.join(''));
  framed.set(events, bytes);
  return bytes;
}

/** Where a client that comes back goes on, or what it asked for; undefined when it says neither. Throws BODY_INVALID. */
export function positionOf(request: FastifyRequest, type: string): number | undefined {
  const { after } = request.query as { after?: string };
  const asked = request.headers['last-event-id'] ?? after;
  if (asked === undefined) return undefined;
  const seq = Number(asked);
  if (Number.isSafeInteger(seq) && seq >= 0) return seq;
  throw musherError('BODY_INVALID', {
    path: 'after',
    reason: 'expected a whole number from 0',
    type,
  });
}
