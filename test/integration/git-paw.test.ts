// git-paw's wire: its documented session, byte for byte, and that what comes by it is what comes by ours.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WaitingItem } from '../../preload/contract/inbox.ts';
import type { IntentRecord } from '../../preload/contract/intents.ts';
import type { InboxItem } from '../../preload/contract/messages.ts';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

/** A client of the wire that knows a base URL and nothing else; it reads on from where it was. */
class Paw {
  private seen = 0;
  readonly base: string;
  readonly name: string;
  constructor(base: string, name: string) {
    this.base = base;
    this.name = name;
  }

  publish(body: string | object, type = 'application/json'): Promise<Got> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.fetch('/publish', {
      method: 'POST',
      body: text,
      headers: { 'content-type': type },
    });
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Got> {
    const answer = await fetch(`${this.base}${path}`, init);
    return { status: answer.status, text: await answer.text() };
  }

  /** The bytes between the brackets of `messages`. */
  async poll(): Promise<string> {
    const { status, text } = await this.fetch(`/messages/${this.name}?since=${this.seen}`);
    expect(status, text).toBe(200);
    const found = /^\{"messages":\[(.*)\],"last_seq":(\d+)\}$/su.exec(text);
    if (found === null) throw new Error(`not as the wire has it: ${text}`);
    expect(Number(found[2])).toBeGreaterThanOrEqual(this.seen);
    this.seen = Number(found[2]);
    return found[1] ?? '';
  }
}

interface Got {
  readonly status: number;
  readonly text: string;
}

let world: ServeWorld;
let serving: Serving;
let auth: TestAgent;
let api: TestAgent;
let pawAuth: Paw;
let pawApi: Paw;
let supervisor: Paw;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  auth = await world.addAgent(serving, 'feat-auth');
  api = await world.addAgent(serving, 'feat-api');
  const paw = (token: string, name: string) => new Paw(`${serving.url}/a/${token}`, name);
  pawAuth = paw(auth.token, 'feat-auth');
  pawApi = paw(api.token, 'feat-api');
  supervisor = paw(serving.operatorToken, 'supervisor');
});
afterAll(() => world.dispose());

const accepted: Got = { status: 202, text: '' };

async function readAll(): Promise<void> {
  for (const paw of [pawAuth, pawApi, supervisor]) await paw.poll();
}

async function logged(after: number): Promise<string[]> {
  const { text } = await supervisor.fetch(`/log?since=${after}`);
  const { entries } = JSON.parse(text) as { entries: { message: object }[] };
  return entries.map(({ message }) => JSON.stringify(message));
}

async function head(): Promise<number> {
  return (await serving.operator.query<{ head: number }>('log.page', { limit: 1 })).head;
}

describe('the documented session', () => {
  it('agent.status goes to nobody, and stands in the log', async () => {
    await readAll();
    const before = await head();
    const body =
      '{"type":"agent.status","agent_id":"feat-auth","payload":{"status":"working","modified_files":["src/auth.rs"],"message":"implementing login endpoint"}}';
    expect(await pawAuth.publish(body)).toEqual(accepted);
    expect(await logged(before)).toEqual([body]);
    expect([await pawApi.poll(), await supervisor.poll()]).toEqual(['', '']);
    expect((await agentRecord(serving, 'feat-auth')).status).toMatchObject({
      value: 'working',
      note: 'implementing login endpoint',
    });
  });

  it('agent.status may say phase and detail, and leave the rest out', async () => {
    const before = await head();
    const body =
      '{"type":"agent.status","agent_id":"feat-auth","payload":{"status":"reviewing","modified_files":[],"message":null,"cli":"claude","phase":"audit","detail":{"branch":"feat/x","audit_step":"tests"}}}';
    await pawAuth.publish(body);
    await pawAuth.publish({
      ...{ type: 'agent.status', agent_id: 'feat-auth' },
      payload: { status: 'idle' },
    });
    expect(await logged(before)).toEqual([
      body,
      '{"type":"agent.status","agent_id":"feat-auth","payload":{"status":"idle","modified_files":[],"message":null}}',
    ]);
  });

  it('agent.artifact reaches all others, and a commit asks the supervisor to verify it', async () => {
    await readAll();
    const body =
      '{"type":"agent.artifact","agent_id":"feat-auth","payload":{"status":"committed","exports":["AuthClient"],"modified_files":["src/auth.rs","src/auth/client.rs"]}}';
    expect(await pawAuth.publish(body)).toEqual(accepted);
    expect(await pawApi.poll()).toBe(body);
    expect(await pawAuth.poll()).toBe('');
    expect(await supervisor.poll()).toBe(
      `${body},{"type":"supervisor.verify-now","branch_id":"feat-auth"}`,
    );
  });

  it('agent.blocked reaches whom it waits for', async () => {
    await readAll();
    const body =
      '{"type":"agent.blocked","agent_id":"feat-api","payload":{"needs":"auth token format","from":"feat-auth"}}';
    expect(await pawApi.publish(body)).toEqual(accepted);
    expect(await pawAuth.poll()).toBe(body);
    expect(await supervisor.poll()).toBe('');
  });

  it('agent.intent reaches all others, and is an intent', async () => {
    await readAll();
    const body =
      '{"type":"agent.intent","agent_id":"feat-auth","payload":{"files":["src/auth.rs",{"path":"src/auth/client.rs","regions":[{"kind":"function","name":"validate_token"},{"kind":"range","start_line":3,"end_line":9}]}],"summary":"wire AuthClient","valid_for_seconds":900}}';
    expect(await pawAuth.publish(body)).toEqual(accepted);
    expect([await pawApi.poll(), await supervisor.poll()]).toEqual([body, body]);
    const { intents } = await api.query<{ intents: IntentRecord[] }>('intent.list');
    expect(intents).toMatchObject([{ agent: 'feat-auth', summary: 'wire AuthClient' }]);
  });

  it('who says the same gets the feedback of the supervisor, and so does the other', async () => {
    const payload = { files: ['src/auth.rs'], summary: 'rename it', valid_for_seconds: 60 };
    await pawApi.publish({ type: 'agent.intent', agent_id: 'feat-api', payload });
    for (const one of [pawAuth, pawApi]) {
      const told = await waitFor('feedback', async () => {
        const read = await one.poll();
        return read.includes('agent.feedback') ? { read } : read;
      });
      expect(told.read).toContain(
        '"from":"supervisor","errors":["[Musher, no answer needed] feat-auth',
      );
    }
    await api.command('intent.release', {});
  });

  it('agent.question is a question in the Inbox, once as long as it is open', async () => {
    await readAll();
    const body =
      '{"type":"agent.question","agent_id":"feat-auth","payload":{"question":"Should the JWT use RS256 or HS256 signing?"}}';
    expect(await pawAuth.publish(body)).toEqual(accepted);
    expect(await pawAuth.publish(body)).toEqual(accepted);
    expect(await supervisor.poll()).toBe(body);
    expect(await waiting('question')).toMatchObject([
      { agent: 'feat-auth', title: 'Should the JWT use RS256 or HS256 signing?', isBlocking: true },
    ]);
  });

  it('agent.answer settles the question of whom it is for', async () => {
    await readAll();
    const body =
      '{"type":"agent.answer","agent_id":"feat-auth","payload":{"from":"supervisor","answer":"Use RS256; the key rotation tooling assumes it","re":"RS256 or HS256?"}}';
    expect(await supervisor.publish(body)).toEqual(accepted);
    expect(await pawAuth.poll()).toBe(body);
    expect(await pawApi.poll()).toBe('');
    expect(await waiting('question')).toEqual([]);
  });

  it('agent.answer in other words settles none of several questions, and is a message', async () => {
    const asked: string[] = [];
    for (const text of ['Which name?', 'Which host?']) {
      const { question } = await api.command<{ question: string }>('question.ask', { text });
      asked.push(question);
    }
    const answer = (re: string) =>
      supervisor.publish({
        ...{ type: 'agent.answer', agent_id: 'feat-api' },
        payload: { from: 'supervisor', answer: 'musher', re },
      });
    expect(await answer('the name')).toEqual(accepted);
    expect(await waiting('question')).toHaveLength(2);
    expect(await pawApi.poll()).toContain('"re":"the name"');
    expect(await answer('Which host?')).toEqual(accepted);
    expect(await waiting('question')).toMatchObject([{ title: 'Which name?' }]);
    await api.command('question.cancel', { question: asked[0] });
  });

  it('agent.answer where nothing was asked is a message', async () => {
    await readAll();
    const body =
      '{"type":"agent.answer","agent_id":"feat-api","payload":{"from":"feat-auth","answer":"see src/auth.rs"}}';
    expect(await pawAuth.publish(body)).toEqual(accepted);
    expect(await pawApi.poll()).toBe(body);
    expect(await pawAuth.poll()).toBe('');
  });

  it('agent.feedback reaches its target alone', async () => {
    await readAll();
    const body =
      '{"type":"agent.feedback","agent_id":"feat-auth","payload":{"from":"supervisor","errors":["missing rustdoc on AuthClient::new","test for HS256 path is failing"]}}';
    expect(await supervisor.publish(body)).toEqual(accepted);
    expect([await pawAuth.poll(), await pawApi.poll()]).toEqual([body, '']);
  });

  it('agent.verified reaches everyone but the verifier', async () => {
    await readAll();
    const body =
      '{"type":"agent.verified","agent_id":"feat-auth","payload":{"verified_by":"supervisor","message":"all five gates pass"}}';
    expect(await supervisor.publish(body)).toEqual(accepted);
    expect([await pawAuth.poll(), await pawApi.poll()]).toEqual([body, body]);
    expect(await supervisor.poll()).toBe('');
  });

  it('agent.advanced-main reaches everyone else, once within the hour', async () => {
    await readAll();
    const body =
      '{"type":"agent.advanced-main","from":"supervisor","merged_branch":"feat/auth","new_main_sha":"a1b2c3d4e5f6","base":"main","merged_at":"2026-06-04T13:30:00Z","summary":"landed AuthClient"}';
    const again = body.replace('13:30', '13:59').replace('landed', 'we landed');
    expect(await supervisor.publish(body)).toEqual(accepted);
    expect(await supervisor.publish(body)).toEqual(accepted);
    expect(await supervisor.publish(again)).toEqual(accepted);
    expect([await pawAuth.poll(), await pawApi.poll()]).toEqual([body, body]);
    const later = body.replace('13:30', '14:00');
    await supervisor.publish(later);
    expect(await pawApi.poll()).toBe(later);
  });

  it('agent.learning reaches the branch that it is about, else the supervisor, and is a learning', async () => {
    await readAll();
    const learning = (id: string, scope: string) =>
      `{"type":"agent.learning","payload":{"id":"${id}","agent_id":"supervisor",${scope}"category":"stuck_duration","title":"feat-auth waited ${id}","body":{"seconds":940},"timestamp":"2026-06-04T13:30:00Z"}}`;
    const about = learning('00ff', '"branch_id":"feat-auth",');
    expect(await supervisor.publish(about)).toEqual(accepted);
    expect(await supervisor.publish(about)).toEqual(accepted);
    expect([await pawAuth.poll(), await pawApi.poll()]).toEqual([about, '']);
    await supervisor.publish(learning('01ff', ''));
    expect(await supervisor.poll()).toBe(learning('01ff', ''));
    const { learnings } = await api.query<{ learnings: { text: string }[] }>('learning.list');
    expect(learnings.map(({ text }) => text)).toEqual([
      'feat-auth waited 00ff',
      'feat-auth waited 01ff',
    ]);
  });

  it('the supervisor says its own status, which the roster shows', async () => {
    const before = await head();
    const body =
      '{"type":"agent.status","agent_id":"supervisor","payload":{"status":"working","modified_files":[],"message":"merging","phase":"merge"}}';
    expect(await supervisor.publish(body)).toEqual(accepted);
    expect(await logged(before)).toEqual([body]);
    const roster = JSON.parse((await pawAuth.fetch('/status')).text) as { agents: object[] };
    // Within 50 s: how long a busy machine took over the steps before is no matter of the route.
    const lately: unknown = expect.closeTo(0, -2);
    expect(roster).toMatchObject({
      git_paw: true,
      version: expect.any(String),
      uptime_seconds: expect.any(Number),
      agents: [
        { agent_id: 'feat-api', cli: 'script', status: 'blocked', last_seen_seconds: lately },
        { agent_id: 'feat-auth', last_seen_seconds: lately },
        { agent_id: 'supervisor', status: 'working', phase: 'merge' },
      ],
    });
  });

  it('the log has it all, from the beginning, with its numbers', async () => {
    const { text } = await supervisor.fetch('/log');
    const { entries, last_seq } = JSON.parse(text) as {
      entries: { seq: number; timestamp_unix_secs: number; message: { type: string } }[];
      last_seq: number;
    };
    expect(new Set(entries.map(({ message }) => message.type))).toEqual(
      new Set([
        ...['agent.status', 'agent.artifact', 'agent.blocked', 'agent.intent', 'agent.question'],
        ...['agent.answer', 'agent.feedback', 'agent.verified', 'agent.advanced-main'],
        ...['agent.learning', 'supervisor.verify-now'],
      ]),
    );
    const numbers = entries.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(entries[0]?.timestamp_unix_secs).toBeCloseTo(Date.now() / 1000, -3);
    expect(JSON.parse((await supervisor.fetch(`/log?since=${last_seq}`)).text)).toEqual({
      entries: [],
      last_seq: expect.any(Number),
    });
  });
});

async function waiting(kind: string): Promise<readonly WaitingItem[]> {
  const { items } = await serving.operator.query<{ items: WaitingItem[] }>('inbox.list');
  return items.filter((item) => item.kind === kind);
}

describe('one team', () => {
  it('what comes by the wire is read by our own clients, and back', async () => {
    await readAll();
    const { cursor } = await api.query<{ cursor: number }>('inbox.read');
    await pawAuth.publish({
      ...{ type: 'agent.artifact', agent_id: 'feat-auth' },
      payload: { status: 'done', exports: ['login'], modified_files: ['a', 'b'] },
    });
    const { items } = await api.query<{ items: InboxItem[] }>('inbox.read', { after: cursor });
    expect(items).toMatchObject([
      { from: 'agent:feat-auth', text: expect.stringContaining('login') },
    ]);
    await api.command('message.send', { to: 'feat-auth', body: 'thank you' });
    expect(await pawAuth.poll()).toBe(
      '{"type":"agent.answer","agent_id":"feat-auth","payload":{"from":"feat-api","answer":"thank you"}}',
    );
  });

  it('a block on the operator waits in the Inbox until the operator says something', async () => {
    await pawApi.publish({
      ...{ type: 'agent.blocked', agent_id: 'feat-api' },
      payload: { needs: 'a decision', from: 'supervisor' },
    });
    expect(await waiting('message')).toMatchObject([{ agent: 'feat-api', isBlocking: true }]);
    await serving.operator.command('inbox.ack', { upTo: await head() });
    expect(await waiting('message')).toHaveLength(1);
    await supervisor.publish({
      ...{ type: 'agent.feedback', agent_id: 'feat-api' },
      payload: { from: 'supervisor', errors: ['decide yourself'] },
    });
    expect(await waiting('message')).toEqual([]);
  });

  it('the sender may call itself by its branch, as it is or as a slug', async () => {
    for (const name of ['feat-auth', 'agent/feat-auth', 'agent-feat-auth']) {
      const payload = { status: 'working' };
      expect(await pawAuth.publish({ type: 'agent.status', agent_id: name, payload })).toEqual(
        accepted,
      );
      const { status } = await pawAuth.fetch(`/messages/${name}`);
      expect(status).toBe(200);
    }
  });

  it('a client that puts a port behind its host is understood', async () => {
    const answer = await fetch(`${serving.url}/a/${auth.token}:9119/messages/feat-auth?since=9`);
    expect(answer.status).toBe(200);
  });

  it('what was read by a client counts as acknowledged once it reads on', async () => {
    await readAll();
    const { seq } = await serving.operator.command<{ seq: number }>('message.send', {
      ...{ to: 'feat-api', body: 'seen?' },
    });
    const delivery = async () =>
      (await serving.operator.query<{ delivery: { state: string }[] }>('message.get', { seq }))
        .delivery[0]?.state;
    expect(await delivery()).toBe('queued');
    await pawApi.poll();
    expect(await delivery()).toBe('delivered');
    await pawApi.poll();
    expect(await delivery()).toBe('acknowledged');
  });

  it('a worktree is watched already, and only its own', async () => {
    const watch = (body: object) =>
      pawAuth.fetch('/watch', {
        ...{ method: 'POST', body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json' },
      });
    const own = { agent_id: 'feat-auth', worktree_path: auth.worktree, cli: 'claude' };
    expect(await watch(own)).toEqual(accepted);
    expect(await watch(own)).toEqual(accepted);
    expect((await watch({ ...own, worktree_path: api.worktree })).status).toBe(400);
    expect((await watch({ ...own, worktree_path: '<path>' })).status).toBe(400);
    expect((await watch({ ...own, worktree_path: '' })).status).toBe(400);
    expect((await watch({ ...own, agent_id: 'feat-api' })).status).toBe(403);
  });
});

describe('refused', () => {
  const question = (text: string, agent_id = 'feat-auth') => ({
    ...{ type: 'agent.question', agent_id },
    payload: { question: text },
  });
  const envelope = (type: string, payload: object, agent_id = 'feat-auth') => ({
    ...{ type, agent_id },
    payload,
  });

  it.each<[string, object | string, number, object]>([
    ['no JSON', 'not json', 400, {}],
    ['nothing', '', 400, {}],
    ['a type that nobody knows', envelope('agent.gossip', {}), 400, { field: 'type' }],
    ['no sender', question('x', ''), 400, { field: 'agent_id' }],
    ['a blank question', question(' '), 400, { field: 'payload.question' }],
    [
      'a placeholder',
      question('<your question>'),
      400,
      { field: 'question', value: '<your question>' },
    ],
    ['a blank status', envelope('agent.status', { status: '' }), 400, { field: 'payload.status' }],
    ['a blank artifact', envelope('agent.artifact', { status: '' }), 400, {}],
    ['a blank need', envelope('agent.blocked', { needs: '', from: 'x' }), 400, {}],
    ['a need of nobody', envelope('agent.blocked', { needs: 'x', from: '' }), 400, {}],
    [
      'a need not filled in',
      envelope('agent.blocked', { needs: '<what>', from: 'supervisor' }),
      400,
      { field: 'needs' },
    ],
    [
      'no files',
      envelope('agent.intent', { files: [], summary: 'x' }),
      400,
      { field: 'payload.files' },
    ],
    ['a blank file', envelope('agent.intent', { files: [' '], summary: 'x' }), 400, {}],
    ['a blank summary', envelope('agent.intent', { files: ['a'], summary: '' }), 400, {}],
    [
      'no time',
      envelope('agent.intent', { files: ['a'], summary: 'x', valid_for_seconds: 0 }),
      400,
      { field: 'payload.valid_for_seconds' },
    ],
    [
      'a region of an unknown kind',
      envelope('agent.intent', { files: [{ path: 'a', regions: [{ kind: 'x' }] }], summary: 'x' }),
      400,
      {},
    ],
    [
      'feedback without errors',
      envelope('agent.feedback', { from: 'feat-auth', errors: [] }, 'feat-api'),
      400,
      { field: 'payload.errors' },
    ],
    [
      'feedback not filled in',
      envelope('agent.feedback', { from: 'feat-auth', errors: ['ok', '<error>'] }, 'feat-api'),
      400,
      { field: 'errors', value: '<error>' },
    ],
    [
      'an answer not filled in',
      envelope('agent.answer', { from: 'feat-auth', answer: 'x', re: '<question>' }, 'feat-api'),
      400,
      { field: 're' },
    ],
    [
      'feedback to nobody',
      envelope('agent.feedback', { from: 'feat-auth', errors: ['x'] }, 'feat-gone'),
      404,
      { code: 'RECIPIENT_UNKNOWN' },
    ],
    ['another sender', question('x', 'feat-api'), 403, { field: 'agent_id', value: 'feat-api' }],
    ['nobody as the sender', question('x', 'feat-ghost'), 403, { code: 'SENDER_REFUSED' }],
    [
      'a verdict in the name of the supervisor',
      envelope('agent.verified', { verified_by: 'supervisor' }),
      403,
      { field: 'payload.verified_by' },
    ],
    [
      'an answer in the name of another',
      envelope('agent.answer', { from: 'feat-api', answer: 'x' }),
      403,
      { field: 'payload.from' },
    ],
  ])('%s', async (...row) => {
    const [, body, status, answer] = row;
    const before = await head();
    const got = await pawAuth.publish(body);
    expect(got.status, got.text).toBe(status);
    expect(JSON.parse(got.text)).toMatchObject({
      ...{ error: expect.any(String), detail: expect.any(String) },
      ...answer,
    });
    expect(await head()).toBe(before);
  });

  it('what is no JSON by its type', async () => {
    const body = JSON.stringify(question('x'));
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await pawAuth.publish(body, type)).status).toBe(415);
    const none = await pawAuth.fetch('/publish', { method: 'POST' });
    expect(none.status).toBe(415);
  });

  it('who has no token, another’s inbox, the log, and positions that are none', async () => {
    const nobody = new Paw(serving.url, 'feat-auth');
    expect((await nobody.publish(question('x'))).status).toBe(401);
    for (const path of ['/messages/feat-auth', '/log'])
      expect((await nobody.fetch(path)).status).toBe(401);
    expect((await pawAuth.fetch('/messages/feat-api')).status).toBe(403);
    expect((await pawAuth.fetch('/messages/supervisor')).status).toBe(403);
    expect((await pawAuth.fetch('/log')).status).toBe(403);
    for (const since of ['abc', '-1', '1.5', '99999999999999999999'])
      expect((await pawAuth.fetch(`/messages/feat-auth?since=${since}`)).status).toBe(400);
    expect((await pawAuth.fetch('/messages/INVALID!')).status).toBe(400);
  });

  it('nobody’s inbox is empty, and gives back what was asked', async () => {
    const got = await pawAuth.fetch('/messages/feat-nobody?since=41');
    expect(got).toEqual({ status: 200, text: '{"messages":[],"last_seq":41}' });
  });
});

// What this wire was known to get wrong elsewhere.
describe('not here', () => {
  it('a question may be asked again after its answer', async () => {
    const text = 'Which port?';
    const body = { type: 'agent.question', agent_id: 'feat-api', payload: { question: text } };
    const answer = {
      ...{ type: 'agent.answer', agent_id: 'feat-api' },
      payload: { from: 'supervisor', answer: '8080' },
    };
    for (const round of [1, 2]) {
      await pawApi.publish(body);
      expect(await waiting('question'), `round ${round}`).toMatchObject([{ title: text }]);
      await supervisor.publish(answer);
      expect(await waiting('question'), `round ${round}`).toEqual([]);
    }
    const { questions } = await serving.operator.query<{ questions: QuestionRecord[] }>(
      'question.list',
      { all: true },
    );
    expect(questions.filter((one) => one.text === text)).toHaveLength(2);
  });

  it('an answer is typed at the prompt of nobody, but wakes whoever waits', async () => {
    const waits = api.query<{ items: InboxItem[] }>('inbox.read', {
      after: await head(),
      waitMs: 30_000,
    });
    await supervisor.publish({
      ...{ type: 'agent.answer', agent_id: 'feat-api' },
      payload: { from: 'supervisor', answer: 'go on' },
    });
    expect((await waits).items).toMatchObject([{ text: 'go on' }]);
  });

  it('all of it is there after a restart', async () => {
    const before = (await supervisor.fetch('/log')).text;
    await serving.kill('SIGKILL');
    const again = await world.serve();
    const after = await fetch(`${again.url}/a/${again.operatorToken}/log`);
    const entries = (text: string) => (JSON.parse(text) as { entries: object[] }).entries;
    expect(entries(await after.text()).slice(0, entries(before).length)).toEqual(entries(before));
  });
});
