// Agents and the operator as clients of the Model Context Protocol, on `musher serve` as it is shipped.

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  type CallToolResult,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import type { Answer } from '../harness/musher-client.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { cliFile, runMusher, type Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let one: TestAgent;
let two: TestAgent;
const clients: Client[] = [];

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  one = await world.addAgent(serving, 'one');
  two = await world.addAgent(serving, 'two');
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await world.dispose();
});

async function connect(token: string): Promise<Client> {
  const headers = { authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(new URL(`${serving.url}/mcp`), {
    requestInit: { headers },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as Transport);
  clients.push(client);
  return client;
}

/** What the client is told of resources, as it comes: `list`, or the address of the one that changed. */
function notificationsOf(client: Client): readonly string[] {
  const heard: string[] = [];
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => {
    heard.push('list');
  });
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
    heard.push(params.uri);
  });
  return heard;
}

type Called = CallToolResult & { readonly structuredContent?: Record<string, unknown> };

async function call(client: Client, name: string, data: object = {}): Promise<Called> {
  return (await client.callTool({ name, arguments: { ...data } })) as Called;
}

const textOf = ({ content: [first] }: Called) => (first?.type === 'text' ? first.text : '');
const spelled = [...commandDefs, ...queryDefs].filter(([, { tool }]) => tool !== undefined);

describe('tools', () => {
  it.each(['agent', 'operator'] as const)(
    'are those that a contract spells for the %s',
    async (role) => {
      const client = await connect(role === 'agent' ? one.token : serving.operatorToken);
      const { tools } = await client.listTools();
      const mine = spelled.filter(([, { who }]) => who.includes(role));
      expect(tools.map(({ name }) => name)).toEqual(mine.map(([, { tool }]) => tool?.name));
      for (const { name, inputSchema, outputSchema, annotations, description = '' } of tools) {
        expect([inputSchema.type, outputSchema?.type], name).toEqual(['object', 'object']);
        expect(annotations?.openWorldHint, name).toBe(false);
        expect(description.length, name).toBeGreaterThan(40);
      }
      expect(tools.find(({ name }) => name === 'read_inbox')?.annotations?.readOnlyHint).toBe(true);
    },
  );

  it('send, read and ack: the sender is who the token says, whatever is said', async () => {
    const [from, to] = [await connect(one.token), await connect(two.token)];
    const sent = await call(from, 'send_message', {
      ...{ to: 'two', body: 'the schema is in db/' },
      ...{ from: 'operator', actor: 'operator' },
    });
    expect(sent.structuredContent).toMatchObject({ deliveredTo: ['two'], failed: [] });
    const { items, cursor } = (await call(to, 'read_inbox', { waitMs: 5_000 }))
      .structuredContent as { items: object[]; cursor: number };
    expect(items).toMatchObject([{ from: 'agent:one', text: 'the schema is in db/' }]);
    expect((await call(to, 'ack_inbox', { upTo: cursor })).structuredContent).toEqual({
      acked: cursor,
    });
    expect((await call(to, 'read_inbox')).structuredContent).toMatchObject({ items: [] });
  });

  it('ask waits for the answer', async () => {
    const client = await connect(one.token);
    const asking = call(client, 'ask', { text: 'Which?', options: ['a', 'b'], waitMs: 30_000 });
    const { id: question } = await waitFor('the question', async () => {
      const { questions } = await serving.operator.query<{ questions: { id: string }[] }>(
        'question.list',
      );
      return questions[0];
    });
    await serving.operator.command('question.answer', { question, choices: ['b'] });
    expect((await asking).structuredContent).toMatchObject({
      ...{ id: question, state: 'answered', answer: { choices: ['b'] } },
    });
  });

  it('ask parks when it need not wait, and is looked after later', async () => {
    const client = await connect(one.token);
    const parked = await call(client, 'ask', { text: 'Later?' });
    expect(parked.structuredContent).toMatchObject({ state: 'open' });
    const question = (parked.structuredContent as { id: string }).id;
    await serving.operator.command('question.answer', { question, text: 'yes' });
    expect((await call(client, 'check_question', { question })).structuredContent).toMatchObject({
      ...{ state: 'answered', answer: { text: 'yes' } },
    });
  });

  it('a commit is requested, seen by the operator, and its verdict waited for', async () => {
    const commit = await world.repository.commit('Work', { 'w.txt': 'w\n' }, one.worktree);
    const client = await connect(one.token);
    const waiting = call(client, 'request_approval', { commit, waitMs: 30_000 });
    const { id: approval } = await waitFor('the request', async () => {
      const { approvals } = await serving.operator.query<{ approvals: { id: string }[] }>(
        'approval.list',
      );
      return approvals[0];
    });
    await serving.operator.command('approval.deny', { approval, note: 'no tests' });
    expect((await waiting).structuredContent).toMatchObject({
      ...{ id: approval, state: 'denied', note: 'no tests' },
    });
  });

  it('what is refused is told to the model with its remedy, and nothing is done', async () => {
    const client = await connect(one.token);
    const refused = await call(client, 'request_approval', { commit: 'abcdef12' });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toMatch(/^COMMIT_UNKNOWN: .*abcdef12/);
    const misshapen = await call(client, 'send_message', { to: 'two' });
    expect(textOf(misshapen)).toMatch(/^BODY_INVALID: Field "body"/);
    const tooLong = await call(client, 'ask', { text: 'Well?', waitMs: 90_000 });
    expect(textOf(tooLong)).toMatch(/^BODY_INVALID: Field "waitMs"/);
    const { questions } = await serving.operator.query<{ questions: Array<{ text: string }> }>(
      'question.list',
      { all: true },
    );
    expect(questions.map(({ text }) => text)).not.toContain('Well?');
    await expect(call(client, 'agent.destroy', { agent: 'two' })).rejects.toThrow(
      'There is no tool',
    );
  });

  it('a wait that is taken back ends at once, and the session goes on', async () => {
    const client = await connect(two.token);
    const taken = new AbortController();
    const waiting = client.callTool(
      { name: 'read_inbox', arguments: { after: 1_000_000, waitMs: 60_000 } },
      undefined,
      { signal: taken.signal },
    );
    taken.abort('enough');
    await expect(waiting).rejects.toThrow('enough');
    expect((await call(client, 'report_status', { status: 'working' })).isError).toBeUndefined();
  });
});

async function head(): Promise<{ seq: number }> {
  const { head: seq } = await serving.operator.query<{ head: number }>('log.page', { limit: 1 });
  return { seq };
}

describe('resources', () => {
  it('are read as one’s own, and watched', async () => {
    const client = await connect(one.token);
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri).toSorted()).toEqual([
      'musher://agents',
      'musher://approvals',
      'musher://conflicts',
      'musher://intents',
      'musher://learnings',
      'musher://questions',
      'musher://worktree',
    ]);
    const read = async (uri: string) => {
      const { contents } = await client.readResource({ uri });
      return JSON.parse((contents[0] as { text: string }).text) as Record<string, unknown>;
    };
    expect(await read('musher://worktree')).toMatchObject({
      ...{ id: 'one', branch: 'agent/one', worktreePath: one.worktree },
    });
    const updated: string[] = [];
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      updated.push(params.uri);
    });
    await client.subscribeResource({ uri: 'musher://learnings' });
    await two.command('learning.add', { text: 'redis first' });
    await waitFor('the update', () => updated.includes('musher://learnings'));
    expect(await read('musher://learnings')).toMatchObject({
      learnings: [{ text: 'redis first' }],
    });
    await client.unsubscribeResource({ uri: 'musher://learnings' });
    await expect(client.readResource({ uri: 'musher://nothing' })).rejects.toThrow(
      'There is no resource',
    );
  });

  it('each open question is one too: the list changes as they come and go, and one is watched alone', async () => {
    const client = await connect(one.token);
    const heard = notificationsOf(client);
    const open = async () => {
      const { resources } = await client.listResources();
      return resources.filter(({ uri }) => uri.startsWith('musher://questions/'));
    };
    expect(await open()).toEqual([]);
    const ask = (text: string) => one.command<{ question: string }>('question.ask', { text });
    const { question } = await ask('Which list?');
    await waitFor('the list to be another one', () => heard.includes('list'));
    const uri = `musher://questions/${question}`;
    expect(await open()).toMatchObject([
      { uri, name: `Question ${question}`, description: 'Which list?' },
    ]);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain(
      'musher://questions/{id}',
    );
    await client.subscribeResource({ uri });
    const other = await ask('Another?');
    await waitFor('the list to be another one again', () => heard.length === 2);
    expect(heard).toEqual(['list', 'list']);
    await serving.operator.command('question.answer', { question, text: 'this one' });
    await waitFor('the question to be another one', () => heard.includes(uri));
    const { contents } = await client.readResource({ uri });
    expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject({
      ...{ id: question, state: 'answered' },
    });
    expect((await open()).map((one) => one.uri)).toEqual([`musher://questions/${other.question}`]);
    await expect(client.readResource({ uri: 'musher://questions/q-none' })).rejects.toThrow(
      'QUESTION_UNKNOWN',
    );
    await one.command('question.cancel', { question: other.question });
  });

  it('what changes no list tells of none', async () => {
    const client = await connect(one.token);
    const heard = notificationsOf(client);
    await client.listResources();
    await client.subscribeResource({ uri: 'musher://questions' });
    // Not this agent's: its list stays as it was.
    const { question } = await two.command<{ question: string }>('question.ask', { text: 'Mine?' });
    await waitFor('the update', () => heard.length > 0);
    await two.command('question.cancel', { question });
    await waitFor('the other update', () => heard.length > 1);
    expect(heard).toEqual(['musher://questions', 'musher://questions']);
  });

  it('the operator has no worktree of its own', async () => {
    const client = await connect(serving.operatorToken);
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).not.toContain('musher://worktree');
    await expect(client.readResource({ uri: 'musher://worktree' })).rejects.toThrow();
  });
});

it('how to work here is told at the beginning, and as a prompt with a task', async () => {
  const client = await connect(one.token);
  expect(client.getInstructions()).toContain('You are the agent "one"');
  const { prompts } = await client.listPrompts();
  expect(prompts.map(({ name }) => name)).toEqual(['work_here']);
  const { messages } = await client.getPrompt({ name: 'work_here', arguments: { task: 'Fix 12' } });
  expect(messages[0]?.content).toMatchObject({ text: expect.stringMatching(/Your task: Fix 12$/) });
});

describe('a session', () => {
  const initialize = {
    ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
    params: {
      ...{ protocolVersion: '2025-06-18', capabilities: {} },
      clientInfo: { name: 'raw', version: '1' },
    },
  };
  const accept = 'application/json, text/event-stream';

  async function begin(as: TestAgent) {
    const answer = await as.send('/mcp', { body: initialize, headers: { accept } });
    const session = String(answer.headers['mcp-session-id']);
    const post = (body: object, from = as): Promise<Answer> =>
      from.send('/mcp', { body, headers: { accept, 'mcp-session-id': session } });
    await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return { session, post };
  }
  const sending = (id: number, body: string) => ({
    ...{ jsonrpc: '2.0', id, method: 'tools/call' },
    params: { name: 'send_message', arguments: { to: 'operator', body } },
  });

  it('is nobody else’s, and over when it is ended', async () => {
    const { session, post } = await begin(one);
    expect((await post(sending(1, 'hello'))).status).toBe(200);
    expect((await post(sending(2, 'as one'), two)).status).toBe(404);
    const headers = { accept, 'mcp-session-id': session };
    expect((await one.send('/mcp', { method: 'DELETE', headers })).status).toBe(200);
    expect((await post(sending(3, 'too late'))).status).toBe(404);
    expect(
      (await one.send('/mcp', { body: sending(4, 'without'), headers: { accept } })).status,
    ).toBe(400);
    expect(
      (await serving.as().send('/mcp', { body: initialize, headers: { accept } })).status,
    ).toBe(401);
  });

  it('a request that is sent twice is done once', async () => {
    const { post } = await begin(one);
    const before = await head();
    const [first, second] = [await post(sending(7, 'once')), await post(sending(7, 'once'))];
    const resultOf = ({ text }: Answer) => text.slice(text.indexOf('{'));
    expect(resultOf(second)).toBe(resultOf(first));
    expect((await head()).seq).toBe(before.seq + 1);
  });

  it('the connection of a request that was taken back is let go of', async () => {
    const { session, post } = await begin(two);
    const headers = {
      ...{ authorization: `Bearer ${two.token}`, accept, 'mcp-session-id': session },
      'content-type': 'application/json',
    };
    const body = JSON.stringify({
      ...{ jsonrpc: '2.0', id: 21, method: 'tools/call' },
      params: { name: 'read_inbox', arguments: { after: 1_000_000, waitMs: 60_000 } },
    });
    const answer = await fetch(`${serving.url}/mcp`, { method: 'POST', headers, body });
    await post({
      ...{ jsonrpc: '2.0', method: 'notifications/cancelled' },
      params: { requestId: 21, reason: 'enough' },
    });
    expect(await answer.text()).not.toContain('"id":21');
  });

  it('goes on after a lost connection, from the last event that was seen', async () => {
    const { session } = await begin(two);
    const headers = {
      ...{ authorization: `Bearer ${two.token}`, accept, 'mcp-session-id': session },
      ...{ 'content-type': 'application/json', 'mcp-protocol-version': '2025-11-25' },
    };
    const url = `${serving.url}/mcp`;
    const lost = new AbortController();
    const body = JSON.stringify({
      ...{ jsonrpc: '2.0', id: 9, method: 'tools/call' },
      params: { name: 'ask', arguments: { text: 'Lost?', waitMs: 30_000 } },
    });
    const answer = await fetch(url, { method: 'POST', headers, body, signal: lost.signal });
    const id = await firstEventId(answer);
    lost.abort();
    const { id: question } = await waitFor('the question', async () => {
      const { questions } = await serving.operator.query<{
        questions: { id: string; text: string }[];
      }>('question.list');
      return questions.find(({ text }) => text === 'Lost?');
    });
    await serving.operator.command('question.answer', { question, text: 'found' });
    const gone = new AbortController();
    const again = await fetch(url, {
      headers: { ...headers, 'last-event-id': id },
      signal: gone.signal,
    });
    expect(await untilText(again, '"found"')).toContain('"id":9');
    gone.abort();
  });
});

describe('musher mcp', () => {
  async function startBridge(token: string, url = serving.url): Promise<Client> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [cliFile, 'mcp'],
      env: { MUSHER_URL: url, MUSHER_TOKEN: token },
      stderr: 'inherit',
    });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    clients.push(client);
    return client;
  }

  it('is the same server over stdin and stdout', async () => {
    const [direct, bridged] = [await connect(two.token), await startBridge(two.token)];
    expect(await bridged.listTools()).toEqual(await direct.listTools());
    const updated: string[] = [];
    bridged.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      updated.push(params.uri);
    });
    await bridged.subscribeResource({ uri: 'musher://agents' });
    const waiting = call(bridged, 'ask', { text: 'By stdio?', waitMs: 30_000 });
    // A request that waits holds up no other.
    expect((await call(bridged, 'report_status', { status: 'waiting' })).isError).toBeUndefined();
    const { id: question } = await waitFor('the question', async () => {
      const { questions } = await serving.operator.query<{
        questions: { id: string; text: string }[];
      }>('question.list');
      return questions.find(({ text }) => text === 'By stdio?');
    });
    await serving.operator.command('question.answer', { question, text: 'yes' });
    expect((await waiting).structuredContent).toMatchObject({ answer: { text: 'yes' } });
    await waitFor('the update', () => updated.includes('musher://agents'));
  });

  it('begins its session anew when Musher was restarted', async () => {
    const client = await startBridge(one.token);
    await client.subscribeResource({ uri: 'musher://learnings' });
    const { port } = new URL(serving.url);
    const { code } = await serving.kill('SIGTERM');
    expect(code).toBe(0);
    expect(textOfError(await client.listTools().catch((error: unknown) => error))).toContain(
      'No Musher answers',
    );
    serving = await world.serve({ port: Number(port) });
    const updated: string[] = [];
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      updated.push(params.uri);
    });
    const all = Array.from({ length: 8 }, (_, n) =>
      call(client, 'send_message', { to: 'operator', body: `still here ${n}` }),
    );
    for (const sent of await Promise.all(all))
      expect(sent.structuredContent).toMatchObject({ deliveredTo: ['operator'] });
    // What it watched before, it watches still.
    await serving.operator.command('learning.add', { text: 'it was restarted' });
    await waitFor('the update', () => updated.includes('musher://learnings'));
  });

  it('tries again to renew its session when that failed, and asks nothing of what was taken back', async () => {
    const said: string[] = [];
    let sessions = ['one'];
    let isRefusing = false;
    const musher = createServer(async (request, response) => {
      const { method, id, params } = await readLine(request);
      const session = String(request.headers['mcp-session-id']);
      said.push(`${request.method} ${method ?? request.headers['last-event-id']} ${session}`);
      const answer = (status: number, result: object, headers = {}) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      if (method === 'initialize') {
        if (isRefusing) return response.writeHead(503).end('{}');
        sessions = [`s${said.length}`];
        return answer(200, initialized, { 'mcp-session-id': sessions[0] });
      }
      if (request.method === 'GET') return response.writeHead(405).end();
      if (!sessions.includes(session)) return response.writeHead(404).end('{}');
      if (id === undefined) return response.writeHead(202).end();
      if (params?.cursor !== 'cut') return answer(200, { tools: [] });
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('id: cut-1\ndata:\n\n');
      return setTimeout(() => response.end(() => said.push('cut')), 300);
    });
    await once(musher.listen(0, '127.0.0.1'), 'listening');
    const { port } = musher.address() as AddressInfo;
    const client = await startBridge(one.token, `http://127.0.0.1:${port}`);
    sessions = [];
    isRefusing = true;
    await expect(client.listTools()).rejects.toThrow();
    isRefusing = false;
    expect(await client.listTools()).toEqual({ tools: [] });
    const gone = new AbortController();
    const cut = client.listTools({ cursor: 'cut' }, { signal: gone.signal });
    await waitFor('the request', () => said.at(-1)?.startsWith('POST tools/list'));
    gone.abort();
    await expect(cut).rejects.toThrow();
    // It would be taken up a second after it broke, as long as lies between two tries to listen.
    await waitFor('three tries to listen', () => {
      const broke = said.indexOf('cut');
      return (
        broke !== -1 && said.slice(broke).filter((line) => line.startsWith('GET un')).length > 2
      );
    });
    expect(said.filter((line) => line.includes('cut-1'))).toEqual([]);
    await client.close();
    musher.closeAllConnections();
    musher.close();
  });

  it('says which token is missing', async () => {
    const { code, stderr } = await runMusher(['mcp'], { env: { MUSHER_URL: serving.url } });
    expect([code === 0, stderr]).toEqual([false, expect.stringContaining('MUSHER_TOKEN')]);
  });
});

interface Line {
  readonly method?: string;
  readonly id?: number;
  readonly params?: { readonly cursor?: string };
}

async function readLine(request: IncomingMessage): Promise<Line> {
  return JSON.parse((await text(request)) || '{}') as Line;
}

const initialized = {
  protocolVersion: '2025-06-18',
  capabilities: { tools: {} },
  serverInfo: { name: 'musher', version: '1' },
};

function textOfError(error: unknown): string {
  return error instanceof Error ? error.message : 'no error';
}

async function firstEventId(answer: Response): Promise<string> {
  const text = await untilText(answer, '\n\n');
  const [, id] = /^id: (.*)$/m.exec(text) ?? [];
  if (id === undefined) throw new Error(`no event id in ${text}`);
  return id;
}

/** What came up to and with this text. */
async function untilText(answer: Response, wanted: string): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of answer.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.includes(wanted)) return text;
  }
  throw new Error(`${wanted} never came: ${text}`);
}
