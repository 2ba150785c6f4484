// Malformed requests by the hundred, and at length by the hundred: a caller's mistake is never a 5xx, shows no stack and stops nobody else.

import fc from 'fast-check';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { watchSchema, wireMessageSchema } from '../../main/broker/git-paw/wire.ts';
import { broken, nearlyValid } from '../harness/malformed.ts';
import { rounds } from '../harness/rounds.ts';
import type { Answer, MusherClient, Send } from '../harness/musher-client.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';
import type { Serving } from '../harness/serve.ts';

let world: ServeWorld;
let serving: Serving;
let one: TestAgent;
let handlesAtFirst: string[];

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  one = await world.addAgent(serving, 'one');
  // What is nearly right may by chance be right, and stop or destroy this one.
  await world.addAgent(serving, 'victim');
  // What is opened once is open from here on.
  await serving.operator.query('log.verify');
  await serving.operator.query('message.list', { text: 'anything' });
  handlesAtFirst = handles();
});
afterAll(() => world.dispose());

/** Of Musher's process; where they cannot be counted, none. */
function handles(): string[] {
  const folder = `/proc/${serving.pid}/fd`;
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => readlinkSync(`${folder}/${name}`));
}

const connections = (names: string[]) => names.filter((name) => name.startsWith('socket:')).length;

/** The log's checkpoints have a thread of their own, which the first long load starts. */
const OF_A_LATE_THREAD = 16;

const types = [...commandDefs, ...queryDefs]
  .filter(([type, { who }]) => who.some((role) => role !== 'system') && type !== 'agent.add')
  .map(([type]) => type);
const words = [
  'victim',
  'operator',
  'supervisor',
  '*',
  '-',
  'main',
  'working',
  'q-1',
  'a-1',
  'done',
];
const schemas = new Map(
  [...commandDefs, ...queryDefs].map(([type, { data }]) => [type, nearlyValid(data, words)]),
);
const value = fc.jsonValue({ maxDepth: 3 });
/** Of one capability: nearly right, then broken; now and then no such thing at all. */
const requests = fc
  .constantFrom(...types)
  .chain((type) =>
    fc
      .oneof(
        { weight: 6, arbitrary: asJson(broken(schemas.get(type) ?? value)) },
        { weight: 1, arbitrary: asJson(schemas.get(type) ?? value) },
        { weight: 1, arbitrary: fc.json() },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
      )
      .map((body) => ({ type, body })),
  );

function asJson(data: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return data.map((one) => JSON.stringify(withoutWait(one)) ?? '');
}

/** A valid long poll would wait for real. */
function withoutWait(data: unknown): unknown {
  const waits = typeof data === 'object' && data !== null && 'waitMs' in data;
  return waits ? { ...data, waitMs: 0 } : data;
}

function assertMannered(answer: Answer, context: unknown): void {
  const seen = JSON.stringify({ status: answer.status, text: answer.text.slice(0, 500), context });
  expect(answer.status, seen).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.text, seen).not.toMatch(/\n\s+at |node_modules|\.ts:\d+/);
  expect(answer.body, seen).toMatchObject({
    error: {
      code: expect.stringMatching(/^[A-Z_]+$/),
      message: expect.any(String),
      mend: expect.any(String),
    },
  });
}

describe('bodies', () => {
  it.each(['operator', 'agent'])('by the hundred from the %s', async (role) => {
    const caller: MusherClient = role === 'operator' ? serving.operator : one;
    await fc.assert(
      fc.asyncProperty(requests, async ({ type, body }) => {
        const answer = await caller.send(`/v1/${type}`, { body });
        // One that asks too fast is told so; that is an answer as well.
        assertMannered(answer, { type, body });
      }),
      { numRuns: rounds(120, 25_000) },
    );
  });

  it('query parameters of every shape', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    const queries = [...queryDefs.keys()];
    const parameters = ['agent', 'after', 'before', 'limit', 'all', 'question', '__proto__', 'seq'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...queries),
        fc.array(fc.tuple(fc.constantFrom(...parameters), text)),
        async (type, pairs) => {
          const search = new URLSearchParams(pairs.map(([k, v]) => [k, v.toWellFormed()]));
          assertMannered(await serving.operator.send(`/v1/${type}?${search}`), { type, pairs });
        },
      ),
      { numRuns: rounds(50, 2_000) },
    );
  });

  it.each<[string, Send, number]>([
    ['not JSON', { body: '{"to":' }, 400],
    ['empty JSON', { body: '' }, 400],
    ['a list', { body: '[]' }, 400],
    ['null', { body: 'null' }, 400],
    ['a number', { body: '1' }, 400],
    ['deep', { body: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }, 400],
    ['prototype', { body: '{"__proto__":{"a":1},"to":"operator","body":"x"}' }, 400],
    ['too large', { body: JSON.stringify({ body: 'x'.repeat(1024 * 1024) }) }, 413],
    ['text', { body: 'hello', headers: { 'content-type': 'text/plain' } }, 415],
    ['xml', { body: '<a/>', headers: { 'content-type': 'application/xml' } }, 415],
    [
      'form',
      { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    ['no type', { body: '{}', headers: { 'content-type': undefined } }, 415],
    ['gzip that is none', { body: '{}', headers: { 'content-encoding': 'gzip' } }, 400],
    ['bad key', { body: { to: 'operator', body: 'x' }, headers: { 'idempotency-key': '!' } }, 400],
  ])('%s', async (title, send, status) => {
    const answer = await one.send('/v1/message.send', send);
    assertMannered(answer, title);
    expect(answer.status).toBe(status);
  });
});

describe('the MCP endpoint', () => {
  const methods = fc.constantFrom(
    ...['initialize', 'ping', 'tools/list', 'tools/call', 'resources/read', 'resources/subscribe'],
    ...['prompts/get', 'logging/setLevel', 'completion/complete', 'notifications/initialized'],
    ...['notifications/cancelled', 'tasks/get', 'sampling/createMessage', 'nothing'],
  );
  const tools = [...commandDefs, ...queryDefs].filter(([, { tool }]) => tool !== undefined);
  const calls = fc.constantFrom(...tools).chain(([type, { tool }]) =>
    fc.record({
      name: fc.oneof(
        { weight: 9, arbitrary: fc.constant(tool?.name) },
        { weight: 1, arbitrary: value },
      ),
      arguments: broken(schemas.get(type) ?? value).map(withoutWait),
    }),
  );
  const params = fc.oneof(
    calls,
    fc.record({ uri: fc.oneof(fc.constant('musher://agents'), fc.string()) }),
    value,
  );
  const message = fc.record(
    { jsonrpc: fc.oneof(fc.constant('2.0'), value), id: value, method: methods, params },
    { requiredKeys: ['method'] },
  );
  const messages = fc.oneof(
    { weight: 8, arbitrary: message.map((one) => JSON.stringify({ jsonrpc: '2.0', ...one })) },
    { weight: 1, arbitrary: fc.array(message, { maxLength: 3 }).map((all) => JSON.stringify(all)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
  const accept = 'application/json, text/event-stream';

  it('messages by the hundred, in a session and without: never a 5xx, and the session goes on', async () => {
    // Whose requests are not limited.
    const caller = serving.operator;
    const initialize = {
      ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
      params: {
        ...{ protocolVersion: '2025-11-25', capabilities: {} },
        clientInfo: { name: 'odd', version: '1' },
      },
    };
    const begun = await caller.send('/mcp', { body: initialize, headers: { accept } });
    const session = String(begun.headers['mcp-session-id']);
    await fc.assert(
      fc.asyncProperty(messages, fc.boolean(), async (body, isInSession) => {
        const headers = { accept, ...(isInSession && { 'mcp-session-id': session }) };
        const { status, text } = await caller.send('/mcp', { body, headers });
        const seen = JSON.stringify({ status, text: text.slice(0, 500), body });
        expect(status, seen).toBeLessThan(500);
        expect(text, seen).not.toMatch(/\\n\s+at /);
      }),
      { numRuns: rounds(120, 25_000) },
    );
    const body = { jsonrpc: '2.0', id: 'last', method: 'ping' };
    const last = await caller.send('/mcp', {
      body,
      headers: { accept, 'mcp-session-id': session },
    });
    expect([last.status, last.text]).toEqual([200, expect.stringContaining('"id":"last"')]);
  });
});

describe('the wire of git-paw', () => {
  const message = nearlyValid(wireMessageSchema, words);
  const watch = nearlyValid(watchSchema, words);
  const posts = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constant('/publish'), asJson(broken(message))) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('/publish'), asJson(message)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('/watch'), asJson(broken(watch))) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('/publish', '/watch'), fc.json()) },
  );

  it.each(['operator', 'agent'])('messages by the hundred from the %s', async (role) => {
    const caller: MusherClient = role === 'operator' ? serving.operator : one;
    await fc.assert(
      fc.asyncProperty(posts, async ([path, body]) => {
        assertWire(await caller.send(path, { body }), { path, body });
      }),
      { numRuns: rounds(60, 12_500) },
    );
  });

  it('what came of them is read in its own words', async () => {
    for (const path of ['/messages/supervisor', '/log']) {
      const answer = await serving.operator.send(path);
      assertWire(answer, path);
      const { messages, entries } = answer.body as { messages?: object[]; entries?: object[] };
      for (const read of messages ??
        entries?.map((one) => (one as { message: object }).message) ??
        [])
        if ((read as { type: string }).type !== 'supervisor.verify-now')
          wireMessageSchema.parse(read);
    }
  });

  it('names and positions of every shape', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((one) => one.toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('messages/', 'log/'), text, text, async (...parts) => {
        const [route, name, since] = parts;
        const path = `/${route}${encodeURIComponent(name)}?since=${encodeURIComponent(since)}`;
        const { status, text: seen } = await serving.operator.send(path);
        expect(status, `${path}: ${seen}`).toBeLessThan(500);
      }),
      { numRuns: rounds(50, 2_500) },
    );
  });
});

function assertWire(answer: Answer, context: unknown): void {
  const seen = JSON.stringify({ status: answer.status, text: answer.text.slice(0, 500), context });
  expect(answer.status, seen).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.text, seen).not.toMatch(/\n\s+at |node_modules|\.ts:\d+/);
  expect(answer.body, seen).toMatchObject({
    ...{ error: expect.any(String), detail: expect.any(String) },
    code: expect.stringMatching(/^[A-Z_]+$/),
  });
}

describe('routes', () => {
  it.each([
    ['GET', '/v1/nothing'],
    ['POST', '/v1/'],
    ['DELETE', '/v1/message.send'],
    ['PUT', '/v1/agent.list'],
    ['PATCH', '/status'],
    ['GET', '/v1/message.send'],
    ['GET', '/../../etc/passwd'],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd'],
    ['GET', '/..%2f..%2fetc/passwd'],
    ['GET', '/assets/..%5c..%5cpackage.json'],
    ['GET', '/%00'],
    ['GET', '/%'],
    ['GET', '/%ff%fe'],
    ['GET', `/${'a'.repeat(8_000)}`],
    ['GET', '/a/x/a/y/v1'],
    ['OPTIONS', '/v1/agent.list'],
    ['GET', '/bridge'],
  ])('%s %s', async (method, path) => {
    const answer = await serving.operator.send(path, { method });
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    assertMannered(answer, path);
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['garbage', '\u0016\u0003\u0001 hello\r\n\r\n'],
    ['a bare line', 'GET\r\n\r\n'],
    ['two lengths', 'POST /v1 HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx'],
    ['a huge header', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['an upgrade to nothing', 'GET /v1 HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tea\r\n\r\n'],
  ])('%s closes that connection and no other', async (_title, bytes) => {
    expect(await speak(bytes)).not.toMatch(/ 5\d\d |\n\s+at /);
    expect((await serving.as().send('/status')).status).toBe(200);
  });
});

function speak(bytes: string): Promise<string> {
  const { port } = new URL(serving.url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk;
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

it('afterwards all is as it was, and no handle was left open', async () => {
  await waitFor('its handles to be closed', () => {
    const now = handles();
    const isAsBefore =
      connections(now) <= connections(handlesAtFirst) + 2 &&
      now.length <= handlesAtFirst.length + OF_A_LATE_THREAD;
    return isAsBefore || JSON.stringify({ now, handlesAtFirst });
  });
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
  expect(serving.output()).not.toContain('a defect stopped');
  expect((await serving.stop()).code).toBe(0);
});
