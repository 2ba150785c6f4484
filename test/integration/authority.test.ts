// What an agent's token cannot do, by any way in: the tables are made from the contracts, so a new capability is in them by itself.

import { connect } from 'node:net';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leastData } from '../harness/least-data.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import {
  type AuthorityWorld,
  type Belongings,
  makeAuthorityWorld,
} from '../harness/authority-world.ts';
import {
  byCommand,
  byGet,
  byPost,
  byTool,
  mcpClient,
  told,
  type Try,
} from '../harness/agent-doors.ts';
import { musherClient, type MusherClient, type Send } from '../harness/musher-client.ts';

let world: AuthorityWorld;
let mcp: Client;
let refsBefore: string;
/** Each with an agent's token. */
let doors: readonly (readonly [name: string, go: Try, refusals: readonly string[]])[];

beforeAll(async () => {
  world = await makeAuthorityWorld();
  refsBefore = await world.refs();
  const { serving, one } = world;
  mcp = await mcpClient(serving.url, one.token);
  const env = { MUSHER_URL: serving.url, MUSHER_TOKEN: one.token };
  doors = [
    ['HTTP', byPost(one), ['403 FORBIDDEN']],
    ['a capability path', byPost(byPath(one.token)), ['403 FORBIDDEN']],
    // What changes something has no such route at all.
    ['GET', byGet(one), ['403 FORBIDDEN', '404 NOT_FOUND']],
    ['MCP', byTool(mcp), ['no tool']],
    ['the command', byCommand(env), ['FORBIDDEN']],
  ];
});
afterAll(async () => {
  await mcp?.close();
  await world?.dispose();
});

function byPath(token: string): MusherClient {
  return musherClient(`${world.serving.url}/a/${token}`);
}

const capabilities = [...commandDefs, ...queryDefs];
const exposed = capabilities.filter(([, { who }]) => who.some((role) => role !== 'system'));
const hidden = capabilities.filter(([, { who }]) => who.every((role) => role === 'system'));
const ofOperator = exposed.filter(([, { who }]) => !who.includes('agent'));
const ofAgents = exposed.filter(([, { who }]) => who.includes('agent'));

/** What another agent works with, and words that fit where nothing of that is meant. */
function known(): Readonly<Record<string, unknown>> {
  const { approval, question, path, agent, commit, proposal } = world.ofTwo;
  return {
    ...world.ofTwo,
    ...{ item: `question/${question}`, place: `${path}:1`, to: '/tmp/x', target: 'main' },
    ...{ join: `gt1.${'a'.repeat(43)}`, gateway: 'ftp://nowhere' },
    ...{ hash: 'a'.repeat(64), rule: 'rule-1', run: 'gr-1', work: 'w-1', before: approval },
    ...{ items: [`${approval}:${commit}`], of: proposal },
    ...{ conflict: 'c-1', first: agent, from: agent, finding: 'f-1', id: 'l-1', seq: 1 },
    ...{
      overrideGates: 'because',
      updateCheckout: true,
      force: true,
      name: 'mine',
      code: 'deadbeef',
    },
  };
}

const ofTime = new Set(['permission.closed', 'agent.heard']);

/**
 * The log is where it was: nothing was done, and so nothing was begun that git would do later. Only the permission that two
 * asks for lapses in time, since nobody polls for it; and that an agent was heard of is noted by the hub itself.
 */
async function expectNothingDone(attempt: () => Promise<void>): Promise<void> {
  const head = await world.head();
  await attempt();
  const { events } = await world.serving.operator.query<{ events: { type: string }[] }>(
    'log.page',
    { after: head },
  );
  expect(events.filter(({ type }) => !ofTime.has(type))).toEqual([]);
}

describe('what is not for agents', () => {
  it.each(ofOperator)(
    '%s is refused by every way in, and nothing comes of it',
    async (type, def) => {
      const data = leastData(type, def.data, known());
      await expectNothingDone(async () => {
        for (const [name, go, refusals] of doors)
          expect(refusals, `${name}: ${type} ${JSON.stringify(data)}`).toContain(
            await go(type, data),
          );
      });
    },
  );

  it('is all that moves a branch, decides for the operator or reaches another’s terminal', () => {
    const decisive = [
      ...['approval.approve', 'approval.deny', 'approval.undo', 'approval.push'],
      ...['queue.move', 'queue.hold', 'queue.release', 'target.accept', 'target.restore'],
      ...['permission.allow', 'permission.deny', 'permission.return', 'permission.revoke'],
      ...['review.submit', 'review.comment', 'review.reopen', 'conflict.order', 'intent.steal'],
      ...['agent.type', 'agent.screen', 'recording.export', 'agent.add', 'agent.destroy'],
      ...[
        'profile.trust',
        'worktree.trust',
        'settings.get',
        'settings.set',
        'editor.open',
        'inbox.dismiss',
      ],
      ...['pipeline.start', 'pipeline.pause'],
      ...['gate.cancel', 'snapshot.restore', 'log.page', 'trace.why', 'agent.limits'],
      ...['cost.raise', 'cost.report', 'doctor.check'],
    ];
    expect(ofOperator.map(([type]) => type)).toEqual(expect.arrayContaining(decisive));
  });

  it.each(hidden)('%s, which only the hub may use, has no way in', async (type, { data }) => {
    const body = leastData(type, data, known());
    for (const caller of [world.serving.operator, world.one])
      expect(await byPost(caller)(type, body)).toBe('404 NOT_FOUND');
    expect(await byTool(mcp)(type, body)).toBe('no tool');
  });

  it('is no resource of MCP, and none of it is listed', async () => {
    for (const [type, { resource }] of capabilities)
      for (const uri of [resource?.uri ?? `musher://${type}`, `musher://${type.split('.')[0]}s/x`])
        if (!ofAgents.some(([own]) => own === type))
          await expect(mcp.readResource({ uri }), uri).rejects.toThrow();
    const { tools } = await mcp.listTools();
    const names = ofAgents.flatMap(([, { tool }]) => (tool === undefined ? [] : [tool.name]));
    expect(tools.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });
});

/**
 * Each capability that agents have, tried by one on what is another's. `own`: its data names nothing of anybody.
 * `shared`: agents see and reach each other by it. A code: how it is refused. `hides`: the list without it.
 */
const amongAgents: Readonly<
  Record<string, 'own' | 'shared' | string | { hides: keyof Belongings }>
> = {
  'agent.report': 'own',
  'agent.announce': 'own',
  'agent.hook': 'own',
  'agent.usage': 'own',
  'cost.tell': 'own',
  'cost.cursor': 'own',
  'agent.self': 'own',
  'inbox.ack': 'own',
  'question.ask': 'own',
  'permission.ask': 'own',
  'permission.ran': 'own',
  'intent.declare': 'own',
  'intent.release': 'own',
  'message.send': 'shared',
  'message.announce': 'shared',
  'learning.add': 'shared',
  'learning.announce': 'shared',
  'learning.list': 'shared',
  'agent.list': 'shared',
  'repository.get': 'shared',
  'gate.list': 'shared',
  'commit.list': 'shared',
  'intent.list': 'shared',
  'conflict.list': 'shared',
  'conflict.view': 'shared',
  'story.list': 'shared',
  'story.get': 'shared',
  'timer.remind': 'own',
  'timer.preview': 'own',
  'pipeline.status': 'shared',
  'config.show': 'shared',
  'config.history': 'shared',
  'proposal.make': 'own',
  'inbox.read': '403 INBOX_FORBIDDEN',
  'question.answer': '403 QUESTION_NOT_YOURS',
  'question.cancel': '403 QUESTION_NOT_YOURS',
  'question.get': '404 QUESTION_UNKNOWN',
  'question.attachment': '404 QUESTION_UNKNOWN',
  'permission.get': '404 PERMISSION_UNKNOWN',
  'approval.request': '403 COMMIT_NOT_YOURS',
  'approval.withdraw': '403 APPROVAL_NOT_YOURS',
  'approval.get': '404 APPROVAL_UNKNOWN',
  'approval.diff': '404 APPROVAL_UNKNOWN',
  'approval.pictures': '404 APPROVAL_UNKNOWN',
  'gate.run': '404 APPROVAL_UNKNOWN',
  'gate.outcome': '404 GATE_CHECK_UNKNOWN',
  'review.get': '404 REVIEW_UNKNOWN',
  'review.reply': '403 THREAD_NOT_YOURS',
  'review.resolve': '403 THREAD_NOT_YOURS',
  'approval.preview': '404 APPROVAL_UNKNOWN',
  'proposal.get': '404 PROPOSAL_UNKNOWN',
  'proposal.withdraw': '404 PROPOSAL_UNKNOWN',
  'config.diff': '404 PROPOSAL_UNKNOWN',
  'story.review': '403 STORY_REVIEW_NOT_YOURS',
  'story.tick': '403 STORY_NOT_YOURS',
  'story.submit': '403 STORY_NOT_YOURS',
  'story.block': '403 STORY_NOT_YOURS',
  'timer.get': '403 TIMER_NOT_YOURS',
  'timer.remove': '403 TIMER_NOT_YOURS',
  'snapshot.take': '403 SNAPSHOT_NOT_YOURS',
  'snapshot.list': '403 SNAPSHOT_NOT_YOURS',
  'snapshot.diff': '404 SNAPSHOT_UNKNOWN',
  'snapshot.outcome': '404 SNAPSHOT_UNKNOWN',
  'question.list': { hides: 'question' },
  'approval.list': { hides: 'approval' },
  'review.list': { hides: 'review' },
  'proposal.list': { hides: 'proposal' },
  'timer.list': { hides: 'timer' },
};

describe('what agents have', () => {
  it('is told for each whose it may be about', () => {
    expect(Object.keys(amongAgents).toSorted()).toEqual(ofAgents.map(([type]) => type).toSorted());
  });

  const refused = ofAgents.filter(([type]) => /^4/.test(String(amongAgents[type])));

  it.each(refused)('%s is refused for what is another’s', async (type, def) => {
    const data = leastData(type, def.data, {
      ...known(),
      subject: world.ofTwo.approval,
      waitMs: 0,
    });
    const code = String(amongAgents[type]);
    await expectNothingDone(async () => {
      expect(await byPost(world.one)(type, data)).toBe(code);
      if (def.tool !== undefined) expect(await byTool(mcp)(type, data)).toBe(code.slice(4));
    });
  });

  const hiding = ofAgents.filter(([type]) => typeof amongAgents[type] === 'object');

  it.each(hiding)('%s shows nothing of another’s', async (type) => {
    const { hides } = amongAgents[type] as { hides: keyof Belongings };
    const id = world.ofTwo[hides];
    const { text } = await world.one.send(`/v1/${type}`, { body: { all: true } });
    const seen = await world.serving.operator.send(`/v1/${type}`, { body: { all: true } });
    expect([text.includes(id), seen.text.includes(id)]).toEqual([false, true]);
  });

  it('names its user in every event, whatever the data says', async () => {
    const head = await world.head();
    const forged = { from: 'operator', actor: 'operator', by: 'operator', via: 'system' };
    await world.one.command('message.send', { to: 'two', body: 'from one', ...forged });
    const { events } = await world.serving.operator.query<{ events: { actor: string }[] }>(
      'log.page',
      { after: head },
    );
    expect(events.map(({ actor }) => actor)).toEqual(['agent:one']);
    expect(JSON.stringify(events)).not.toContain('operator');
  });

  it('does not change how the project is set up, by a file in its own worktree', async () => {
    const { serving, one, repository } = world;
    const before = await serving.operator.query('gate.list');
    const mine = '[[gates]]\nname = "quick"\ncommand = ["true"]\nrequired = false\n';
    await repository.commit('set up', { '.musher/config.toml': mine }, one.worktree);
    expect(await serving.operator.query('gate.list')).toEqual(before);
  });
});

/** Data that no schema takes, so that a caller who is let in changes nothing. */
const senseless: Send = { body: { nonsense: true, agent: 1, waitMs: 'never' } };

function invented(subject: string): string {
  return `mt1.${subject}.${'A'.repeat(43)}`;
}

describe('who shows no token that counts', () => {
  it.each(exposed)('is let in to %s by no way', async (type) => {
    const { serving, revoked } = world;
    const nobodies: Readonly<Record<string, MusherClient>> = {
      nobody: serving.as(),
      revoked: serving.as(revoked),
      'revoked, by path': byPath(revoked),
      invented: serving.as(invented('operator')),
    };
    for (const [title, caller] of Object.entries(nobodies))
      expect(`${title}: ${told(await caller.send(`/v1/${type}`, senseless))}`).toBe(
        `${title}: 401 UNAUTHENTICATED`,
      );
  });

  it.each(exposed)('who does is let in to %s by its role alone', async (type, { who }) => {
    const { serving, one } = world;
    for (const [role, caller] of [
      ['operator', serving.operator],
      ['agent', one],
      ['agent', byPath(one.token)],
    ] as const) {
      const answer = await caller.send(`/v1/${type}`, senseless);
      if (!who.includes(role)) expect(told(answer), role).toBe('403 FORBIDDEN');
      else expect(answer.status, role).not.toBeOneOf([401, 403]);
      expect(answer.status, role).toBeLessThan(500);
    }
  });

  it.each([
    '',
    'mt1',
    'mt1.operator.',
    'mt1..AAAA',
    'mt1.one.short',
    `mt1.__proto__.${'A'.repeat(43)}`,
    `mt1.constructor.${'A'.repeat(43)}`,
    'x'.repeat(5_000),
  ])('the token %j is nobody’s', async (token) => {
    expect((await world.serving.as(token).send('/v1')).status).toBe(401);
  });

  it('another’s name with one’s own secret is nobody', async () => {
    for (const name of ['two', 'operator', 'gone']) {
      const mixed = world.one.token.replace('.one.', `.${name}.`);
      expect((await world.serving.as(mixed).send('/v1')).status, name).toBe(401);
    }
  });

  it.each<[place: string, send: (token: string) => [path: string, send?: Send]]>([
    ['the address', (token) => [`/v1/agent.list?token=${token}&access_token=${token}`]],
    ['the body', (token) => ['/v1/agent.list', { body: { token, authorization: token } }]],
    ['a cookie', (token) => ['/v1/agent.list', { headers: { cookie: `token=${token}` } }]],
    [
      'the page’s cookie',
      (token) => ['/v1/agent.list', { headers: { cookie: `musher_${port()}=${token}` } }],
    ],
    ['a header of another name', (token) => ['/v1/agent.list', { headers: { 'x-token': token } }]],
    [
      'another scheme',
      (token) => [
        '/v1/agent.list',
        { headers: { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` } },
      ],
    ],
    ['no scheme', (token) => ['/v1/agent.list', { headers: { authorization: token } }]],
    ['the middle of the path', (token) => [`/v1/a/${token}/agent.list`]],
    ['the path twice', (token) => [`/a/x/a/${token}/v1/agent.list`]],
    ['the path in capitals', (token) => [`/A/${token}/v1/agent.list`]],
    ['the path, encoded', (token) => [`/%61/${token}/v1/agent.list`]],
  ])('a token in %s counts as none', async (_place, place) => {
    for (const token of [world.one.token, world.serving.operatorToken]) {
      const [path, send] = place(token);
      expect((await world.serving.as().send(path, send)).status).toBeOneOf([400, 401, 404]);
    }
  });

  it('of two tokens the one in the header says who asks', async () => {
    const { serving, one } = world;
    const mixed = musherClient(`${serving.url}/a/${serving.operatorToken}`, one.token);
    expect(told(await mixed.send('/v1/log.page', { body: {} }))).toBe('403 FORBIDDEN');
    expect(told(await mixed.send('/v1/agent.self', { body: {} }))).toBe('200');
  });

  it('sees in the catalogue what its role may use, and nobody sees anything', async () => {
    for (const [caller, expected] of [
      [world.serving.operator, exposed.filter(([, { who }]) => who.includes('operator'))],
      [world.one, ofAgents],
    ] as const) {
      const { body } = await caller.send('/v1');
      const shown = (body as { capabilities: { type: string }[] }).capabilities;
      expect(shown.map(({ type }) => type).toSorted()).toEqual(
        expected.map(([type]) => type).toSorted(),
      );
    }
    expect((await world.serving.as().send('/v1')).status).toBe(401);
  });

  it('reads of the open status no secret', async () => {
    const { status, text } = await world.serving.as().send('/status');
    expect([status, text.includes('mt1.')]).toEqual([200, false]);
  });
});

function port(): string {
  return new URL(world.serving.url).port;
}

describe('the routes that are no capability', () => {
  const publish = { body: { type: 'agent.status', agent_id: 'one', payload: { status: 'x' } } };
  const asTwo = { body: { type: 'agent.status', agent_id: 'two', payload: { status: 'x' } } };
  const verdict = { body: { type: 'approval.approve', agent_id: 'one', payload: {} } };
  const watch = { body: { agent_id: 'one', worktree_path: '/nowhere' } };
  const initialize = { body: {}, headers: { accept: 'application/json, text/event-stream' } };
  // What the operator, agent one, agent two and nobody get.
  it.each<[string, Send, readonly [number, number, number, number]]>([
    ['/status', {}, [200, 200, 200, 200]],
    ['/v1', {}, [200, 200, 200, 401]],
    ['/v1/login', { method: 'POST' }, [200, 403, 403, 401]],
    ['/v1/events', {}, [0, 403, 403, 401]],
    ['/mcp', initialize, [400, 400, 400, 401]],
    ['/open', { body: { repository: '/' } }, [401, 401, 401, 401]],
    ['/publish', publish, [403, 202, 403, 401]],
    ['/publish', asTwo, [403, 403, 202, 401]],
    ['/publish', verdict, [400, 400, 400, 401]],
    ['/watch', watch, [400, 400, 403, 401]],
    ['/messages/one', {}, [200, 200, 403, 401]],
    ['/messages/agent-one', {}, [200, 200, 403, 401]],
    ['/messages/supervisor', {}, [200, 403, 403, 401]],
    ['/messages/unknown', {}, [200, 200, 200, 401]],
    ['/log', {}, [200, 403, 403, 401]],
  ])('%s', async (path, send, expected) => {
    const { serving, one, two, revoked } = world;
    const callers = [serving.operator, byPath(one.token), two, serving.as(revoked)];
    const asked = callers.map(async (caller, index) =>
      // 0: a stream, which has no end.
      expected[index] === 0 ? 0 : (await caller.send(path, send)).status,
    );
    expect(await Promise.all(asked)).toEqual(expected);
  });

  it('an MCP session is its own agent’s', async () => {
    const session = mcp.transport?.sessionId;
    const answer = await world.two.send('/mcp', {
      body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      headers: { accept: 'application/json, text/event-stream', 'mcp-session-id': session },
    });
    expect(answer.status).toBe(404);
  });
});

describe('the page’s socket', () => {
  it.each<[title: string, where: (token: string) => { path?: string; headers?: object }]>([
    ['in the page’s cookie', (token) => ({ headers: { cookie: `musher_${port()}=${token}` } })],
    ['as a bearer', (token) => ({ headers: { authorization: `Bearer ${token}` } })],
    ['in the address', (token) => ({ path: `/bridge?token=${token}&code=${token}` })],
    ['as a capability path', (token) => ({ path: `/a/${token}/bridge` })],
  ])('is closed to an agent’s token %s, whatever it says', async (_title, where) => {
    const { approval, commit } = world.ofTwo;
    const data = { approval, commit };
    await expectNothingDone(async () => {
      const seen = await knock(where(world.one.token), [
        { k: 'hello', protocol: 4, sinceSeq: 0 },
        { k: 'command', rid: 1, command: { type: 'approval.approve', data } },
        { k: 'term.open', ch: 1, terminalId: 'two.1', cols: 80, rows: 24 },
        { k: 'query', rid: 2, type: 'log.page', data: {} },
      ]);
      expect(['UNAUTHENTICATED', '404']).toContain(seen);
    });
  });
});

/** All that came before the end: the refusal of the frames, or the status of the handshake. */
function knock(
  { path = '/bridge', headers }: { path?: string; headers?: object },
  frames: readonly object[],
): Promise<string> {
  const { host } = new URL(world.serving.url);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${host}${path}`, {
      headers: { ...headers, origin: `http://${host}` },
    });
    const said: string[] = [];
    socket.once('open', () => {
      for (const frame of frames) socket.send(JSON.stringify(frame));
    });
    socket.on('message', (data) => {
      const { k, error } = JSON.parse(String(data)) as { k: string; error?: { code: string } };
      said.push(error?.code ?? k);
    });
    socket.once('close', () => resolve(said.join(' ')));
    socket.once('unexpected-response', (_request, { statusCode }) => {
      socket.terminate();
      resolve(String(statusCode));
    });
    socket.on('error', reject);
  });
}

describe('a foreign page', () => {
  /** As a browser that was told that a foreign name is here, or one that tries what it may. */
  const tricks: readonly (readonly [title: string, lines: (port: string) => readonly string[]])[] =
    [
      ['a name that begins like ours', (at) => [`Host: 127.0.0.1:${at}.evil.example`]],
      ['a user before a foreign name', (at) => [`Host: 127.0.0.1:${at}@evil.example`]],
      ['a dot behind the name', (at) => [`Host: localhost.:${at}`]],
      ['another spelling of loopback', (at) => [`Host: 127.1:${at}`]],
      ['loopback as one number', (at) => [`Host: 2130706433:${at}`]],
      ['loopback within IPv6', (at) => [`Host: [::ffff:127.0.0.1]:${at}`]],
      ['any address', (at) => [`Host: 0.0.0.0:${at}`]],
      [
        'a good name that another forwards',
        (at) => [
          'Host: evil.example',
          `X-Forwarded-Host: 127.0.0.1:${at}`,
          `Forwarded: host=127.0.0.1:${at}`,
        ],
      ],
      ['a foreign name before a good one', (at) => ['Host: evil.example', `Host: 127.0.0.1:${at}`]],
      ['no name at all', () => ['X: y']],
      [
        'an origin that begins like ours',
        (at) => [`Host: 127.0.0.1:${at}`, `Origin: http://127.0.0.1:${at}.evil.example`],
      ],
      [
        'an origin of another spelling',
        (at) => [`Host: 127.0.0.1:${at}`, `Origin: http://localhost:${at}`],
      ],
      [
        'an origin without its scheme',
        (at) => [`Host: 127.0.0.1:${at}`, `Origin: 127.0.0.1:${at}`],
      ],
      ['an origin over TLS', (at) => [`Host: 127.0.0.1:${at}`, `Origin: https://127.0.0.1:${at}`]],
      [
        'two origins',
        (at) => [`Host: 127.0.0.1:${at}`, `Origin: http://127.0.0.1:${at}, https://evil.example`],
      ],
    ];

  it.each(tricks)('gets nowhere by %s, not even with a token', async (_title, lines) => {
    for (const token of [world.serving.operatorToken, world.one.token]) {
      const answer = await ask([
        'POST /v1/agent.list HTTP/1.1',
        ...lines(port()),
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        'Content-Length: 2',
      ]);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain('"agents"');
    }
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    undefined,
  ])('cannot send what a form can: %s', async (type) => {
    const headers = { 'content-type': type };
    const answer = await world.serving.operator.send('/v1/message.send', { body: '{}', headers });
    expect(answer.status).toBe(415);
  });

  it('is given leave for nothing when it asks before', async () => {
    const origin = 'https://evil.example';
    const answer = await world.serving.as().send('/v1/agent.list', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    const leave = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'));
    expect([answer.status, leave]).toEqual([403, []]);
  });
});

/** Sends these lines and `{}` as they are, and reads until the server closes. */
function ask(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const text = [...lines, 'Connection: close', '', '{}'].join('\r\n');
    const socket = connect(Number(port()), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

it('after all of it the target, and every other branch than its own, is where it was', async () => {
  const othersOf = (refs: string) => refs.split('\n').filter((ref) => !/\Wone(\W|$)/.test(ref));
  expect(othersOf(await world.refs())).toEqual(othersOf(refsBefore));
  expect(await world.repository.git(['log', '--format=%s', 'main'])).toBe('start');
});
