import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import type { Caller } from '../broker.ts';
import { McpSessions } from './sessions.ts';

const minuteMs = 60_000;
let clock: TestClock;
let sessions: McpSessions;
let server: Server;
let isWelcome: boolean;

beforeEach(async () => {
  clock = new TestClock();
  isWelcome = true;
  let ids = 0;
  const deps = { tools: new Map(), resources: new Map(), clock, log: silentLogger, version: '1' };
  sessions = new McpSessions(deps, () => `session-${++ids}`);
  const caller = { actor: 'agent:a', project: { id: 'p' } } as unknown as Caller;
  server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const part of request) text += String(part);
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      await sessions.handle({ caller, isWelcome: () => isWelcome, request, response, body });
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  await sessions.close();
  expect(clock.pending()).toEqual([]);
  server.close();
});

const initialize = {
  ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
  params: {
    ...{ protocolVersion: '2025-11-25', capabilities: {} },
    clientInfo: { name: 'test', version: '1' },
  },
};

/** Resolves with its status, when it has all of its answer. */
async function post(body: object, session?: string): Promise<{ status: number; session: string }> {
  const { port } = server.address() as AddressInfo;
  const headers = {
    ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    ...(session !== undefined && { 'mcp-session-id': session }),
  };
  const sent = ask({ port, host: '127.0.0.1', method: 'POST', headers });
  sent.end(JSON.stringify(body));
  const [answer] = await once(sent, 'response');
  answer.resume();
  await once(answer, 'end');
  const { statusCode: status, headers: got } = answer;
  return { status, session: String(got['mcp-session-id']) };
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const begin = async () => (await post(initialize)).session;
const isThere = async (session: string) => (await post(ping, session)).status === 200;

it('one that nobody used for an hour is over, one in use is not', async () => {
  const [used, idle] = [await begin(), await begin()];
  for (let minute = 0; minute < 62; minute++) {
    clock.advance(minuteMs);
    if (minute % 20 === 0) expect(await isThere(used)).toBe(true);
  }
  expect([await isThere(used), await isThere(idle)]).toEqual([true, false]);
});

it('one whose token was taken back is over within a minute', async () => {
  const session = await begin();
  clock.advance(minuteMs);
  expect(await isThere(session)).toBe(true);
  isWelcome = false;
  clock.advance(minuteMs);
  expect(await isThere(session)).toBe(false);
});

it('a caller has sixteen: the one that was unused for longest makes room', async () => {
  const all: string[] = [];
  for (let n = 0; n < 16; n++) {
    all.push(await begin());
    clock.advance(1);
  }
  const [first = '', second = ''] = all;
  expect(await isThere(first)).toBe(true);
  const newest = await begin();
  expect([await isThere(first), await isThere(second), await isThere(newest)]).toEqual([
    ...[true, false, true],
  ]);
});
