// Permissions across processes: a CLI's hook asks, waits and is told; whoever decides first counts.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PermissionRecord } from '../../preload/contract/permissions.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { prepareTalks } from '../harness/talks.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let env: Record<string, string>;

beforeAll(async () => {
  world = await makeServeWorld();
  env = (await prepareTalks(world)).env;
  serving = await world.serve({ env });
  await serving.operator.command('agent.add', { name: 'a', profile: 'talks', prompt: 'one' });
  await untilAgent(serving, 'a', 'running');
  await untilScreen('said: one');
});
afterAll(() => world?.dispose());

async function say(text: string): Promise<void> {
  await serving.operator.command('agent.type', { agent: 'a', text });
}

function untilScreen(words: string): Promise<unknown> {
  return waitFor(`${words} on the screen`, async () => {
    const { text } = await serving.operator.query<{ text: string }>('agent.screen', { agent: 'a' });
    const line = text.replaceAll('\n', '');
    return line.includes(words) || text;
  });
}

async function openOnes(): Promise<readonly PermissionRecord[]> {
  const { permissions } = await serving.operator.query<{ permissions: PermissionRecord[] }>(
    'permission.list',
  );
  return permissions;
}

async function asked(command: string): Promise<PermissionRecord> {
  await say(`permit ${command}`);
  return waitFor(`that ${command} is asked for`, async () => {
    const all = await openOnes();
    return all.find(({ subject }) => subject === command) ?? JSON.stringify(all);
  });
}

function untilSettled(id: string, state: PermissionRecord['state']): Promise<unknown> {
  const look = async () => {
    const ask = { permission: id };
    const record = await serving.operator.query<PermissionRecord>('permission.get', ask);
    return record.state === state || JSON.stringify(record);
  };
  // A hook that is away may come back for ten seconds.
  return waitFor(`${id} to be ${state}`, look, { timeoutMs: 30_000 });
}

const decision = (behavior: string) => `"decision":{"behavior":"${behavior}"`;

it('allowed once: the operator sees all of it, the hook is told, the agent works on', async () => {
  const { id, input, risk } = await asked('npm test');
  expect([JSON.parse(input), risk]).toEqual([
    { command: 'npm test', description: 'as it says' },
    'medium',
  ]);
  const { items } = await serving.operator.query<{ items: object[] }>('inbox.list');
  expect(items).toEqual([
    expect.objectContaining({ kind: 'permission', subject: id, title: 'Bash: npm test' }),
  ]);
  expect((await agentRecord(serving, 'a')).status).toMatchObject({
    value: 'waiting',
    source: 'wait',
  });
  await serving.operator.command('permission.allow', { permission: id });
  await untilScreen(decision('allow'));
  await waitFor('it to work', async () => {
    const { status } = await agentRecord(serving, 'a');
    return (status.value === 'working' && status.source === 'hook') || JSON.stringify(status);
  });
});

it('always allowed: the next time nobody is asked, until it is taken back', async () => {
  const { id } = await asked('npm run lint');
  await serving.operator.command('permission.allow', { permission: id, always: true });
  await untilSettled(id, 'allowed');
  await say('permit npm run lint');
  await waitFor('two of them', async () => {
    const { permissions } = await serving.operator.query<{ permissions: PermissionRecord[] }>(
      'permission.list',
      { all: true },
    );
    const lints = permissions.filter(({ subject }) => subject === 'npm run lint');
    return lints.some(({ byRule }) => byRule) || JSON.stringify(lints);
  });
  const { rules } = await serving.operator.query<{ rules: Array<{ id: string }> }>(
    'permission.rules',
  );
  await serving.operator.command('permission.revoke', { rule: rules[0]?.id ?? '' });
  const again = await asked('npm run lint');
  await serving.operator.command('permission.return', { permission: again.id });
  await untilScreen('decided: nothing.');
});

it('denied: the agent is told why', async () => {
  const { id } = await asked('rm -rf build');
  await serving.operator.command('permission.deny', { permission: id, note: 'it is needed' });
  await untilScreen(`${decision('deny')},"message":"it is needed"`);
});

it('decided at the CLI’s own screen: it waits for nobody here any more', async () => {
  const { id } = await asked('make here');
  await say('ran make here');
  await untilSettled(id, 'elsewhere');
});

it('a hook that was killed asks no more', async () => {
  const { id } = await asked('make killed');
  await say('drop');
  await untilSettled(id, 'lapsed');
});

it('the hook waits over the death of the hub, and the next one tells it', async () => {
  const { id } = await asked('make later');
  await serving.kill('SIGKILL');
  serving = await world.serve({ env });
  await untilSettled(id, 'open');
  await serving.operator.command('permission.allow', { permission: id });
  await waitFor('the hook to be told', async () => {
    const { text } = await serving.operator.query<{ text: string }>('agent.screen', { agent: 'a' });
    const told = text.replaceAll('\n', '').split(decision('allow')).length - 1;
    return told >= 2 || text;
  });
});

it('an agent sees its own alone, decides nothing, and asks nothing that is too long', async () => {
  const other = await world.addAgent(serving, 'b');
  const { id } = await asked('make mine');
  for (const [type, data] of [
    ['permission.allow', { permission: id }],
    ['permission.deny', { permission: id }],
  ] as const)
    await expect(other.command(type, data)).rejects.toMatchObject({ status: 403 });
  await expect(other.query('permission.get', { permission: id })).rejects.toMatchObject({
    status: 404,
  });
  const long = { tool: 'Bash', input: 'x'.repeat(60_001) };
  await expect(other.command('permission.ask', long)).rejects.toMatchObject({ status: 400 });
  await serving.operator.command('permission.deny', { permission: id });
});
