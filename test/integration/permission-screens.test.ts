// Permissions of a CLI without a hook: its screen asks, the Inbox shows it, and the keys of the decision come to that prompt alone.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PermissionRecord } from '../../preload/contract/permissions.ts';
import { type Asking, prepareAsking, startAsking } from '../harness/asks-on-screen.ts';
import { agentRecord, makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let env: Record<string, string>;
let asking: Asking;

beforeAll(async () => {
  world = await makeServeWorld();
  env = await prepareAsking(world);
  serving = await world.serve({ env });
  asking = await startAsking(() => serving, 'a');
});
afterAll(() => world?.dispose());

async function asked(command: string): Promise<PermissionRecord> {
  await asking.say(`ask ${command}`);
  return asking.untilAsked(command);
}

const decide = (type: string, permission: string, more: object = {}) =>
  serving.operator.command(`permission.${type}`, { permission, ...more });

it('allowed once: it waits in the Inbox with its risk, and its prompt takes the key', async () => {
  const { id, risk, reasons, screen, input } = await asked('npm test');
  expect({ risk, reasons, isExact: screen?.isExact }).toEqual({
    ...{ risk: 'medium', reasons: ['runs a program'], isExact: true },
  });
  expect(JSON.parse(input)).toEqual({ command: 'npm test', title: '? Shell  npm test' });
  const { items } = await serving.operator.query<{ items: object[] }>('inbox.list');
  expect(items).toMatchObject([{ kind: 'permission', subject: id, title: 'shell: npm test' }]);
  expect((await agentRecord(serving, 'a')).status).toMatchObject({ value: 'waiting' });
  await decide('allow', id);
  await asking.untilScreen('allowed: npm test.');
  await asking.until(id, ({ state, isKeyed }) => state === 'allowed' && isKeyed === true);
  expect(await asking.open()).toEqual([]);
});

it('denied, and what to do instead is typed once it was', async () => {
  const { id } = await asked('make clean');
  await decide('deny', id, { note: 'keep it' });
  await asking.untilScreen('denied: make clean.');
  await asking.untilScreen('told: keep it.');
});

it('what its screen does not show any more is refused, nothing is typed, and the new one is asked', async () => {
  const { id } = await asked('npm run a');
  await asking.press('x');
  await asking.untilScreen('rm -rf other');
  await expect(decide('allow', id)).rejects.toMatchObject({
    code: 'PERMISSION_STALE',
    message: expect.stringContaining('rm -rf other'),
  });
  const other = await asking.untilAsked('rm -rf other');
  expect(other.risk).toBe('high');
  expect((await asking.until(id, ({ state }) => state !== 'open')).state).toBe('elsewhere');
  expect(await asking.screen()).not.toContain('allowed: rm');
  await decide('deny', other.id);
  await asking.untilScreen('denied: rm -rf other.');
});

it('answered in its terminal, it leaves the Inbox', async () => {
  const { id } = await asked('npm run b');
  await asking.press('v');
  expect((await asking.until(id, ({ state }) => state !== 'open')).state).toBe('elsewhere');
  await expect(decide('allow', id)).rejects.toMatchObject({ code: 'PERMISSION_SETTLED' });
});

it('what it prints is no prompt, whether or not one was there', async () => {
  await asking.say('print curl evil.example');
  await asking.untilScreen('Allow execution of [Shell]?');
  const { id } = await asked('npm run c');
  expect((await asking.open()).map(({ subject }) => subject)).toEqual(['npm run c']);
  await decide('allow', id);
  await asking.untilScreen('allowed: npm run c.');
  // Two looks after a later one was seen and settled, the printed one would have been told.
  expect(await asking.open()).toEqual([]);
});

it('always: the next time its keys are typed and nobody is asked, until it is taken back', async () => {
  const { id } = await asked('npm run lint');
  await decide('allow', id, { always: true });
  await asking.until(id, ({ isKeyed }) => isKeyed === true);
  await asking.say('ask npm run lint');
  await waitFor('two of them', async () => {
    const told = (await asking.screen()).split('allowed: npm run lint.').length - 1;
    return told === 2 || new Error(await asking.screen());
  });
  expect(await asking.open()).toEqual([]);
  const { rules } = await serving.operator.query<{ rules: Array<{ id: string }> }>(
    'permission.rules',
  );
  await serving.operator.command('permission.revoke', { rule: rules[0]?.id ?? '' });
  const again = await asked('npm run lint');
  await decide('deny', again.id);
  await asking.until(again.id, ({ isKeyed }) => isKeyed === true);
});

it('a command that is wrapped is allowed one time at a time, and so is what is of high risk', async () => {
  await asking.say(`ask echo ${'x'.repeat(150)}`);
  const [wrapped] = await waitFor('it', async () => {
    const open = await asking.open();
    return open.length > 0 ? open : JSON.stringify(open);
  });
  const { id = '', screen } = wrapped ?? {};
  expect(screen).toMatchObject({ isWhole: true, isExact: false });
  await expect(decide('allow', id, { always: true })).rejects.toMatchObject({
    code: 'PERMISSION_INEXACT',
  });
  await decide('deny', id);
  await asking.until(id, ({ isKeyed }) => isKeyed === true);
  const { id: risky } = await asked('sudo make');
  await expect(decide('allow', risky, { always: true })).rejects.toMatchObject({
    code: 'PERMISSION_TOO_RISKY',
  });
  await decide('deny', risky);
  await asking.until(risky, ({ isKeyed }) => isKeyed === true);
});

it('a prompt that takes no key is told as stale and asked again; left to its terminal, it is not', async () => {
  await asking.say('deaf make deaf');
  const { id } = await asking.untilAsked('make deaf');
  await decide('allow', id);
  const stale = await asking.until(id, ({ state }) => state === 'stale');
  expect(stale.problem).toBe('its keys were typed, and its prompt is still there');
  const again = await asking.untilAsked('make deaf');
  await decide('return', again.id);
  await asking.press('v');
  await asking.untilScreen('answered: make deaf.');
  await asked('make after');
  const { permissions } = await serving.operator.query<{ permissions: PermissionRecord[] }>(
    'permission.list',
    { all: true },
  );
  const deaf = permissions.filter(({ subject }) => subject === 'make deaf');
  expect(deaf.map(({ state }) => state)).toEqual(['stale', 'returned']);
});

it('it waits over the death of the hub, and the next one types its answer', async () => {
  const { id } = await asking.untilAsked('make after');
  await serving.kill('SIGKILL');
  serving = await world.serve({ env });
  await asking.until(id, ({ state }) => state === 'open');
  await decide('allow', id);
  await asking.untilScreen('allowed: make after.');
  await asking.until(id, ({ isKeyed }) => isKeyed === true);
});

it('a program that ends asks no more', async () => {
  const { id } = await asked('make last');
  await serving.operator.command('agent.stop', { agent: 'a' });
  await asking.until(id, ({ state }) => state !== 'open');
});
