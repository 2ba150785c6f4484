import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectEvent } from '../../main/bridge/electron-parts.ts';
import { createPortChannel } from '../../main/bridge/port-channel.ts';
import type { ServerFrame } from '../../preload/contract/bridge.ts';
import { createBridgeClient } from '../../renderer/hub/bridge-client.ts';
import { createIpcChannel } from '../../renderer/hub/ipc-channel.ts';
import type { PortReceiver } from '../../renderer/hub/ipc-channel.ts';
import { TestClock } from '../harness/clock.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';
import { buildPreload } from '../harness/electron/build-preload.ts';
import { makeDesktop } from '../harness/electron/start-desktop.ts';
import type { TestDesktop } from '../harness/electron/start-desktop.ts';
import type { StandInPage } from '../harness/electron/stand-in-page.ts';
import { StandInPort } from '../harness/electron/stand-in-port.ts';
import { StandInFrame, type StandInWindow } from '../harness/electron/stand-in-window.ts';

let folder: string;
let preload: string;
let desktop: TestDesktop;
const opened: StandInPage[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'musher-preload-'));
  preload = await buildPreload(folder);
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  desktop = await makeDesktop();
  await desktop.start();
});

afterEach(async () => {
  for (const page of opened.splice(0)) page.unload();
  desktop.standIn.app.quit();
  await waitUntil(() => desktop.standIn.app.exitCode !== undefined);
  await desktop.remove();
});

/** A window's page, loaded and connected by its own code. */
function loadPage(window: StandInWindow = desktop.window) {
  const page = desktop.standIn.loadPage(window, preload);
  opened.push(page);
  const clock = new TestClock();
  const channel = createIpcChannel({ api: page.api, page: page as unknown as PortReceiver, clock });
  const client = createBridgeClient(channel);
  const states: string[] = [];
  const seqs: number[] = [];
  client.subscribe({
    onStatus: ({ state }) => void states.push(state),
    onSnapshot: ({ seq }) => void seqs.push(seq),
    onDelta: ({ toSeq }) => void seqs.push(toSeq),
  });
  return { page, client, states, seqs, clock };
}

async function livePage(window?: StandInWindow) {
  const all = loadPage(window);
  await waitUntil(
    () => all.seqs.length > 0,
    () => all.states,
  );
  return all;
}

const quiet = { onRestore() {}, onData() {}, onExit() {}, onError() {} };

describe('the built preload', () => {
  test('exposes three functions and requires nothing but electron', () => {
    const { page } = loadPage();
    const fn = expect.any(Function);
    expect(page.exposed).toEqual({ musher: { connect: fn, tell: fn, pathOf: fn } });
    expect(page.required).toEqual(['electron']);
  });

  test('gives the port to its own window’s origin alone', async () => {
    const { page } = await livePage();
    expect(page.postedTo).toEqual(['/']);
  });
});

describe('a page', () => {
  test('dispatches, asks and mirrors over its port', async () => {
    const { client, seqs } = await livePage();
    const receipt = await client.dispatch('agent.stop', { agent: 'a' });
    expect(receipt.result).toEqual({ agent: 'a' });
    expect(desktop.door.dispatched[0]?.actor).toBe('operator');
    desktop.door.put({ 'agent/a': { id: 'a' } });
    await waitUntil(() => seqs.at(-1) === 2);
    await expect(client.query('agent.list', {})).resolves.toEqual({});
  });

  test('shows a terminal, byte for byte', async () => {
    const { client } = await livePage();
    const seen: number[] = [];
    const terminal = client.openTerminal(
      'a.1',
      { cols: 80, rows: 24 },
      { ...quiet, onData: (bytes) => void seen.push(...bytes) },
    );
    await waitUntil(() => desktop.terminals.attached.size === 1);
    const [attachment] = desktop.terminals.everAttached;
    const shared = new Uint8Array([9, 0, 255, 27, 9]);
    attachment?.viewer.onData(shared.subarray(1, 4));
    await waitUntil(() => seen.length === 3);
    expect(seen).toEqual([0, 255, 27]);
    terminal.acknowledge(3);
    await waitUntil(() => attachment?.calls.at(-1) === 'ack 3');
  });

  test('in each of two windows has a session of its own', async () => {
    const first = await livePage();
    const [file] = desktop.standIn.menu;
    const [newWindow] = Array.isArray(file?.submenu) ? file.submenu : [];
    newWindow?.click?.({} as never, undefined, {} as never);
    const second = await livePage(desktop.standIn.windows[1]);
    expect(desktop.door.feeds.size).toBe(2);
    second.page.unload();
    await waitUntil(() => desktop.door.feeds.size === 1);
    await expect(first.client.query('agent.list', {})).resolves.toEqual({});
  });

  test('that reloads in mid-stream leaves nothing behind', async () => {
    const before = await livePage();
    before.client.openTerminal('a.1', { cols: 80, rows: 24 }, quiet);
    await waitUntil(() => desktop.terminals.attached.size === 1);
    const [attachment] = desktop.terminals.everAttached;
    for (let n = 0; n < 50; n += 1) {
      desktop.door.put({ 'agent/a': n });
      attachment?.viewer.onData(new Uint8Array(1024));
    }
    before.page.unload();
    const after = await livePage();
    await waitUntil(() => desktop.door.feeds.size === 1 && desktop.terminals.attached.size === 0);
    expect(after.seqs).toEqual([50]);
  });

  test('that asks again before its old port is known to be gone ends the old session at once', async () => {
    const { page } = await livePage();
    await page.api.connect();
    await waitUntil(() => desktop.door.feeds.size === 0);
  });

  test('that does not read is spared, and caught up when it does', async () => {
    const page = desktop.standIn.loadPage(desktop.window, preload);
    opened.push(page);
    const frames: ServerFrame['k'][] = [];
    const ports = new Promise<MessagePort>((resolve) => {
      page.addEventListener('message', (event) =>
        resolve((event as MessageEvent).ports[0] as MessagePort),
      );
    });
    await page.api.connect();
    const port = await ports;
    port.onmessage = ({ data }) => void frames.push((JSON.parse(data) as ServerFrame).k);
    port.postMessage(JSON.stringify({ k: 'hello', protocol: 4, sinceSeq: 0 }));
    await waitUntil(() => frames.length === 3);
    port.postMessage(3);
    const large = 'x'.repeat(700_000);
    for (let n = 0; n < 20; n += 1) desktop.door.put({ 'agent/a': large + n });
    await waitUntil(() => frames.length === 5);
    desktop.door.put({ 'agent/a': 'not yet' });
    port.postMessage(5);
    port.postMessage(JSON.stringify({ k: 'query', rid: 1, type: 'test.echo', data: 1 }));
    await waitUntil(() => frames.at(-1) === 'answer');
    desktop.door.put({ 'agent/a': 'now' });
    await waitUntil(() => frames.length === 7);
    expect(frames.join(' ')).toBe('welcome projects snapshot delta delta answer snapshot');
  });

  test('that sends what is no frame is told so and let go', async () => {
    const { page, states, client } = await livePage();
    const port = [...(page as unknown as { ports: Set<MessagePort> }).ports][0];
    port?.postMessage({ k: 'hello' });
    await waitUntil(() => states.at(-1) === 'ended');
    expect(desktop.door.feeds.size).toBe(0);
    await expect(client.query('agent.list', {})).rejects.toMatchObject({
      wire: { code: 'BAD_REQUEST' },
    });
  });

  test('takes no port from anybody but its own window', async () => {
    const page = desktop.standIn.loadPage(desktop.window, preload);
    opened.push(page);
    const { port1, port2 } = new MessageChannel();
    const heard: unknown[] = [];
    port1.on('message', (message) => heard.push(message));
    const api = { connect: () => new Promise<void>(() => {}) };
    createBridgeClient(
      createIpcChannel({ api, page: page as unknown as PortReceiver, clock: new TestClock() }),
    );
    page.receive({ data: 'musher:port', ports: [port2], source: {}, origin: 'musher://app' });
    page.receive({
      data: 'musher:port',
      ports: [port2],
      source: page,
      origin: 'https://evil.example',
    });
    page.receive({ data: 'other', ports: [port2], source: page, origin: 'musher://app' });
    await page.api.connect();
    expect(heard).toEqual([]);
    port1.close();
  });

  test('reconnects by itself when its port closes', async () => {
    const { page, states, clock } = await livePage();
    await page.api.connect();
    await waitUntil(() => states.at(-1) === 'reconnecting');
    expect(clock.pending()).toEqual([250]);
    clock.advance(250);
    await waitUntil(
      () => states.at(-1) === 'live',
      () => states,
    );
    expect(desktop.door.feeds.size).toBe(1);
  });
});

describe('a foreign sender', () => {
  const own = (change: Partial<StandInFrame>) =>
    Object.assign(new StandInFrame('musher://app/'), change);
  const cases: Array<[string, () => ConnectEvent]> = [
    [
      'a frame inside the page',
      () => ({ sender: desktop.window.webContents, senderFrame: own({ parent: {} }) }),
    ],
    ['a frame that is gone', () => ({ sender: desktop.window.webContents, senderFrame: null })],
    [
      'a frame that was destroyed',
      () => ({ sender: desktop.window.webContents, senderFrame: own({ isGone: true }) }),
    ],
    [
      'a frame that is on its way out',
      () => ({ sender: desktop.window.webContents, senderFrame: own({ detached: true }) }),
    ],
    [
      'a window led to a web page',
      () => ({
        sender: desktop.window.webContents,
        senderFrame: own({ url: 'https://evil.example/' }),
      }),
    ],
    [
      'a window led to another file',
      () => ({
        sender: desktop.window.webContents,
        senderFrame: own({ url: 'musher://app/other.html' }),
      }),
    ],
    [
      'a window led to another host',
      () => ({ sender: desktop.window.webContents, senderFrame: own({ url: 'musher://evil/' }) }),
    ],
    [
      'a window led to a file',
      () => ({
        sender: desktop.window.webContents,
        senderFrame: own({ url: 'file:///index.html' }),
      }),
    ],
    ['what is no window of ours', () => ({ sender: { id: 99 }, senderFrame: own({}) })],
  ];

  test.each(cases)('%s gets no port', async (_title, event) => {
    await expect(desktop.standIn.ipc.invoke('musher:connect', event())).rejects.toThrow(
      /may not use musher:connect/,
    );
    expect(desktop.door.feeds.size).toBe(0);
  });

  test('the page of a window that is closed gets no port', async () => {
    const page = desktop.standIn.loadPage(desktop.window, preload);
    desktop.window.close();
    await expect(page.api.connect()).rejects.toThrow();
  });

  test('a frame that goes while it is answered leaves no session', async () => {
    const frame = own({
      postMessage: () => {
        throw new Error('disposed');
      },
    });
    const sender = desktop.window.webContents;
    await expect(
      desktop.standIn.ipc.invoke('musher:connect', { sender, senderFrame: frame }),
    ).rejects.toThrow('disposed');
    expect(desktop.door.feeds.size).toBe(0);
  });
});

describe('a notice that can be answered', () => {
  const notice = { title: 'one asks you', body: 'Which?', actions: ['a', 'b'] };

  async function onMac() {
    const mac = await makeDesktop({ platform: 'darwin' });
    await mac.start();
    const page = mac.standIn.loadPage(mac.window, preload);
    const quit = async () => {
      page.unload();
      mac.standIn.app.quit();
      await waitUntil(() => mac.standIn.app.exitCode !== undefined);
      await mac.remove();
    };
    return { mac, page, quit, shown: () => mac.standIn.notices };
  }

  test('tells its page what the person did with it, and goes when the next one comes', async () => {
    const { page, quit, shown, mac } = await onMac();
    const first = page.api.tell(notice);
    expect(shown()[0]).toMatchObject({
      isShown: true,
      options: { title: 'one asks you', hasReply: false, actions: [{ text: 'a' }, { text: 'b' }] },
    });
    const second = page.api.tell({ ...notice, actions: [], reply: 'Your answer' });
    expect(await first).toEqual({ kind: 'gone' });
    expect(shown()[1]?.options).toMatchObject({ hasReply: true, replyPlaceholder: 'Your answer' });
    shown()[1]?.emit('reply', { reply: 'neither' });
    expect(await second).toEqual({ kind: 'replied', text: 'neither' });
    const acts = [
      ['action', { actionIndex: 1 }, { kind: 'chosen', action: 1 }],
      ['action', { actionIndex: 9 }, { kind: 'opened' }],
      ['click', {}, { kind: 'opened' }],
      ['failed', {}, { kind: 'unsupported' }],
    ] as const;
    for (const [event, details, act] of acts) {
      const told = page.api.tell(notice);
      shown().at(-1)?.emit(event, details);
      expect(await told).toEqual(act);
    }
    const last = page.api.tell(notice);
    mac.standIn.app.quit();
    expect(await last).toEqual({ kind: 'gone' });
    await quit();
  });

  test('is not there where the system has none, nor for what is no page or no notice of ours', async () => {
    const { page } = await livePage();
    expect(await page.api.tell(notice)).toEqual({ kind: 'unsupported' });
    const { ipc, notices } = desktop.standIn;
    const foreign = { sender: { id: 99 }, senderFrame: page.frame };
    await expect(ipc.invoke('musher:notice', foreign, notice)).rejects.toThrow(/may not use/);
    const odd = { title: 'x', body: 'y', actions: Array(5).fill('z') };
    await expect(page.api.tell(odd)).rejects.toThrow(/at most 4 actions/);
    expect(notices).toEqual([]);
  });
});

describe('quit', () => {
  test('ends every session before the hub is closed, and lets nobody in after', async () => {
    const { page } = await livePage();
    desktop.close = async () => {
      expect(desktop.door.feeds.size).toBe(0);
      await expect(page.api.connect()).rejects.toThrow(/No handler/);
    };
    desktop.standIn.app.quit();
    await waitUntil(() => desktop.standIn.app.exitCode !== undefined);
    expect(desktop.standIn.app.exitCode).toBe(0);
  });
});

describe('a port’s count', () => {
  test.each([[5], [-1], [0.5], [Number.NaN]])('of %d that cannot be is no frame', async (count) => {
    const { port1, port2 } = new MessageChannel();
    const heard: unknown[] = [];
    const channel = createPortChannel(new StandInPort(port1));
    channel.onFrame((raw) => heard.push(raw));
    channel.send({ k: 'term.exit', ch: 1, exitCode: 0, signal: null });
    port2.postMessage(count);
    await waitUntil(() => heard.length === 1);
    expect(heard).toEqual([undefined]);
    expect(channel.pendingBytes()).toBeGreaterThan(0);
    port2.postMessage(1);
    await waitUntil(() => channel.pendingBytes() === 0);
    channel.close();
  });
});
