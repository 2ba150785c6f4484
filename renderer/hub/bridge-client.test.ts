import { beforeEach, describe, expect, test } from 'vitest';
import type { ClientFrame, ServerFrame } from '../../preload/contract/bridge.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { Delta } from '../../preload/contract/sync.ts';
import type { Bridge, TerminalHandlers } from './bridge.ts';
import { createBridgeClient } from './bridge-client.ts';
import type { ChannelEvents, ClientChannel } from './channel.ts';

/** The host's end, played by the test. What the page sends waits here until the test takes it. */
class HostEnd implements ClientChannel {
  events: ChannelEvents | undefined;
  isClosed = false;
  private queue: ClientFrame[] = [];
  private isOpen = false;

  connect(events: ChannelEvents): void {
    this.events = events;
  }

  send(frame: ClientFrame): void {
    if (this.isOpen) this.queue.push(frame);
  }

  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.isOpen = true;
    this.events?.onOpen();
  }

  lose(): void {
    this.isOpen = false;
    this.queue = [];
    this.events?.onClose();
  }

  /** Answers the page's hello. */
  welcome(): void {
    this.open();
    this.say({ k: 'welcome', protocol: 4, version: '1.0.0', actor: 'operator', logId: 'log-1' });
  }

  say(frame: ServerFrame): void {
    this.events?.onFrame(frame);
  }

  take(): ClientFrame[] {
    return this.queue.splice(0);
  }
}

const delta = (fromSeq: number, toSeq: number): Delta => ({ fromSeq, toSeq, put: {}, remove: [] });
const stop = { agent: 'backend' };

let host: HostEnd;
let bridge: Bridge;
let nowMs: number;

beforeEach(() => {
  let commands = 0;
  nowMs = 1000;
  host = new HostEnd();
  bridge = createBridgeClient(host, {
    clock: { now: () => nowMs },
    newCommandId: () => `command-${++commands}`,
  });
});

describe('requests', () => {
  test('a command waits for the welcome and resolves with its receipt', async () => {
    const receipt = bridge.dispatch('agent.stop', stop);
    host.open();
    expect(host.take()).toEqual([{ k: 'hello', protocol: 4, sinceSeq: 0 }]);
    host.welcome();
    const command = { id: 'command-1', type: 'agent.stop', data: stop };
    expect(host.take().slice(1)).toEqual([{ k: 'command', rid: 1, command }]);
    host.say({ k: 'receipt', rid: 1, receipt: { commandId: 'command-1', seq: 7, result: stop } });
    expect(await receipt).toEqual({ commandId: 'command-1', seq: 7, result: stop });
  });

  test('what has no reply is sent again after a reconnect, a command under its own id', async () => {
    host.welcome();
    const receipt = bridge.dispatch('agent.stop', stop);
    const answer = bridge.query('agent.list', {});
    const done = bridge.dispatch('agent.start', stop);
    const sent = host.take().slice(1);
    host.say({ k: 'receipt', rid: 3, receipt: { commandId: 'command-2', seq: 1, result: stop } });
    await done;
    host.lose();
    host.welcome();
    expect(host.take().slice(1)).toEqual(sent.slice(0, 2));
    host.say({ k: 'receipt', rid: 1, receipt: { commandId: 'command-1', seq: 2, result: stop } });
    host.say({ k: 'answer', rid: 2, result: { agents: [] } });
    expect((await receipt).seq).toBe(2);
    expect(await answer).toEqual({ agents: [] });
  });

  test('a refusal is thrown with its wire error', async () => {
    host.welcome();
    const error = toWireError('AGENT_UNKNOWN', { agent: 'x', known: 'none' });
    const refused = bridge.dispatch('agent.stop', { agent: 'x' });
    host.say({ k: 'error', rid: 1, error });
    await expect(refused).rejects.toMatchObject({ name: 'BridgeError', wire: error });
  });

  test('an aborted query is cancelled, and not asked again', async () => {
    host.welcome();
    const abort = new AbortController();
    const answer = bridge.query('agent.list', {}, abort.signal);
    host.take();
    abort.abort(new Error('left the page'));
    await expect(answer).rejects.toThrow('left the page');
    expect(host.take()).toEqual([{ k: 'cancel', rid: 1 }]);
    host.say({ k: 'answer', rid: 1, result: 'late' });
    host.lose();
    host.welcome();
    expect(host.take().map((frame) => frame.k)).toEqual(['hello']);
  });

  test('a query whose signal is aborted already is never sent', async () => {
    host.welcome();
    host.take();
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(bridge.query('agent.list', {}, signal)).rejects.toThrow('too late');
    expect(host.take()).toEqual([]);
  });

  test('a command that is too large for a message is refused before it costs the connection', async () => {
    host.welcome();
    host.take();
    const text = 'ä'.repeat(1024 * 1024);
    const refused = bridge.dispatch('agent.type', { agent: 'backend', text });
    await expect(refused).rejects.toMatchObject({ wire: { code: 'BODY_TOO_LARGE' } });
    expect(host.take()).toEqual([]);
  });
});

describe('status', () => {
  function statuses() {
    const seen: unknown[] = [];
    bridge.subscribe({ onStatus: (status) => seen.push(status) });
    return seen;
  }

  test('it says since when it reconnects, through every attempt that fails', () => {
    const seen = statuses();
    host.welcome();
    nowMs = 2000;
    host.lose();
    nowMs = 3000;
    host.lose();
    nowMs = 4000;
    host.welcome();
    expect(seen).toEqual([
      { state: 'connecting', sinceMs: 1000 },
      { state: 'live', sinceMs: 1000, version: '1.0.0' },
      { state: 'reconnecting', sinceMs: 2000 },
      { state: 'live', sinceMs: 4000, version: '1.0.0' },
    ]);
  });

  test.each([
    ['signedOut', toWireError('UNAUTHENTICATED')],
    ['ended', toWireError('BAD_REQUEST', { reason: 'reload the page' })],
  ])('after a bye it is %s, for good', async (state, error) => {
    const seen = statuses();
    host.welcome();
    const open = bridge.query('agent.list', {});
    host.say({ k: 'bye', error });
    await expect(open).rejects.toMatchObject({ wire: error });
    await expect(bridge.query('agent.list', {})).rejects.toMatchObject({ wire: error });
    expect(seen.at(-1)).toEqual({ state, sinceMs: 1000, error });
    expect(host.isClosed).toBe(true);
  });

  test('closing it rejects what is open', async () => {
    const open = bridge.dispatch('agent.stop', stop);
    bridge.close();
    await expect(open).rejects.toMatchObject({ wire: { code: 'HUB_UNREACHABLE' } });
  });
});

describe('records', () => {
  function told() {
    const seen: string[] = [];
    bridge.subscribe({
      onSnapshot: ({ seq }) => seen.push(`snapshot ${seq}`),
      onDelta: ({ toSeq }) => seen.push(`delta ${toSeq}`),
    });
    return seen;
  }

  test('a reconnect resumes after what the page holds', () => {
    told();
    host.welcome();
    host.say({ k: 'snapshot', snapshot: { seq: 5, records: {} } });
    host.say({ k: 'delta', delta: delta(5, 6) });
    host.lose();
    host.welcome();
    expect(host.take()).toEqual([{ k: 'hello', protocol: 4, logId: 'log-1', sinceSeq: 6 }]);
  });

  test('a gap is mended by one snapshot, and nobody hears of it', () => {
    const seen = told();
    host.welcome();
    host.take();
    host.say({ k: 'snapshot', snapshot: { seq: 5, records: {} } });
    host.say({ k: 'delta', delta: delta(6, 7) });
    host.say({ k: 'delta', delta: delta(7, 8) });
    expect(host.take()).toEqual([{ k: 'resync' }]);
    host.say({ k: 'snapshot', snapshot: { seq: 8, records: {} } });
    host.say({ k: 'delta', delta: delta(7, 8) });
    host.say({ k: 'delta', delta: delta(8, 9) });
    expect(seen).toEqual(['snapshot 5', 'snapshot 8', 'delta 9']);
  });

  test('a gap that a lost connection left open is mended by the next', () => {
    const seen = told();
    host.welcome();
    host.say({ k: 'snapshot', snapshot: { seq: 5, records: {} } });
    host.say({ k: 'delta', delta: delta(6, 7) });
    host.lose();
    host.welcome();
    host.say({ k: 'delta', delta: delta(5, 7) });
    expect(seen).toEqual(['snapshot 5', 'delta 7']);
  });

  test('a hub that was set back to a backup replaces what the page holds', () => {
    const seen = told();
    host.welcome();
    host.say({ k: 'snapshot', snapshot: { seq: 50, records: {} } });
    host.lose();
    host.welcome();
    host.say({ k: 'snapshot', snapshot: { seq: 10, records: {} } });
    host.say({ k: 'delta', delta: delta(10, 11) });
    expect(seen).toEqual(['snapshot 50', 'snapshot 10', 'delta 11']);
  });

  test('a snapshot in parts is told once, when it is whole, and never mixed with one that was given up', () => {
    const whole: unknown[] = [];
    bridge.subscribe({ onSnapshot: (snapshot) => whole.push(snapshot) });
    host.welcome();
    const part = (at: number, more?: true) => ({
      ...{ seq: 5, part: at, records: { [`toy/${at}`]: at } },
      ...(more && { more }),
    });
    host.say({ k: 'snapshot', snapshot: { ...part(0, true), records: { 'toy/gone': 0 } } });
    host.lose();
    host.welcome();
    host.say({ k: 'snapshot', snapshot: { ...part(0, true), records: { 'toy/gone': 0 } } });
    host.say({ k: 'snapshot', snapshot: part(0, true) });
    host.say({ k: 'snapshot', snapshot: part(1, true) });
    expect(whole).toEqual([]);
    host.say({ k: 'snapshot', snapshot: part(2) });
    expect(whole).toEqual([{ seq: 5, records: { 'toy/0': 0, 'toy/1': 1, 'toy/2': 2 } }]);
    host.take();
    host.say({ k: 'delta', delta: delta(5, 6) });
    expect(host.take()).toEqual([]);
  });

  test('who subscribes late gets a snapshot; who left hears no more', () => {
    host.welcome();
    host.take();
    const seen: number[] = [];
    const leave = bridge.subscribe({ onSnapshot: ({ seq }) => void seen.push(seq), onDelta() {} });
    expect(host.take()).toEqual([{ k: 'resync' }]);
    host.say({ k: 'snapshot', snapshot: { seq: 5, records: {} } });
    leave();
    host.say({ k: 'snapshot', snapshot: { seq: 6, records: {} } });
    expect(seen).toEqual([5]);
  });
});

describe('terminals', () => {
  const size = { cols: 80, rows: 24 };

  function watched() {
    const seen: string[] = [];
    const handlers: TerminalHandlers = {
      onRestore: (screen) => seen.push(`restore ${screen.data}`),
      onData: (bytes) => seen.push(`data ${bytes.length}`),
      onExit: (exit) => seen.push(`exit ${exit.exitCode}`),
      onError: (error) => seen.push(`error ${error.code}`),
    };
    return { seen, terminal: bridge.openTerminal('backend.1', size, handlers) };
  }

  test('output comes in; input, size and credit go out', () => {
    host.welcome();
    host.take();
    const { seen, terminal } = watched();
    host.say({ k: 'term.restore', ch: 1, data: '$ ', ...size });
    host.say({ k: 'term.data', ch: 1, bytes: new Uint8Array(10) });
    terminal.input('ls');
    terminal.resize({ cols: 100.7, rows: Number.NaN });
    terminal.acknowledge(10);
    terminal.close();
    host.say({ k: 'term.data', ch: 1, bytes: new Uint8Array(10) });
    expect(host.take()).toEqual([
      { k: 'term.open', ch: 1, terminalId: 'backend.1', ...size },
      { k: 'term.input', ch: 1, data: 'ls' },
      { k: 'term.resize', ch: 1, cols: 100, rows: 1 },
      { k: 'term.ack', ch: 1, parsedBytes: 10 },
      { k: 'term.close', ch: 1 },
    ]);
    expect(seen).toEqual(['restore $ ', 'data 10']);
  });

  test('a reconnect attaches anew at the newest size; what was typed meanwhile is dropped', () => {
    host.welcome();
    const { seen, terminal } = watched();
    host.say({ k: 'term.data', ch: 1, bytes: new Uint8Array(100) });
    host.lose();
    terminal.input('rm -rf build\n');
    terminal.resize({ cols: 120, rows: 40 });
    host.welcome();
    host.say({ k: 'term.data', ch: 1, bytes: new Uint8Array(1) });
    host.say({ k: 'term.restore', ch: 2, data: 'again', cols: 120, rows: 40 });
    host.say({ k: 'term.data', ch: 2, bytes: new Uint8Array(7) });
    // The terminal parses the last bytes of the old attachment only now.
    terminal.acknowledge(100);
    expect(host.take().slice(1)).toEqual([
      { k: 'term.open', ch: 2, terminalId: 'backend.1', cols: 120, rows: 40 },
      { k: 'term.ack', ch: 2, parsedBytes: 7 },
    ]);
    expect(seen).toEqual(['data 100', 'restore again', 'data 7']);
  });

  test.each<[string, ServerFrame, string]>([
    ['exited', { k: 'term.exit', ch: 1, exitCode: 0, signal: null }, 'exit 0'],
    [
      'gone',
      { k: 'term.error', ch: 1, error: toWireError('TERMINAL_GONE', { agent: 'backend' }) },
      'error TERMINAL_GONE',
    ],
  ])('one that is %s is not attached again', (_title, frame, last) => {
    host.welcome();
    const { seen } = watched();
    host.say(frame);
    host.lose();
    host.welcome();
    expect(host.take().map(({ k }) => k)).toEqual(['hello']);
    expect(seen).toEqual([last]);
  });

  test('a long paste goes in parts that split no character', () => {
    host.welcome();
    host.take();
    const { terminal } = watched();
    const paste = `x${'😀'.repeat(100_000)}`;
    terminal.input(paste);
    const parts = host.take().flatMap((frame) => (frame.k === 'term.input' ? [frame.data] : []));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join('')).toBe(paste);
    expect(parts.every((part) => part.isWellFormed() && part.length <= 64 * 1024)).toBe(true);
  });

  test('after a bye each is told why', () => {
    host.welcome();
    const { seen } = watched();
    host.say({ k: 'bye', error: toWireError('UNAUTHENTICATED') });
    expect(seen).toEqual(['error UNAUTHENTICATED']);
  });
});
