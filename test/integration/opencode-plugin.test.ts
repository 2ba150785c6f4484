// OpenCode's plugin as OpenCode loads it, with events as version 1.18.33 gives them, at a real Musher: what it tells and asks, and
// the answers that it gives to OpenCode.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { opencodePlugin } from '../../main/features/agents/profiles/opencode-plugin.ts';
import type { CostReport } from '../../preload/contract/cost-report.ts';
import type { PermissionRecord } from '../../preload/contract/permissions.ts';
import { agentRecord, makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

interface Hooks {
  event(told: { event: { type: string; properties: object } }): Promise<void>;
  'tool.execute.before'(call: { callID: string }, output: { args: object }): Promise<void>;
}
interface Plugin {
  Musher(given: { client: object }): Promise<Hooks>;
}

const sessionID = 'ses_1';
let world: ServeWorld;
let serving: Serving;
let hooks: Hooks;
const replies: object[] = [];

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  const { token } = await world.addAgent(serving, 'a');
  Object.assign(process.env, { MUSHER_URL: serving.url, MUSHER_TOKEN: token });
  const file = `data:text/javascript,${encodeURIComponent(opencodePlugin)}`;
  const { Musher } = (await import(/* @vite-ignore */ file)) as Plugin;
  const post = async ({ url, path, body }: Record<string, unknown>) => {
    replies.push({ url, path, body });
  };
  hooks = await Musher({ client: { _client: { post } } });
});
afterAll(async () => {
  delete process.env.MUSHER_URL;
  delete process.env.MUSHER_TOKEN;
  await world?.dispose();
});

const tell = (type: string, properties: object) =>
  hooks.event({ event: { type, properties: { sessionID, ...properties } } });

/** As its shell asks: what the model said, and then what the tool itself says of it. */
async function asks(id: string, command: string, args: object = {}): Promise<PermissionRecord> {
  await hooks['tool.execute.before']({ callID: id }, { args: { command, ...args } });
  const request = { patterns: [command], metadata: { command }, always: ['*'] };
  await tell('permission.asked', { id, permission: 'bash', ...request, tool: { callID: id } });
  return waitFor('the permission', async () => {
    const { permissions } = await serving.operator.query<{ permissions: PermissionRecord[] }>(
      'permission.list',
    );
    return permissions.find(({ input }) => input.includes(command)) ?? JSON.stringify(permissions);
  });
}

const untilReplied = (count: number) =>
  waitFor('the reply', () => replies.length === count || JSON.stringify(replies));

async function untilStatus(value: string): Promise<void> {
  await waitFor(`it to be ${value}`, async () => {
    const { status } = await agentRecord(serving, 'a');
    return status.value === value || JSON.stringify(status);
  });
}

it('tells busy and idle of its own session, not of a subagent’s', async () => {
  await tell('session.created', { info: { id: sessionID } });
  await tell('session.status', { status: { type: 'busy' } });
  await untilStatus('working');
  await tell('session.created', { sessionID: 'ses_2', info: { id: 'ses_2', parentID: sessionID } });
  await tell('session.idle', { sessionID: 'ses_2' });
  await tell('session.idle', {});
  await untilStatus('idle');
  expect((await agentRecord(serving, 'a')).conversation).toMatchObject({ id: sessionID });
});

it('tells what each answer used, once, with what it says of its cost', async () => {
  const completed = Date.now();
  const tokens = { input: 900, output: 30, reasoning: 12, cache: { read: 7, write: 5 } };
  const info = {
    ...{ id: 'msg_1', role: 'assistant', sessionID, modelID: 'm-1', cost: 0.25, tokens },
    time: { created: completed - 9, completed },
  };
  await tell('message.updated', { info: { ...info, time: { created: completed - 9 } } });
  for (const _ of [1, 2]) await tell('message.updated', { info });
  const sub = { ...info, id: 'msg_2', sessionID: 'ses_2', modelID: 'm-2', cost: 0 };
  await tell('message.updated', { sessionID: 'ses_2', info: sub });
  const { total } = await waitFor('both answers', async () => {
    const report = await serving.operator.query<CostReport>('cost.report');
    return report.total.requests === 2 ? report : JSON.stringify(report.total);
  });
  const sums = { input: 1_800, output: 84, cacheRead: 14, cacheWrite: 10 };
  expect(total).toMatchObject({ ...sums, usd: 0.25, unpriced: 954 });
});

it('allowed: that very request, once', async () => {
  const { id, subject, input } = await asks('per_1', 'npm test', { description: 'Test it' });
  expect([subject, JSON.parse(input)]).toEqual([
    'npm test',
    { command: 'npm test', description: 'Test it' },
  ]);
  await untilStatus('waiting');
  await serving.operator.command('permission.allow', { permission: id });
  await untilReplied(1);
  const url = '/permission/{id}/reply';
  expect(replies[0]).toEqual({ url, path: { id: 'per_1' }, body: { reply: 'once' } });
  await tell('permission.replied', { requestID: 'per_1', reply: 'once' });
  await untilStatus('working');
});

it('denied, with a word', async () => {
  const { id } = await asks('per_2', 'rm -rf build');
  await serving.operator.command('permission.deny', { permission: id, note: 'it is needed' });
  await untilReplied(2);
  const body = { reply: 'reject', message: 'it is needed' };
  expect(replies[1]).toMatchObject({ path: { id: 'per_2' }, body });
});

it('answered at its own screen: nobody is asked any more, and it is not answered again', async () => {
  const { id } = await asks('per_3', 'make here');
  await tell('permission.replied', { requestID: 'per_3', reply: 'once' });
  await waitFor('it to be over', async () => {
    const ask = { permission: id };
    const record = await serving.operator.query<PermissionRecord>('permission.get', ask);
    return record.state === 'elsewhere' || JSON.stringify(record);
  });
  expect(replies).toHaveLength(2);
});

it('what is shown is what the tool says it runs, and where', async () => {
  const { id, subject } = await asks('per_4', 'make all', { command: 'true', workdir: '/etc' });
  expect(subject).toBe('cd "/etc" && make all');
  await serving.operator.command('permission.deny', { permission: id });
  await untilReplied(3);
});
