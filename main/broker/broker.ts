/** The broker: one HTTP server on loopback for agents, CLIs and browsers. It authenticates, hands over and maps errors. */
import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CommandDef, QueryDef } from '../../preload/contract/define.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import { must } from '../base/assert.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, MusherError } from '../base/result.ts';
import type { ClusterDoor } from '../features/cluster/ports.ts';
import type { GatewayDoor } from '../features/gateway/ports.ts';
import type { Door } from '../hub/door.ts';
import { mountCapabilities } from './capabilities.ts';
import { mapErrors, sendError } from './errors.ts';
import { mountEventStream } from './event-stream.ts';
import type { ProjectLinks } from './gateway/mount.ts';
import { mountRegister, takeLinks } from './gateway/mount.ts';
import { mountGitPaw } from './git-paw/mount.ts';
import type { CheckRequest } from './guards.ts';
import { cookieOf, createCheckRequest } from './guards.ts';
import type { HandOver } from './hand-over.ts';
import { mountHandOver } from './hand-over.ts';
import type { Identity, Secret } from './identity.ts';
import { mountInboxStream } from './inbox-stream.ts';
import type { McpDeps } from './mcp/mount.ts';
import { mountMcp } from './mcp/mount.ts';
import { mountPage } from './page.ts';
import { burstSeconds, createRateLimit } from './rate-limit.ts';
import type { Sessions } from './sessions.ts';
import { mountJoin, takeNodes } from './sync.ts';
import type { Upgrades } from './upgrades.ts';
import { createUpgrades } from './upgrades.ts';

/** A project as requests meet it. */
export interface BrokerProject {
  /** The log's own name: tells projects apart, wherever and however often they are opened. */
  readonly id: string;
  /** Folder of the repository. */
  readonly root: string;
  readonly door: Door;
  readonly identity: Identity;
  /** Where its nodes come in. */
  readonly cluster: ClusterDoor;
  /** Its agents, for `GET /status`. */
  roster(): readonly object[];
}

export interface Projects {
  /** In the order they were opened. */
  list(): readonly BrokerProject[];
  /** Pending while a project is being opened: requests wait for it, since it may be theirs. */
  opening(): Promise<unknown> | undefined;
}

export interface BrokerDeps {
  readonly projects: Projects;
  readonly commands: ReadonlyMap<string, CommandDef>;
  readonly queries: ReadonlyMap<string, QueryDef>;
  readonly sessions: Sessions;
  readonly secret: Secret;
  readonly clock: Clock;
  readonly log: Logger;
  /** Version of the app. */
  readonly version: string;
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  readonly onLogin: () => void;
  /** The file that `/` leads to while there is nothing else to show. */
  readonly front?: () => string | undefined;
  /** Left out: it takes no other repository. */
  readonly handOver?: HandOver;
  /** Of a gateway, whose projects are elsewhere. */
  readonly gateway?: GatewayDoor;
  /** What is said of a route that others of its kind have. */
  readonly elsewhere?: (path: string) => WireError | undefined;
  readonly limits: BrokerLimits;
}

/** Who sent a request, by its token. */
export interface Caller {
  readonly actor: Actor;
  readonly project: BrokerProject;
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
  /** Requests that want to become WebSockets. */
  readonly upgrades: Upgrades;
  /** Who a browser's upgrade request acts as, by its cookie. */
  operatorOf(request: IncomingMessage): Actor | undefined;
  /** A fresh link that lets one browser in, once, and shows that project, or what there is. */
  loginUrl(project?: BrokerProject): string;
  /** Takes no more requests, lets those under way be answered within `drainMs`, and cuts off the rest. */
  close(): Promise<void>;
}

/** How long requests under way get to be answered when the broker closes, milliseconds. */
const drainMs = 2_000;

/** No route has a schema of Fastify's: zod checks what comes in. Its own compilers are 90 files, read at each start. */
export const noCompilers = { buildValidator: noCompiler, buildSerializer: noCompiler };

function noCompiler(): never {
  throw new Error('a route has a schema, and nothing compiles it');
}

/** Port 0 takes a free one. Throws PORT_TAKEN. */
export async function startBroker(deps: BrokerDeps, port: number): Promise<Broker> {
  const pathTokens = new WeakMap<IncomingMessage, string>();
  const app = Fastify({
    bodyLimit: deps.limits.bodyBytes,
    forceCloseConnections: 'idle',
    schemaController: { compilersFactory: noCompilers },
    rewriteUrl: (request) => takeCapability(request, pathTokens),
    // Before any route or hook: addresses that cannot be decoded.
    frameworkErrors: ({ message }, _request, reply) =>
      void sendError(reply, toWireError('BAD_REQUEST', { reason: `${message}.` })),
  });
  // JSON or nothing: what a foreign page's form can send without asking is refused before it is read.
  app.removeContentTypeParser('text/plain');
  const bound = { port };
  const cookieName = () => `musher_${bound.port}`;
  const loginUrl = (project?: BrokerProject) => {
    const isFirst = project === undefined || project === deps.projects.list()[0];
    const shows = isFirst ? '' : `&project=${project.id}`;
    return `http://127.0.0.1:${bound.port}/login?code=${deps.sessions.newCode()}${shows}`;
  };
  const authenticate = createAuthenticate(deps, pathTokens);

  let checkRequest: CheckRequest = () => toWireError('SHUTTING_DOWN');
  mountChecks(app, { check: (request) => checkRequest(request), projects: deps.projects });
  mapErrors(app, deps.log, deps.elsewhere);
  const startedMs = deps.clock.elapsed();
  app.get('/status', async () => statusOf(deps, startedMs));
  app.post('/v1/login', async (request) => {
    const { actor, project } = authenticate(request);
    if (actor !== 'operator')
      throw musherError('FORBIDDEN', { actor, type: 'login', who: 'operator' });
    return { loginUrl: loginUrl(project) };
  });
  if (deps.handOver !== undefined) mountHandOver(app, deps.handOver);
  if (deps.gateway === undefined) mountJoin(app, deps);
  else mountRegister(app, { ...deps, door: deps.gateway });
  mountCapabilities(app, { ...deps, authenticate });
  mountEventStream(app, { ...deps, authenticate });
  mountInboxStream(app, { ...deps, authenticate });
  let links: ProjectLinks | undefined;
  mountMcp(app, { ...deps, authenticate, ...othersOf(deps, () => links) });
  if (deps.gateway === undefined)
    await app.register((scope) => mountGitPaw(scope, { ...deps, authenticate }));
  await app.register((scope) =>
    mountPage(scope, {
      ...{ ...deps, folder: deps.rendererFolder, cookieName },
      index: deps.gateway === undefined ? 'index.html' : 'gateway.html',
    }),
  );
  bound.port = await listen(app, port);
  checkRequest = createCheckRequest(bound.port);
  const upgrades = createUpgrades(app.server, deps.log);
  if (deps.gateway !== undefined) links = takeLinks(upgrades, { ...deps, door: deps.gateway });
  const leaveNodes = links === undefined ? takeNodes(upgrades, deps) : undefined;
  return {
    app,
    port: bound.port,
    url: `http://127.0.0.1:${bound.port}`,
    checkRequest,
    upgrades,
    operatorOf: (request) =>
      deps.sessions.isOpen(cookieOf(request, cookieName()) ?? '') ? 'operator' : undefined,
    loginUrl,
    close: () => {
      links?.close();
      leaveNodes?.();
      return drain(app, deps.clock);
    },
  };
}

/** MCP clients of a gateway have the tools of its projects. `links`: once it listens. */
function othersOf(
  { gateway: door, clock, log }: BrokerDeps,
  links: () => ProjectLinks | undefined,
): Pick<McpDeps, 'others'> {
  if (door === undefined) return {};
  return {
    async others() {
      const { relayBriefing, relayTools } = await import('./gateway/relay.ts');
      const parts = { door, clock, log, links: must(links(), 'a gateway listens') };
      return { toolsOf: relayTools(parts), briefing: relayBriefing };
    },
  };
}

interface Checks {
  readonly check: CheckRequest;
  readonly projects: Projects;
}

/** Callbacks and not promises: every request passes here, and one turn of the microtask queue is a tenth of its time. */
function mountChecks(app: FastifyInstance, { check, projects }: Checks): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const refusal = check(request);
    const opening = projects.opening();
    if (refusal !== undefined) done(new MusherError(refusal));
    else if (opening === undefined) done();
    else
      opening.then(
        () => done(),
        () => done(),
      );
  });
}

/** What `GET /status` tells anybody on this machine; the first words are git-paw's. */
function statusOf({ projects, version, clock, gateway }: BrokerDeps, startedMs: number): object {
  // A gateway has opened none itself.
  const open = gateway === undefined ? projects.list() : [];
  return {
    git_paw: true,
    musher: true,
    ...(gateway !== undefined && { gateway: true }),
    version,
    uptime_seconds: Math.floor((clock.elapsed() - startedMs) / 1000),
    repository: open[0]?.root,
    projects: open.map(({ id, root }) => ({ id, repository: root })),
    agents: open.flatMap((project) => project.roster()),
  };
}

async function drain(app: FastifyInstance, clock: Clock): Promise<void> {
  const cancel = clock.schedule(() => app.server.closeAllConnections(), drainMs);
  try {
    await app.close();
  } finally {
    cancel();
  }
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

/**
 * `/a/<token>/v1/…` becomes `/v1/…` with that token: for clients that know nothing but a base URL. A port behind the token
 * is left out: some clients put one behind whatever they take for the host.
 */
function takeCapability(
  request: IncomingMessage,
  tokens: WeakMap<IncomingMessage, string>,
): string {
  const url = request.url ?? '/';
  if (!url.startsWith('/a/')) return url;
  const end = url.indexOf('/', 3);
  const token = end === -1 ? url.slice(3) : url.slice(3, end);
  tokens.set(request, token.replace(/:\d{1,5}$/u, ''));
  return end === -1 ? '/' : url.slice(end);
}

function createAuthenticate(
  deps: BrokerDeps,
  pathTokens: WeakMap<IncomingMessage, string>,
): (request: FastifyRequest) => Caller {
  const { requestsPerSecond } = deps.limits;
  const limit = createRateLimit({ perSecond: requestsPerSecond, elapsed: deps.clock.elapsed });
  return (request) => {
    const bearer = request.headers.authorization;
    const token =
      bearer?.startsWith('Bearer ') === true
        ? bearer.slice('Bearer '.length)
        : pathTokens.get(request.raw);
    const caller = token === undefined ? undefined : callerOf(deps.projects, token);
    if (caller === undefined) throw musherError('UNAUTHENTICATED');
    const { actor, project } = caller;
    const waitMs = actor === 'operator' ? 0 : limit.take(`${project.id}/${actor}`);
    if (waitMs > 0)
      throw musherError('RATE_LIMITED', {
        limit: requestsPerSecond * burstSeconds,
        windowSeconds: burstSeconds,
        retrySeconds: Math.ceil(waitMs / 1000),
      });
    return caller;
  };
}

/** A token says both: who acts, and in which project. */
function callerOf(projects: Projects, token: string): Caller | undefined {
  for (const project of projects.list()) {
    const actor = project.identity.actorOf(token);
    if (actor !== undefined) return { actor, project };
  }
  return undefined;
}
