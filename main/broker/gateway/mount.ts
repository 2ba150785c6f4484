/**
 * Where projects come in to a gateway. `POST /link/register` lets in, once, whoever shows a registration token; `/link` is the WebSocket
 * of one that shows its key. Projects are no browsers: whoever names an origin is one, and turned away. They come through tunnels, so that
 * the host that they name says nothing.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import {
  gatewayProtocol,
  mcpGrantSchema,
  projectNameSchema,
  type RegisteredProject,
} from '../../../preload/contract/gateway-facts.ts';
import { linkCodes, linkFrameBytes } from '../../../preload/contract/gateway-frames.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { musherError } from '../../base/result.ts';
import { sayIssue } from '../../base/say-issue.ts';
import type { GatewayDoor } from '../../features/gateway/ports.ts';
import { createRateLimit } from '../rate-limit.ts';
import type { Upgrade, Upgrades } from '../upgrades.ts';
import { type Ask, away, ProjectLink } from './link.ts';

export const linkPath = '/link';
export const registerPath = '/link/register';
/** Links that one key may begin for long, each second. */
const linksPerSecond = 2;

const registerSchema = z.strictObject({
  protocol: z.number().int(),
  token: z.string().regex(/^gt1\.[A-Za-z0-9_-]{43}$/, 'expected a registration token, gt1.…'),
  /** SHA-256, in hexadecimal digits, of the key that the project will show. */
  key: z.string().regex(/^[0-9a-f]{64}$/, 'expected SHA-256 in hexadecimal digits'),
  project: z.string().min(1).max(80),
  repository: z.string().max(4_096),
  mcp: mcpGrantSchema,
  /** Where its Musher listens, on its own machine. */
  listens: z.string().max(300),
  name: projectNameSchema.optional(),
  address: z.string().max(300).optional(),
});

export interface GatewayParts {
  readonly door: GatewayDoor;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface ProjectLinks {
  /** Throws GATEWAY_PROJECT_AWAY, GATEWAY_BUSY, and what the project refuses with. */
  request(
    project: RegisteredProject,
    ask: Ask,
    how: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<Record<string, unknown>>;
  /** Ends them all. */
  close(): void;
}

export function mountRegister(app: FastifyInstance, { door }: GatewayParts): void {
  app.post(registerPath, async (request) => {
    requireProtocol((request.body as { protocol?: unknown } | null)?.protocol);
    const parsed = registerSchema.safeParse(request.body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const path = issue?.path.join('.') || 'data';
      const reason = issue === undefined ? 'is not valid' : sayIssue(issue, request.body);
      throw musherError('BODY_INVALID', { path, reason, type: 'register' });
    }
    const { token, protocol: _protocol, listens, ...ask } = parsed.data;
    const shown = keyIn(request.headers.authorization);
    const joined = await door.join({
      ...{ ...ask, invite: sha256(token) },
      ...(shown !== undefined && { before: sha256(shown) }),
    });
    await lookAt(door, joined.id, ask.address ?? listens);
    const { page, pageProblem } = door.linkOf(joined.id) ?? {};
    return {
      ...joined,
      ...(page !== undefined && { page }),
      ...(pageProblem !== undefined && { pageProblem }),
    };
  });
}

/** Where nothing was said, a Musher is looked for on this machine alone: what it says of itself leads to no other. */
async function lookAt(door: GatewayDoor, id: string, address: string | undefined): Promise<void> {
  if (address !== undefined && (address.startsWith('http://127.0.0.1:') || isNamed(door, id)))
    await door.look(id, address);
}

function isNamed(door: GatewayDoor, id: string): boolean {
  return door.projects().some((one) => one.id === id && one.address !== undefined);
}

export function takeLinks(upgrades: Upgrades, parts: GatewayParts): ProjectLinks {
  const { door, clock, log } = parts;
  const server = new WebSocketServer({
    ...{ noServer: true, maxPayload: linkFrameBytes, perMessageDeflate: false },
  });
  const limit = createRateLimit({ perSecond: linksPerSecond, elapsed: () => clock.elapsed() });
  const links = new Map<string, ProjectLink>();
  const begin = (link: ProjectLink): void => {
    const { id } = link.project;
    links.get(id)?.end(linkCodes.replaced);
    links.set(id, link);
    link.begin(() => {
      if (links.get(id) !== link) return;
      links.delete(id);
      door.saw(id, { isConnected: false });
    });
  };
  const off = upgrades.on(linkPath, (upgrade) => {
    const found = projectOf(upgrade, door);
    const refusal = 'code' in found ? found : tooOften(limit.take(found.project.id));
    if (refusal !== undefined) {
      log.warn({ code: refusal.code, reason: refusal.message }, 'a project was refused');
      upgrade.refuse(refusal);
    } else if (!('code' in found))
      server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => {
        upgrade.taken();
        begin(new ProjectLink(socket, found, parts));
        const listens = upgrade.request.headers['x-musher-listens'];
        const named = found.project.address ?? (typeof listens === 'string' ? listens : undefined);
        void lookAt(door, found.project.id, named);
      });
  });
  const stop = door.onChange(() => {
    for (const link of links.values())
      if (door.projectOf(link.key) === undefined) link.end(linkCodes.removed);
  });
  return {
    request(project, ask, how) {
      const link = links.get(project.id);
      if (link === undefined) throw away(project.name, 'it is not connected');
      return link.request(ask, how);
    },
    close() {
      off();
      void stop();
      for (const link of links.values()) link.end(1001);
      server.close();
    },
  };
}

function tooOften(waitMs: number): WireError | undefined {
  if (waitMs === 0) return undefined;
  const retrySeconds = Math.ceil(waitMs / 1000);
  return toWireError('RATE_LIMITED', { limit: linksPerSecond, windowSeconds: 1, retrySeconds });
}

interface Found {
  readonly project: RegisteredProject;
  readonly key: string;
}

function projectOf({ request }: Upgrade, door: GatewayDoor): Found | WireError {
  const { origin, authorization, 'x-musher-gateway': spoken } = request.headers;
  if (origin !== undefined) return toWireError('ORIGIN_REFUSED', { origin });
  if (spoken !== String(gatewayProtocol))
    return toWireError('GATEWAY_PROTOCOL', {
      ...{ own: gatewayProtocol, other: String(spoken ?? 'none') },
    });
  const key = sha256(keyIn(authorization) ?? '');
  const project = door.projectOf(key);
  return project === undefined ? toWireError('REGISTRATION_UNKNOWN') : { project, key };
}

function requireProtocol(other: unknown): void {
  if (typeof other === 'number' && other !== gatewayProtocol)
    throw musherError('GATEWAY_PROTOCOL', { own: gatewayProtocol, other });
}

function keyIn(authorization: string | undefined): string | undefined {
  return authorization?.startsWith('Bearer ') === true
    ? authorization.slice('Bearer '.length)
    : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
