/** The log as Server-Sent Events: `GET /v1/events?after=<seq>`, for the operator. Reconnects resume by Last-Event-ID. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
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
    const after = position(request, project.door.head().seq);
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    stream.flushHeaders();
    const feed = project.door.openEvents(after, {
      onEvents: (events) =>
        stream.write(events.map(toFrame).join('')) ? undefined : untilDrained(stream),
      onEnd: (error) => void stream.end(`event: end\ndata: ${JSON.stringify({ error })}\n\n`),
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

/** Resolves once all that was written has been taken; a connection that breaks closes the feed, and nobody waits. */
function untilDrained(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve));
}

function toFrame(event: EventEnvelope): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

function position(request: FastifyRequest, head: number): number {
  const { after } = request.query as { after?: string };
  const asked = request.headers['last-event-id'] ?? after;
  if (asked === undefined) return head;
  const seq = Number(asked);
  if (Number.isSafeInteger(seq) && seq >= 0) return seq;
  throw musherError('BODY_INVALID', {
    path: 'after',
    reason: 'expected a whole number from 0',
    type: 'events',
  });
}
