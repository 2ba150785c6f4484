import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { silentLogger } from '../../main/base/logger.ts';
import { attachWebSocketBridge } from '../../main/bridge/websocket.ts';
import { createUpgrades, type Upgrades } from '../../main/broker/upgrades.ts';
import type { WebSocketBridge } from '../../main/bridge/websocket.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import type { ServerFrame } from '../../preload/contract/bridge.ts';
import { decodeServerFrame } from '../../preload/contract/frame-codec.ts';
import { createBridgeClient } from '../../renderer/hub/bridge-client.ts';
import { bridgeUrlOf, createWebSocketChannel } from '../../renderer/hub/websocket-channel.ts';
import { TestClock } from '../harness/clock.ts';
import { MemoryDoor } from '../harness/bridge/memory-door.ts';
import { MemoryTerminals } from '../harness/bridge/memory-terminals.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';

let door: MemoryDoor;
let terminals: MemoryTerminals;
let clock: TestClock;
let server: Server;
let bridge: WebSocketBridge;
let host: string;
/** Of the project that pages are for. */
let opening: Promise<unknown> | undefined;
let isOpen: boolean;
const opened = new Set<WebSocket>();

beforeEach(async () => {
  [opening, isOpen] = [undefined, true];
  door = new MemoryDoor();
  terminals = new MemoryTerminals();
  clock = new TestClock();
  server = createServer((_request, response) => response.end('page'));
  await listen(0);
});

afterEach(async () => {
  for (const socket of opened) socket.terminate();
  opened.clear();
  await stop();
});

async function listen(port: number): Promise<void> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  bridge = attachWebSocketBridge({
    upgrades: watched(upgradesOf(server)),
    path: '/bridge',
    clock,
    session: { version: '1.0.0', log: silentLogger },
    opening: () => opening,
    authenticate(request) {
      if (!isOpen) return toWireError('SHUTTING_DOWN');
      const known = actors[request.headers.cookie ?? ''];
      return known === undefined ? toWireError('UNAUTHENTICATED') : { ...known, door, terminals };
    },
    checkRequest: (request: IncomingMessage) =>
      request.headers.host === host
        ? undefined
        : toWireError('HOST_REFUSED', { host: `${request.headers.host}` }),
  });
}

/** A server may be listened with again, and has one who hands out its upgrades. */
const handing = new WeakMap<Server, Upgrades>();
function upgradesOf(one: Server): Upgrades {
  const known = handing.get(one) ?? createUpgrades(one, silentLogger);
  handing.set(one, known);
  return known;
}

/** Whether upgrades are taken, as told to who waits for the end of it. */
let isTaking = false;
function watched(upgrades: Upgrades): Upgrades {
  return {
    on(path, take) {
      const off = upgrades.on(path, take);
      isTaking = true;
      return () => {
        off();
        isTaking = false;
      };
    },
  };
}

async function stop(): Promise<void> {
  const gone = bridge.dispose();
  await waitUntil(() => !isTaking);
  clock.advance(1_000);
  await gone;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

const actors: Record<string, { actor: Actor }> = {
  'session=operator': { actor: 'operator' },
  'session=agent': { actor: 'agent:backend' },
};

/** A browser's page of this server, unless said otherwise. */
function openSocket(
  headers: Record<string, string> = {},
  path = '/bridge',
  options: ClientOptions = {},
) {
  const own = { origin: `http://${host}`, cookie: 'session=operator', ...headers };
  const socket = new WebSocket(`ws://${host}${path}`, { headers: own, ...options });
  socket.binaryType = 'arraybuffer';
  opened.add(socket);
  return socket;
}

/** What comes of a page: its frames and how it ended. */
function watch(socket: WebSocket) {
  const seen = { frames: [] as ServerFrame[], closeCode: 0, status: 0, isOpen: false };
  socket.on('open', () => {
    seen.isOpen = true;
  });
  socket.on('message', (data, isBinary) =>
    seen.frames.push(decodeServerFrame(isBinary ? (data as ArrayBuffer) : String(data))),
  );
  socket.on('close', (code) => {
    seen.closeCode = code;
  });
  socket.on('unexpected-response', (_request, response) => {
    seen.status = response.statusCode ?? 0;
    response.destroy();
  });
  socket.on('error', () => {});
  return seen;
}

async function greeted() {
  const socket = openSocket();
  const seen = watch(socket);
  await waitUntil(() => seen.isOpen);
  socket.send(JSON.stringify({ k: 'hello', protocol: 4, sinceSeq: 0 }));
  await waitUntil(
    () => seen.frames.length === 2,
    () => seen,
  );
  return { socket, seen };
}

describe('who may connect', () => {
  test('the operator’s own page gets a session', async () => {
    const { seen } = await greeted();
    expect(seen.frames.map((frame) => frame.k)).toEqual(['welcome', 'snapshot']);
  });

  test('a page that comes while its project opens gets its session when that is open', async () => {
    isOpen = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    opening = promise;
    const came = new Promise((resolveCame) => server.once('upgrade', resolveCame));
    const greeting = greeted();
    await came;
    isOpen = true;
    resolve();
    expect((await greeting).seen.frames.map((frame) => frame.k)).toEqual(['welcome', 'snapshot']);
  });

  test('a page whose project could not be opened is not told that it is signed out', async () => {
    isOpen = false;
    const seen = watch(openSocket());
    await waitUntil(() => seen.closeCode !== 0);
    expect(seen).toMatchObject({ frames: [], closeCode: 1001 });
  });

  test.each([
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['a page of another port here', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without an address of its own', { origin: 'null' }, 403],
    ['a rebound name', { host: 'evil.example', origin: 'http://evil.example' }, 403],
    ['a rebound name that pretends', { host: 'evil.example' }, 403],
  ])('%s is refused before the handshake', async (_title, headers, status) => {
    const seen = watch(openSocket(headers));
    await waitUntil(
      () => seen.status !== 0,
      () => seen,
    );
    expect(seen).toEqual({ frames: [], closeCode: 0, status, isOpen: false });
  });

  test('who does not say where it comes from is refused, cookie or not', async () => {
    const lines = [
      'GET /bridge HTTP/1.1',
      `Host: ${host}`,
      'Cookie: session=operator',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ];
    const answer = await ask(lines.join('\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden/);
    expect(answer).toContain('ORIGIN_REFUSED');
  });

  test('another path is not found', async () => {
    const seen = watch(openSocket({}, '/elsewhere'));
    await waitUntil(() => seen.status !== 0);
    expect(seen.status).toBe(404);
  });

  test.each([
    ['nobody', '', 'UNAUTHENTICATED'],
    ['a forged cookie', 'session=forged', 'UNAUTHENTICATED'],
    ['an agent', 'session=agent', 'FORBIDDEN'],
  ])('%s is told so and gets nothing else', async (_title, cookie, code) => {
    const socket = openSocket({ cookie });
    const seen = watch(socket);
    await waitUntil(
      () => seen.closeCode !== 0,
      () => seen,
    );
    expect(seen.frames).toEqual([{ k: 'bye', error: expect.objectContaining({ code }) }]);
    expect(seen.closeCode).toBe(1008);
    expect(door.feeds.size).toBe(0);
  });

  test('bytes that are no HTTP do not hurt the server', async () => {
    await ask('\u0000\u0001 nonsense\r\n\r\n');
    const { seen } = await greeted();
    expect(seen.frames).toHaveLength(2);
  });
});

/** Sends raw bytes and reads until the server closes. */
function ask(text: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('messages', () => {
  test('terminal output comes as bytes, everything else as text', async () => {
    const { socket, seen } = await greeted();
    socket.send(JSON.stringify({ k: 'term.open', ch: 9, terminalId: 'a.1', cols: 80, rows: 24 }));
    await waitUntil(() => seen.frames.length === 3);
    terminals.everAttached[0]?.viewer.onData(new Uint8Array([0, 255, 10]));
    await waitUntil(() => seen.frames.length === 4);
    expect(seen.frames.at(-1)).toEqual({
      k: 'term.data',
      ch: 9,
      bytes: new Uint8Array([0, 255, 10]),
    });
  });

  test.each<[string, string | Buffer]>([
    ['no JSON', 'hello?'],
    ['bytes', Buffer.from(JSON.stringify({ k: 'resync' }))],
    ['a frame of no known kind', JSON.stringify({ k: 'eval', code: '1' })],
  ])('%s ends the session with bye', async (_title, message) => {
    const { socket, seen } = await greeted();
    socket.send(message);
    await waitUntil(() => seen.closeCode !== 0);
    expect(seen.frames.at(-1)).toMatchObject({ k: 'bye', error: { code: 'BAD_REQUEST' } });
    expect(door.feeds.size).toBe(0);
  });

  test('a message above the bound closes its socket and nothing else', async () => {
    const { socket, seen } = await greeted();
    const other = await greeted();
    socket.send('x'.repeat(2 * 1024 * 1024 + 1));
    await waitUntil(() => seen.closeCode !== 0);
    expect(seen.closeCode).toBe(1009);
    await waitUntil(() => door.feeds.size === 1);
    expect(other.seen.closeCode).toBe(0);
  });

  test('a page that goes in mid-stream leaves nothing behind', async () => {
    const { socket, seen } = await greeted();
    socket.send(JSON.stringify({ k: 'term.open', ch: 1, terminalId: 'a.1', cols: 80, rows: 24 }));
    socket.send(JSON.stringify({ k: 'query', rid: 1, type: 'test.wait', data: {} }));
    await waitUntil(() => seen.frames.length === 3);
    socket.terminate();
    await waitUntil(() => terminals.attached.size + door.feeds.size + door.waiting.size === 0);
  });
});

describe('lifetime', () => {
  test('a page that answers no ping is cut off after two', async () => {
    const socket = openSocket({}, '/bridge', { autoPong: false });
    const seen = watch(socket);
    await waitUntil(() => seen.isOpen);
    let pings = 0;
    socket.on('ping', () => {
      pings += 1;
    });
    for (const expected of [1, 2]) {
      clock.advance(20_000);
      await waitUntil(() => pings === expected);
    }
    expect(seen.closeCode).toBe(0);
    clock.advance(20_000);
    await waitUntil(() => seen.closeCode !== 0);
    expect(seen.closeCode).toBe(1006);
  });

  test('a page that answers lives on', async () => {
    const { socket, seen } = await greeted();
    for (const expected of [1, 2, 3, 4]) {
      let pings = 0;
      socket.once('ping', () => {
        pings = expected;
      });
      clock.advance(20_000);
      await waitUntil(() => pings === expected);
      // The pong comes before what is asked after it.
      socket.send(JSON.stringify({ k: 'query', rid: expected, type: 'test.echo', data: 1 }));
      await waitUntil(() => seen.frames.length === 2 + expected);
    }
    expect(seen.closeCode).toBe(0);
  });

  test('dispose tells every page that the host goes, and waits for none that is stuck', async () => {
    const { seen } = await greeted();
    const stuck = await greeted();
    stuck.socket.pause();
    const gone = bridge.dispose();
    await waitUntil(() => seen.closeCode === 1001);
    clock.advance(1_000);
    await gone;
    expect(door.feeds.size).toBe(0);
    expect(clock.pending()).toEqual([]);
    bridge = { dispose: async () => {} };
  });
});

describe('the page’s own half', () => {
  function openPage(cookie = 'session=operator') {
    const page = new TestClock();
    const states: string[] = [];
    let sockets = 0;
    const url = bridgeUrlOf({ protocol: 'http:', host });
    const channel = createWebSocketChannel({
      url,
      clock: page,
      openSocket: (address) => {
        sockets += 1;
        const socket = new WebSocket(address, { headers: { origin: `http://${host}`, cookie } });
        opened.add(socket);
        // A browser's socket tells its page of a failure, and does not throw it.
        socket.on('error', () => {});
        return socket as unknown as globalThis.WebSocket;
      },
    });
    const client = createBridgeClient(channel);
    client.subscribe({ onStatus: ({ state }) => void states.push(state) });
    return { client, states, clock: page, count: () => sockets, channel };
  }

  test('lives through a restart of the host with a command and a terminal open', async () => {
    const { client, states, clock: page } = openPage();
    const bytes: number[] = [];
    const handlers = {
      onRestore() {},
      onData: (data: Uint8Array) => void bytes.push(...data),
      onExit() {},
      onError() {},
    };
    const terminal = client.openTerminal('a.1', { cols: 80, rows: 24 }, handlers);
    await waitUntil(() => terminals.attached.size === 1);
    door.gate = new Promise(() => {});
    const receipt = client.dispatch('agent.stop', { agent: 'a' });
    await waitUntil(() => door.dispatched.length === 1);
    await stop();
    await waitUntil(() => states.length === 3);
    expect(states).toEqual(['connecting', 'live', 'reconnecting']);
    door.gate = undefined;
    await listen(Number(host.split(':')[1]));
    page.advance(250);
    expect((await receipt).result).toEqual({ agent: 'a' });
    expect(door.dispatched[0]?.command.id).toBe(door.dispatched[1]?.command.id);
    await waitUntil(() => terminals.attached.size === 1);
    terminals.everAttached.at(-1)?.viewer.onData(new Uint8Array([1, 2]));
    await waitUntil(() => bytes.length === 2);
    terminal.acknowledge(2);
    await waitUntil(() => terminals.everAttached.at(-1)?.calls[0] === 'ack 2');
    client.close();
  });

  test('tries again ever more slowly while nobody answers, and at once after a success', async () => {
    const { states, clock: page, client } = openPage();
    await waitUntil(() => states.includes('live'));
    await stop();
    const waits: number[] = [];
    for (const expected of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
      await waitUntil(() => page.pending().length === 1);
      waits.push(...page.pending());
      expect(waits.at(-1)).toBe(expected);
      page.advance(expected);
    }
    await listen(Number(host.split(':')[1]));
    await waitUntil(() => page.pending().length === 1);
    page.advance(5000);
    await waitUntil(() => states.at(-1) === 'live');
    client.close();
  });

  test('stops for good when it is signed out', async () => {
    const { states, clock: page, count, client } = openPage('session=forged');
    await waitUntil(() => states.includes('signedOut'));
    expect(page.pending()).toEqual([]);
    expect(count()).toBe(1);
    client.close();
  });

  test.each([
    ['http:', 'ws://host:1/bridge'],
    ['https:', 'wss://host:1/bridge'],
  ])('from %s it connects to %s', (protocol, url) => {
    expect(bridgeUrlOf({ protocol, host: 'host:1' })).toBe(url);
  });
});
