// A gateway on a port of its own, and projects that come to it by real sockets: all in this process, so that it can be held to.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type WebSocket from 'ws';
import { gatewayProtocol, type ProjectStatus } from '../../preload/contract/gateway-facts.ts';
import type { ProjectRow } from '../../preload/contract/gateway.ts';
import {
  type GatewayLinksOptions,
  gatewayLinks,
  type OpenGatewayLinks,
} from '../../main/adapters/gateway/gateway-links.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type OpenGateway, openGateway } from '../../main/compose/gateway.ts';
import { sha256, type Stranger, strangerAt } from './cluster-world.ts';
import { type Logged, memoryLogger } from './memory-logger.ts';

export interface GatewayWorld {
  readonly logged: Logged[];
  gateway(): OpenGateway;
  /** Begins, or begins again at the same port with what it remembers. */
  start(): Promise<void>;
  stop(): Promise<void>;
  token(): Promise<string>;
  ask(type: string, data?: object): Promise<unknown>;
  list(): Promise<ProjectRow[]>;
  /** How one stands, as `gateway list` has it. */
  row(name: string): Promise<ProjectRow | undefined>;
  /** A project that is not registered yet. */
  project(name: string, over?: Partial<GatewayLinksOptions>): OpenGatewayLinks;
  /** Registers one and has it connected; its key is nobody's to know. */
  registered(
    name: string,
    over?: Partial<GatewayLinksOptions> & { readonly mcp?: ProjectRow['mcp'] },
  ): Promise<OpenGatewayLinks>;
  /** A project whose key the test has, and that says what it likes. */
  hostile(name: string): Promise<{ readonly key: string; link(): Promise<Stranger> }>;
  link(headers: Readonly<Record<string, string>>): Promise<Stranger>;
  register(body: object, headers?: Readonly<Record<string, string>>): Promise<Response>;
  end(): Promise<void>;
}

export const aStatus: ProjectStatus = {
  ...{ version: '1.0.0', agents: { working: 2, idle: 1 }, stories: { coding: 1, backlog: 4 } },
  waiting: { total: 3, blocking: 1, kinds: { question: 1, approval: 2 } },
};

export async function gatewayWorld(): Promise<GatewayWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-gateway-'));
  // Where browsers that signed in are kept; a run of tests has one already.
  process.env.MUSHER_DATA ??= folder;
  const logged: Logged[] = [];
  const log = memoryLogger(logged);
  const opened: OpenGatewayLinks[] = [];
  const sockets: WebSocket[] = [];
  let running: OpenGateway | undefined;
  let port = 0;
  const gateway = (): OpenGateway => {
    if (running === undefined) throw new Error('the gateway does not run');
    return running;
  };
  const post = (route: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${gateway().url}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const world: GatewayWorld = {
    ...{ logged, gateway },
    async start() {
      const dataFolder = path.join(folder, 'gateway');
      running = await openGateway({ port, dataFolder, log, onLogin: () => undefined });
      port = Number(new URL(running.url).port);
    },
    async stop() {
      await running?.dispose();
      running = undefined;
    },
    async ask(type, data = {}) {
      const authorization = `Bearer ${gateway().operatorToken}`;
      const answer = await post(`/v1/${type}`, data, { authorization });
      const body = (await answer.json()) as { result?: unknown; error?: { code: string } };
      if (!answer.ok) throw new Error(JSON.stringify(body.error));
      return body.result ?? body;
    },
    async token() {
      const token = `gt1.${randomBytes(32).toString('base64url')}`;
      await world.ask('project.invite', { hash: sha256(token) });
      return token;
    },
    list: async () => ((await world.ask('project.list')) as { projects: ProjectRow[] }).projects,
    row: async (name) => (await world.list()).find((one) => one.name === name),
    project(name, over = {}) {
      const links = gatewayLinks({
        ...{ dataFolder: path.join(folder, name), project: `log-${name}` },
        ...{ repository: `/code/${name}`, listens: () => 'http://127.0.0.1:1' },
        serve: async () => ({ tools: [] }),
        ...{ clock: systemClock, log },
        ...over,
      });
      opened.push(links);
      return links;
    },
    async registered(name, { mcp = 'none', ...over } = {}) {
      const links = world.project(name, over);
      await links.register({ gateway: gateway().url, join: await world.token(), mcp });
      links.onChange(() => links.link()?.state === 'connected' && links.say(aStatus));
      await links.begin();
      return links;
    },
    async hostile(name) {
      const key = `gk1.${name}`;
      const answer = await world.register({
        ...{ protocol: gatewayProtocol, token: await world.token(), key: sha256(key) },
        ...{ project: `log-${name}`, repository: `/code/${name}`, mcp: 'act', listens: '' },
      });
      if (!answer.ok) throw new Error(await answer.text());
      return { key, link: () => world.link(linkHeaders(key)) };
    },
    async link(headers) {
      const stranger = await strangerAt(gateway().url, headers, '/link');
      sockets.push(stranger.socket);
      return stranger;
    },
    register: (body, headers) => post('/link/register', body, headers),
    async end() {
      for (const links of opened) links.close();
      for (const socket of sockets) socket.terminate();
      await world.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await world.start();
  return world;
}

/** What a project shows. */
export function linkHeaders(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'x-musher-gateway': String(gatewayProtocol) };
}
