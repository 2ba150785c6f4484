/** Errors as HTTP answers. A caller's mistake is never a 5xx, and a defect never shows its inside. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WireError } from '../../preload/contract/errors.ts';
import { levelOfWire, statusOf, toWireError } from '../../preload/contract/errors.ts';
import type { Logger } from '../base/logger.ts';
import { MusherError, reasonOf } from '../base/result.ts';

/** `elsewhere`: what is offered, and not here; undefined for what is nowhere. */
export function mapErrors(
  app: FastifyInstance,
  log: Logger,
  elsewhere: (path: string) => WireError | undefined = () => undefined,
): void {
  app.setErrorHandler((error, request, reply) =>
    sendError(reply, wireErrorOf(error, { app, log, request })),
  );
  app.setNotFoundHandler((request, reply) =>
    sendError(
      reply,
      elsewhere(pathOf(request.url)) ??
        toWireError('NOT_FOUND', { route: `${request.method} ${pathOf(request.url)}` }),
    ),
  );
}

/** Whatever a request threw as what its caller is told; it is logged as its row says. */
export function wireErrorOf(
  error: unknown,
  { app, log, request }: { app: FastifyInstance; log: Logger; request: FastifyRequest },
): WireError {
  const limit = request.routeOptions.bodyLimit ?? app.initialConfig.bodyLimit ?? 0;
  return toWire(error, { log, request: request.id, route: request.url, limit });
}

export function sendError(reply: FastifyReply, error: WireError): FastifyReply {
  return reply.code(statusOf(error)).send({ error });
}

/** Without the query: it may hold a login code. */
function pathOf(url: string): string {
  return url.split('?')[0] ?? '';
}

interface Place {
  /** Names the request in the log. */
  readonly request: string;
  readonly log: Logger;
  readonly route: string;
  readonly limit: number;
}

function toWire(error: unknown, place: Place): WireError {
  if (error instanceof MusherError) {
    const level = levelOfWire(error.wire);
    place.log[level]({ code: error.wire.code, route: pathOf(place.route) }, error.wire.message);
    return error.wire;
  }
  return fromFastify(error as FastifyError, place) ?? defect(error, place);
}

function fromFastify(error: FastifyError, place: Place): WireError | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return toWireError('BODY_TOO_LARGE', { limit: place.limit });
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return toWireError('CONTENT_TYPE_UNSUPPORTED', { found: error.message.replace(/^.*: /, '') });
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500
    ? toWireError('BAD_REQUEST', { reason: error.message.replace(/\.?$/, '.') })
    : undefined;
}

function defect(error: unknown, place: Place): WireError {
  const reference = place.request;
  place.log.error(
    {
      reference,
      route: pathOf(place.route),
      error: reasonOf(error),
      stack: error instanceof Error ? error.stack : undefined,
    },
    'a defect stopped a request',
  );
  return toWireError('INTERNAL', { reference });
}
