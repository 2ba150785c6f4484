// One link over a socket and a clock that the test holds: what is asked, answered, given up, and too much.

import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { ProjectLink as Standing } from '../../../preload/contract/gateway-facts.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { refusedWith } from '../../../test/harness/hub.ts';
import { silentLogger } from '../../base/logger.ts';
import type { GatewayDoor } from '../../features/gateway/ports.ts';
import { ProjectLink } from './link.ts';

const status = {
  version: '1',
  agents: {},
  stories: {},
  waiting: { total: 0, blocking: 0, kinds: {} },
};
const project = {
  ...{ id: 'g-1', name: 'shop', project: 'log-shop', repository: '/code/shop' },
  ...{ mcp: 'act' as const, registeredMs: 1 },
};

class PlayedSocket extends EventEmitter {
  readyState = 1;
  readonly sent: Array<{ k: string; id?: number }> = [];
  closed: { code: number; reason: string } | undefined;
  isTerminated = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  terminate(): void {
    this.isTerminated = true;
    this.emit('close');
  }

  say(frame: object): void {
    this.emit('message', Buffer.from(JSON.stringify(frame)), false);
  }
}

function open() {
  const clock = new TestClock();
  const socket = new PlayedSocket();
  let standing: Partial<Standing> = {};
  const door = {
    saw: (_id: string, seen: Partial<Standing>) => {
      standing = { ...standing, ...seen };
    },
    heard: () => undefined,
    projectOf: () => project,
  } as unknown as GatewayDoor;
  const parts = { door, clock, log: silentLogger };
  const link = new ProjectLink(socket as unknown as WebSocket, { project, key: 'k' }, parts);
  link.begin(() => undefined);
  return { clock, socket, link, standing: () => standing };
}

const patient = { signal: new AbortController().signal, timeoutMs: 90_000 };

it('as many answers may come as were asked for, large ones too', async () => {
  const { socket, link } = open();
  const text = 'x'.repeat(100_000);
  for (let at = 1; at <= 200; at++) {
    const answered = link.request({ k: 'tools' }, patient);
    socket.say({ k: 'answer', id: at, result: { text } });
    expect(await answered).toEqual({ text });
  }
  expect(socket.closed).toBeUndefined();
});

it('of what nobody asked for, a burst ends the link, and a large frame does', () => {
  const burst = open();
  for (let at = 0; at < 60; at++) burst.socket.say({ k: 'status', status });
  expect(burst.socket.closed).toBeUndefined();
  burst.socket.say({ k: 'status', status });
  expect(burst.socket.closed).toEqual({ code: 4400, reason: 'more than 30 frames a second' });
  const large = open();
  large.socket.say({ k: 'answer', id: 1, result: { text: 'x'.repeat(20_000) } });
  expect(large.socket.closed?.reason).toMatch(/^a frame of 200\d\d characters that nobody asked/);
  large.clock.advance(1_000);
  expect(large.socket.isTerminated).toBe(true);
});

it('what is not answered in time is given up there as well, and sixteen wait at once', async () => {
  const { clock, socket, link } = open();
  const all = Array.from({ length: 16 }, () =>
    refusedWith('GATEWAY_PROJECT_AWAY', link.request({ k: 'tools' }, { ...patient, timeoutMs: 9 })),
  );
  expect(() => link.request({ k: 'tools' }, patient)).toThrow('16');
  clock.advance(9);
  const [first] = await Promise.all(all);
  expect(first?.wire.message).toContain('"shop" is away: it did not answer in time');
  expect(socket.sent.filter(({ k }) => k === 'cancel')).toHaveLength(16);
  // Late, and harmless.
  socket.say({ k: 'answer', id: 3, result: {} });
  expect(socket.closed).toBeUndefined();
});

it('a project that says nothing for 45 s has gone, and whoever waits is told', async () => {
  const { clock, socket, link } = open();
  const asked = refusedWith('GATEWAY_PROJECT_AWAY', link.request({ k: 'tools' }, patient));
  clock.advance(30_000);
  socket.say({ k: 'status', status });
  clock.advance(44_999);
  expect(socket.isTerminated).toBe(false);
  clock.advance(1);
  expect(socket.isTerminated).toBe(true);
  expect((await asked).wire.message).toContain('its link ended');
});

it('only what the project did is held against it', () => {
  const { socket, standing } = open();
  socket.emit('error', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  expect(standing().refused).toBeUndefined();
  const code = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
  socket.emit('error', Object.assign(new Error('Max payload size exceeded'), { code }));
  expect(standing().refused).toBe('Max payload size exceeded');
});
