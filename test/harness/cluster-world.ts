// A rendezvous on a port of its own, and nodes that come to it by real sockets: all in this process, so that it can be held to.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { systemClock } from '../../main/base/clock.ts';
import type { Logger } from '../../main/base/logger.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { openReplica, type OpenReplica } from '../../main/adapters/cluster/replica.ts';
import { openRendezvous } from '../../main/adapters/cluster/rendezvous.ts';
import type { Projects } from '../../main/broker/broker.ts';
import { takeNodes } from '../../main/broker/sync.ts';
import { createUpgrades } from '../../main/broker/upgrades.ts';
import type { ClusterDoor, SharedDocument } from '../../main/features/cluster/ports.ts';
import type { StoryRecord } from '../../preload/contract/story-facts.ts';
import { syncProtocol } from '../../preload/contract/cluster-facts.ts';
import { memoryLogger } from './memory-logger.ts';

export interface ClusterWorld {
  readonly folder: string;
  /** What the rendezvous logged. */
  readonly logged: Array<{ level: string; message: string; fields: object }>;
  shared(): SharedDocument;
  url(): string;
  /** Keys of nodes, by id. */
  readonly keys: Map<string, string>;
  readonly revoked: Set<string>;
  /** Whether the project is open there: a Musher may have others, or none yet. */
  isOpen: boolean;
  /** Begins, or begins again at the same port. */
  start(): Promise<void>;
  /** As when its process ends: with what it had written, or by `kill -9`. */
  stop(): Promise<void>;
  node(id: string): Promise<OpenReplica>;
  /** A socket that says what it likes. */
  socket(headers: Readonly<Record<string, string>>): Promise<Stranger>;
  end(): Promise<void>;
}

export interface Stranger {
  readonly socket: WebSocket;
  /** The status and error that it was refused with; undefined: it was let in. */
  readonly refused: { readonly status: number; readonly code: string } | undefined;
  /** The code that its link was closed with. */
  readonly closed: Promise<number>;
}

export async function clusterWorld(): Promise<ClusterWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-cluster-'));
  const logged: ClusterWorld['logged'] = [];
  const log = memoryLogger(logged);
  const keys = new Map<string, string>();
  const revoked = new Set<string>();
  const replicas = new Set<OpenReplica>();
  let port = 0;
  let running: Running | undefined;
  const ours = (): Running => {
    if (running === undefined) throw new Error('the rendezvous does not run');
    return running;
  };
  const world: ClusterWorld = {
    ...{ folder, logged, keys, revoked, isOpen: true },
    shared: () => ours().shared,
    url: () => `http://127.0.0.1:${port}`,
    async start() {
      running = await run({ folder, log, keys, revoked, port, isOpen: () => world.isOpen });
      port = running.port;
    },
    async stop() {
      const { shared, server, leave } = ours();
      running = undefined;
      leave();
      await shared.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async node(id) {
      const key = keys.get(id) ?? `mn1.${randomBytes(32).toString('base64url')}`;
      keys.set(id, key);
      const self = { node: id, label: id, url: world.url(), key, project: 'p' };
      const file = path.join(folder, `${id}.sqlite`);
      const replica = await openReplica({ file, self, clock: systemClock, log: silentLogger });
      replicas.add(replica);
      return replica;
    },
    socket: (headers) => strangerAt(world.url(), headers),
    async end() {
      for (const replica of replicas) await replica.close().catch(() => undefined);
      if (running !== undefined) await world.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await world.start();
  return world;
}

interface Running {
  readonly shared: SharedDocument;
  readonly server: Server;
  readonly port: number;
  leave(): void;
}

interface RunOptions extends Pick<ClusterWorld, 'folder' | 'keys' | 'revoked'> {
  readonly log: Logger;
  readonly port: number;
  readonly isOpen: () => boolean;
}

async function run({ folder, log, keys, revoked, port, isOpen }: RunOptions): Promise<Running> {
  const file = path.join(folder, 'shared.sqlite');
  const shared = await openRendezvous({ file, project: 'p', clock: systemClock, log });
  const server = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cluster: ClusterDoor = {
    join: () => Promise.reject(new Error('nobody joins here')),
    knowsInvite: () => false,
    nodeOf(key) {
      const id = [...keys].find(([, known]) => sha256(known) === key)?.[0];
      return id === undefined ? undefined : { id, label: id, isRevoked: revoked.has(id) };
    },
    accept: (socket, node) => shared.accept(socket, node),
    terminals: {
      accept: (link) => link.terminate(),
      watch: () => {
        throw new Error('nobody watches here');
      },
    },
  };
  const list = () => (isOpen() ? [{ cluster }] : []);
  const projects = { list, opening: () => undefined } as unknown as Projects;
  const leave = takeNodes(createUpgrades(server, log), { projects, log });
  return { shared, server, port: (server.address() as AddressInfo).port, leave };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a node shows. */
export function keyHeaders(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'x-musher-sync': String(syncProtocol) };
}

export function strangerAt(
  url: string,
  headers: Readonly<Record<string, string>>,
  path = '/sync',
): Promise<Stranger> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.on('open', () => resolve({ socket, refused: undefined, closed }));
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () => {
        const { error } = JSON.parse(text) as { error: { code: string } };
        resolve({
          socket,
          refused: { status: response.statusCode ?? 0, code: error.code },
          closed,
        });
      });
    });
  });
}

export function sharedStory(id: string, more: Partial<StoryRecord> = {}): StoryRecord {
  return {
    ...{ id, type: 'story', title: `Story ${id}`, priority: 'normal', labels: [] },
    ...{ criteriaDone: 0, criteriaTotal: 0, dependsOn: [], review: 'gates' },
    ...{ place: { stage: 'backlog' }, sinceMs: 1, addedMs: 1, version: 1, mergeFailures: 0 },
    ...more,
  };
}
