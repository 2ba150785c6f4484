/** The broker: one HTTP server on loopback for agents, CLIs and browsers. It authenticates, hands over and maps errors. */
import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CommandDef, QueryDef } from '../../preload/contract/define.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, MusherError } from '../base/result.ts';
import type { Door } from '../hub/door.ts';
import { mountCapabilities } from './capabilities.ts';
import { mapErrors, sendError } from './errors.ts';
import { mountEventStream } from './event-stream.ts';
import type { CheckRequest } from './guards.ts';
import { cookieOf, createCheckRequest } from './guards.ts';
import type { Identity } from './identity.ts';
import { mountPage } from './page.ts';
import { burstSeconds, createRateLimit } from './rate-limit.ts';
import type { Sessions } from './sessions.ts';

export interface BrokerDeps {
  readonly door: Door;
  readonly commands: ReadonlyMap<string, CommandDef>;
  readonly queries: ReadonlyMap<string, QueryDef>;
  readonly identity: Identity;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly log: Logger;
  /** What `GET /status` tells anybody on this machine. */
  readonly status: () => object;
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  readonly onLogin: () => void;
  readonly limits: BrokerLimits;
}

export interface BrokerLimits {
  /** Requests per second and agent token; default 500. */
  readonly requestsPerSecond: number;
  /** Largest body in bytes; default 1 MiB. */
  readonly bodyBytes: number;
}

export const defaultLimits: BrokerLimits = { requestsPerSecond: 500, bodyBytes: 1024 * 1024 };

export interface Broker {
  readonly app: FastifyInstance;
  readonly port: number;
  readonly url: string;
  readonly checkRequest: CheckRequest;
  /** Who a browser's upgrade request acts as, by its cookie. */
  operatorOf(request: IncomingMessage): Actor | undefined;
  close(): Promise<void>;
}

/** Binds at once; requests wait until `ready` resolves. Port 0 takes a free one. Throws PORT_TAKEN. */
export async function startBroker(
  deps: BrokerDeps,
  port: number,
  ready: Promise<void>,
): Promise<Broker> {
  const pathTokens = new WeakMap<IncomingMessage, string>();
  const app = Fastify({
    bodyLimit: deps.limits.bodyBytes,
    forceCloseConnections: true,
    rewriteUrl: (request) => takeCapability(request, pathTokens),
    // Before any route or hook: addresses that cannot be decoded.
    frameworkErrors: ({ message }, _request, reply) =>
      void sendError(reply, toWireError('BAD_REQUEST', { reason: `${message}.` })),
  });
  // JSON or nothing: what a foreign page's form can send without asking is refused before it is read.
  app.removeContentTypeParser('text/plain');
  const bound = { port };
  const cookieName = () => `musher_${bound.port}`;
  const authenticate = createAuthenticate(deps, pathTokens);

  let checkRequest: CheckRequest = () => toWireError('SHUTTING_DOWN');
  let gate: Promise<void> | undefined = ready;
  ready.then(
    () => {
      gate = undefined;
    },
    () => undefined,
  );
  // Callbacks and not promises: every request passes here, and one turn of the microtask queue is a tenth of its time.
  app.addHook('onRequest', (request, _reply, done) => {
    const refusal = checkRequest(request);
    if (refusal !== undefined) done(new MusherError(refusal));
    else if (gate === undefined) done();
    else gate.then(() => done(), done);
  });
  mapErrors(app, deps.log);
  app.get('/status', async () => deps.status());
  app.post('/v1/login', async (request) => {
    if (authenticate(request) !== 'operator')
      throw musherError('FORBIDDEN', { actor: 'agent', type: 'login', who: 'operator' });
    return { loginUrl: `http://127.0.0.1:${bound.port}/login?code=${deps.sessions.newCode()}` };
  });
  mountCapabilities(app, { ...deps, authenticate });
  mountEventStream(app, { ...deps, authenticate });
  await app.register((scope) =>
    mountPage(scope, { ...deps, folder: deps.rendererFolder, cookieName }),
  );
  bound.port = await listen(app, port);
  checkRequest = createCheckRequest(bound.port);
  return {
    app,
    port: bound.port,
    url: `http://127.0.0.1:${bound.port}`,
    checkRequest,
    operatorOf: (request) =>
      deps.sessions.isOpen(cookieOf(request, cookieName()) ?? '') ? 'operator' : undefined,
    close: () => app.close(),
  };
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw musherError('PORT_TAKEN', { port }, error);
    throw error;
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** `/a/<token>/v1/…` becomes `/v1/…` with that token: for clients that know nothing but a base URL. */
function takeCapability(
  request: IncomingMessage,
  tokens: WeakMap<IncomingMessage, string>,
): string {
  const url = request.url ?? '/';
  if (!url.startsWith('/a/')) return url;
  const end = url.indexOf('/', 3);
  tokens.set(request, end === -1 ? url.slice(3) : url.slice(3, end));
  return end === -1 ? '/' : url.slice(end);
}

function createAuthenticate(
  deps: BrokerDeps,
  pathTokens: WeakMap<IncomingMessage, string>,
): (request: FastifyRequest) => Actor {
  const { requestsPerSecond } = deps.limits;
  const limit = createRateLimit({ perSecond: requestsPerSecond, elapsed: deps.clock.elapsed });
  return (request) => {
    const bearer = request.headers.authorization;
    const token =
      bearer?.startsWith('Bearer ') === true
        ? bearer.slice('Bearer '.length)
        : pathTokens.get(request.raw);
    const actor = token === undefined ? undefined : deps.identity.actorOf(token);
    if (actor === undefined) throw musherError('UNAUTHENTICATED');
    const waitMs = actor === 'operator' ? 0 : limit.take(actor);
    if (waitMs > 0)
      throw musherError('RATE_LIMITED', {
        limit: requestsPerSecond * burstSeconds,
        windowSeconds: burstSeconds,
        retrySeconds: Math.ceil(waitMs / 1000),
      });
    return actor;
  };
}
