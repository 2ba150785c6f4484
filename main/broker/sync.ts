/**
 * Where nodes come in. `POST /sync/join` makes one of whoever shows a join token; `/sync` is the WebSocket of one that shows its key. Nodes
 * are no browsers: whoever names an origin is one, and turned away. They come through tunnels, so that the host that they name says nothing.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { nodeLabelSchema, syncProtocol } from '../../preload/contract/cluster-facts.ts';
import { peerKeySchema } from '../../preload/contract/peer-facts.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, type MusherError, reasonOf } from '../base/result.ts';
import { sayIssue } from '../base/say-issue.ts';
import type { AdmittedNode, ClusterDoor, SyncSocket } from '../features/cluster/ports.ts';
import type { Projects } from './broker.ts';
import { takeTerminals } from './sync-terminals.ts';
import type { Upgrade, Upgrades } from './upgrades.ts';

export const syncPath = '/sync';
/** Of one message; what is larger ends the link. */
const maxPayload = 8 * 1024 * 1024;

/** What RFC 6455 says of a server that ends. The node tries again. */
const goingAway = 1001;
/** A node that does not answer to the end of its link is cut off after this, milliseconds. */
const closeMs = 1_000;

const joinSchema = z.strictObject({
  protocol: z.number().int(),
  token: z.string().regex(/^mj1\.[A-Za-z0-9_-]{43}$/, 'expected a join token, mj1.…'),
  /** SHA-256, in hexadecimal digits, of the key that the node will show. */
  key: z.string().regex(/^[0-9a-f]{64}$/, 'expected SHA-256 in hexadecimal digits'),
  label: nodeLabelSchema.optional(),
  peerKey: peerKeySchema.optional(),
  host: z.string().max(255),
  platform: z.string().max(60),
});

export interface SyncDeps {
  readonly projects: Projects;
  readonly log: Logger;
}

export function mountJoin(app: FastifyInstance, { projects }: SyncDeps): void {
  app.post(`${syncPath}/join`, async (request) => {
    const protocol = (request.body as { protocol?: unknown } | null)?.protocol;
    if (typeof protocol === 'number' && protocol !== syncProtocol)
      throw musherError('SYNC_PROTOCOL', { own: syncProtocol, other: protocol });
    const parsed = joinSchema.safeParse(request.body);
    if (!parsed.success) throw badJoin(parsed.error.issues[0], request.body);
    const { token, protocol: _protocol, ...ask } = parsed.data;
    const invite = sha256(token);
    const project = projects.list().find(({ cluster }) => cluster.knowsInvite(invite));
    if (project === undefined)
      throw musherError('JOIN_TOKEN_INVALID', { reason: 'nobody made it, or it was taken back' });
    const joined = await project.cluster.join({ ...ask, invite });
    return { ...joined, project: project.id };
  });
}

function badJoin(issue: z.core.$ZodIssue | undefined, body: unknown): MusherError {
  const field = issue?.path.join('.') || 'data';
  const reason = issue === undefined ? 'is not valid' : sayIssue(issue, body);
  return musherError('BODY_INVALID', { path: field, reason, type: 'node' });
}

/** Returns the end, by which all links end: who was cut off would hold up whoever waits for them. */
export function takeNodes(upgrades: Upgrades, { projects, log }: SyncDeps): () => void {
  const server = new WebSocketServer({
    ...{ noServer: true, maxPayload, perMessageDeflate: false, closeTimeout: closeMs },
  });
  const letIn = (upgrade: Upgrade): void => {
    const node = nodeOf(upgrade, projects);
    if ('code' in node) {
      log.warn({ code: node.code, reason: node.message }, 'a node was refused');
      upgrade.refuse(node);
      return;
    }
    server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) => {
      upgrade.taken();
      socket.on('error', (error) => log.debug({ reason: reasonOf(error) }, 'a link failed'));
      node.cluster.accept(toSyncSocket(socket), node.admitted).catch((error: unknown) => {
        log.error({ reason: reasonOf(error) }, 'a node was not let in');
        socket.close(1011);
      });
    });
  };
  // Its project may be the one that is being opened: nobody is told that he is unknown before that is known.
  const opened = async () => {
    await projects.opening()?.catch(() => undefined);
  };
  const off = upgrades.on(syncPath, (upgrade) => void opened().then(() => letIn(upgrade)));
  const leaveTerminals = takeTerminals(upgrades, {
    nodeOf: (upgrade) => opened().then(() => nodeOf(upgrade, projects)),
    log,
  });
  return () => {
    off();
    leaveTerminals();
    for (const link of server.clients) link.close(goingAway, 'ending');
    server.close();
  };
}

interface Found {
  readonly cluster: ClusterDoor;
  readonly admitted: AdmittedNode;
}

function nodeOf({ request }: Upgrade, projects: Projects): Found | WireError {
  const { origin, authorization = '', 'x-musher-sync': spoken } = request.headers;
  const { 'x-musher-life': life } = request.headers;
  if (origin !== undefined) return toWireError('ORIGIN_REFUSED', { origin });
  if (spoken !== String(syncProtocol))
    return toWireError('SYNC_PROTOCOL', { own: syncProtocol, other: String(spoken ?? 'none') });
  const key = sha256(authorization.replace(/^Bearer /, ''));
  for (const { cluster } of projects.list()) {
    const node = cluster.nodeOf(key);
    if (node?.isRevoked === true) return toWireError('NODE_REVOKED', { label: node.label });
    if (node === undefined) continue;
    const { id, label } = node;
    return {
      cluster,
      admitted: { id, label, life: life === undefined ? undefined : String(life) },
    };
  }
  return projects.list().length === 0
    ? toWireError('SHUTTING_DOWN')
    : toWireError('NODE_TOKEN_INVALID');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function toSyncSocket(socket: WebSocket): SyncSocket {
  return {
    get readyState() {
      return socket.readyState;
    },
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data as Uint8Array);
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    onFrame: (listener) =>
      void socket.on('message', (data, isBinary) => {
        // A text frame is nothing a node sends: it is handed on as what it is, and refused as what cannot be read.
        listener(isBinary ? new Uint8Array(data as Buffer) : new Uint8Array());
      }),
    onClose: (listener) =>
      void socket.on('close', (code, reason) => listener(code, reason.toString('utf8'))),
  };
}
