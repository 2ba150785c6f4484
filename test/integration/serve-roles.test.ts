// Every route with every role: who is let in follows from the contract and the token alone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../preload/contract/envelope.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { waitFor } from '../harness/wait.ts';
import type { Answer, Send } from '../harness/musher-client.ts';
import { musherClient } from '../harness/musher-client.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';

let world: ServeWorld;
let serving: Serving;
let one: TestAgent;
let two: TestAgent;
let revoked: string;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  one = await world.addAgent(serving, 'one');
  two = await world.addAgent(serving, 'two');
  const gone = await world.addAgent(serving, 'gone');
  await serving.operator.command('agent.destroy', { agent: 'gone' });
  await waitFor('the token to be revoked', async () => {
    const answer = await serving.as(gone.token).send('/v1');
    return answer.status === 401;
  });
  revoked = gone.token;
});
afterAll(() => world.dispose());

const capabilities = [...commandDefs, ...queryDefs];
const open = capabilities.filter(([, { who }]) => who.some((role) => role !== 'system'));
const hidden = capabilities.filter(([, { who }]) => who.every((role) => role === 'system'));

/** Data that no schema takes, so that a caller who is let in changes nothing. */
const senseless: Send = { body: { __proto__: null, nonsense: true, agent: 1, waitMs: 'never' } };

function codeOf(answer: Answer): string | undefined {
  return (answer.body as { error?: { code?: string } } | undefined)?.error?.code;
}

describe('each capability', () => {
  it.each(open)('%s is for its roles only', async (type, { who }) => {
    const callers: [string, Role | undefined, () => Promise<Answer>][] = [
      ['operator', 'operator', () => serving.operator.send(`/v1/${type}`, senseless)],
      ['agent', 'agent', () => one.send(`/v1/${type}`, senseless)],
      ['agent by path', 'agent', () => byPath(one.token).send(`/v1/${type}`, senseless)],
      ['nobody', undefined, () => serving.as().send(`/v1/${type}`, senseless)],
      ['revoked', undefined, () => serving.as(revoked).send(`/v1/${type}`, senseless)],
      ['revoked by path', undefined, () => byPath(revoked).send(`/v1/${type}`, senseless)],
      [
        'invented',
        undefined,
        () => serving.as(invented('operator')).send(`/v1/${type}`, senseless),
      ],
    ];
    for (const [title, role, call] of callers) {
      const answer = await call();
      const seen = `${title}: ${answer.status} ${codeOf(answer)}`;
      if (role === undefined) expect(seen).toBe(`${title}: 401 UNAUTHENTICATED`);
      else if (who.includes(role)) expect(answer.status, seen).not.toBeOneOf([401, 403]);
      else expect(seen).toBe(`${title}: 403 FORBIDDEN`);
      expect(answer.status, seen).toBeLessThan(500);
    }
  });

  it.each(hidden)('%s, which only the hub may use, has no route', async (type) => {
    for (const caller of [serving.operator, one]) {
      const answer = await caller.send(`/v1/${type}`, { body: {} });
      expect([answer.status, codeOf(answer)]).toEqual([404, 'NOT_FOUND']);
    }
  });
});

function byPath(token: string) {
  return musherClient(`${serving.url}/a/${token}`);
}

function invented(subject: string): string {
  return `mt1.${subject}.${'A'.repeat(43)}`;
}

it.each([
  '',
  'mt1',
  'mt1.operator.',
  'mt1..AAAA',
  'mt1.one.short',
  `mt1.__proto__.${'A'.repeat(43)}`,
  `mt1.constructor.${'A'.repeat(43)}`,
  'x'.repeat(5_000),
])('the token %j is nobody', async (token) => {
  const answer = await serving.as(token).send('/v1');
  expect(answer.status).toBe(401);
});

it('another agent’s subject with one’s own secret is nobody', async () => {
  const mixed = one.token.replace('.one.', '.two.');
  expect((await serving.as(mixed).send('/v1')).status).toBe(401);
  const asOperator = one.token.replace('.one.', '.operator.');
  expect((await serving.as(asOperator).send('/v1')).status).toBe(401);
});

it('the catalogue shows each role what it may use, and nobody anything', async () => {
  for (const [caller, role] of [
    [serving.operator, 'operator'],
    [one, 'agent'],
  ] as const) {
    const { body } = await caller.send('/v1');
    const shown = (body as { capabilities: { type: string }[] }).capabilities.map((c) => c.type);
    const expected = capabilities.filter(([, { who }]) => who.includes(role)).map(([type]) => type);
    expect(shown.toSorted()).toEqual(expected.toSorted());
  }
  expect((await serving.as().send('/v1')).status).toBe(401);
});

describe('an agent', () => {
  it('is who its token says, whatever the body says', async () => {
    await one.command('message.send', {
      to: 'two',
      body: 'from one',
      from: 'operator',
      actor: 'operator',
    });
    const { items } = await two.query<{ items: { from: string }[] }>('inbox.read');
    expect(items.at(-1)?.from).toBe('agent:one');
  });

  it('reads no other inbox', async () => {
    await expect(two.query('inbox.read', { agent: 'one' })).rejects.toMatchObject({
      code: 'INBOX_FORBIDDEN',
      status: 403,
    });
    await expect(two.query('inbox.read', { agent: 'operator' })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('settles no question that is not for it, and takes none back that is not its own', async () => {
    const { question } = await one.command<{ question: string }>('question.ask', {
      text: 'May I?',
    });
    for (const type of ['question.answer', 'question.cancel']) {
      const data = type === 'question.answer' ? { question, text: 'yes' } : { question };
      await expect(two.command(type, data)).rejects.toMatchObject({
        code: 'QUESTION_NOT_YOURS',
        status: 403,
      });
    }
    await expect(one.command('question.answer', { question, text: 'yes' })).rejects.toMatchObject({
      code: 'QUESTION_NOT_YOURS',
    });
    await one.command('question.cancel', { question });
  });

  it('approves nothing and takes back no other’s request', async () => {
    const commit = await world.repository.commit('roles', { 'roles.txt': '1\n' }, one.worktree);
    const { approval } = await one.command<{ approval: string }>('approval.request', { commit });
    for (const caller of [one, two])
      await expect(caller.command('approval.approve', { approval, commit })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    await expect(two.command('approval.withdraw', { approval })).rejects.toMatchObject({
      code: 'APPROVAL_NOT_YOURS',
      status: 403,
    });
    await one.command('approval.withdraw', { approval });
  });

  it('opens neither the log’s stream nor a login', async () => {
    for (const path of ['/v1/events', '/v1/log.page?limit=1'])
      expect((await one.send(path)).status).toBe(403);
    expect((await one.send('/v1/login', { method: 'POST' })).status).toBe(403);
    expect((await serving.as().send('/v1/events')).status).toBe(401);
  });
});

describe('the routes that are no capability', () => {
  const publish = { body: { type: 'agent.status', agent_id: 'one', payload: { status: 'x' } } };
  const watch = { body: { agent_id: 'one', worktree_path: '/nowhere' } };
  const initialize = { body: {}, headers: { accept: 'application/json, text/event-stream' } };
  // What the operator, agent one, agent two and nobody get.
  it.each<[string, Send, readonly [number, number, number, number]]>([
    ['/status', {}, [200, 200, 200, 200]],
    ['/v1', {}, [200, 200, 200, 401]],
    ['/v1/login', { method: 'POST' }, [200, 403, 403, 401]],
    ['/mcp', initialize, [400, 400, 400, 401]],
    ['/open', { body: { repository: '/' } }, [401, 401, 401, 401]],
    ['/publish', publish, [403, 202, 403, 401]],
    ['/watch', watch, [400, 400, 403, 401]],
    ['/messages/one', {}, [200, 200, 403, 401]],
    ['/messages/agent-one', {}, [200, 200, 403, 401]],
    ['/messages/supervisor', {}, [200, 403, 403, 401]],
    ['/messages/unknown', {}, [200, 200, 200, 401]],
    ['/log', {}, [200, 403, 403, 401]],
  ])('%s', async (path, send, expected) => {
    const callers = [serving.operator, byPath(one.token), two, serving.as(revoked)];
    const statuses = [];
    for (const caller of callers) statuses.push((await caller.send(path, send)).status);
    expect(statuses).toEqual(expected);
  });
});

it('what anybody may see tells no secret', async () => {
  const { status, text } = await serving.as().send('/status');
  expect(status).toBe(200);
  expect(text).not.toContain('mt1.');
  expect(text).not.toContain(serving.operatorToken);
});
