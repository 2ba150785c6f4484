// Agents outlive their Musher, by whatever death; and when the terminal host dies, that is said and nothing is left.

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { itAtLength } from '../harness/at-length.ts';
import { seededRandom } from '../harness/hub.ts';
import { beside, killHost } from '../harness/host-world.ts';
import { rounds } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import {
  agentRecord,
  makeServeWorld,
  scriptedAgent,
  tokenOf,
  untilAgent,
} from '../harness/serve-world.ts';
import { stateOf } from '../harness/terminal-states.ts';
import { ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

const names = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'].slice(0, rounds(2, 8));

let world: ServeWorld;
let watcher: Terminals;

beforeEach(async () => {
  world = await makeServeWorld();
  watcher = beside(world.repository.env);
});

afterEach(async () => {
  await watcher.dispose();
  await world.dispose();
});

async function addBusy(serving: Serving): Promise<void> {
  const command = scriptedAgent('busy.mjs');
  for (const name of names)
    await serving.operator.command('agent.add', { name, profile: 'script', command });
  for (const name of names) await untilAgent(serving, name, 'running');
}

/** By name, the terminals that run. */
async function running(): Promise<Map<string, { id: string; pid: number }>> {
  const all = await watcher.list();
  return new Map(all.map(({ id, pid }) => [id.replace(/^.*\/|\.\d+$/g, ''), { id, pid }]));
}

async function screenOf(serving: Serving, agent: string): Promise<string> {
  return (await serving.operator.query<{ text: string }>('agent.screen', { agent })).text;
}

async function isRecorded(agent: string, text: string): Promise<boolean> {
  const folder = join(dirname(world.logFile), 'recordings');
  const files = (await readdir(folder)).filter((file) => file.startsWith(`${agent}.`));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.some((all) => all.includes(text));
}

/** A viewer that comes after the end sees what one saw that was there, and that nobody saw how it ended. */
async function expectLast(id: string, mirror: ScreenViewer): Promise<void> {
  const late = await ScreenViewer.attach(watcher, id);
  await late.parsed();
  expect(late.exit).toEqual({ id, exitCode: null, signal: null });
  expect(stateOf(late.terminal)).toEqual(stateOf(mirror.terminal));
}

/** Its output so far counts without a hole, and a viewer that comes now sees what one sees that never left. */
async function expectWhole(id: string, mirror: ScreenViewer): Promise<void> {
  mirror.type('q');
  const [, total = '0'] = await waitFor('the program to pause', () =>
    mirror.output.match(/paused after (\d+)/),
  );
  const lines = [...mirror.output.matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
  const [first = 1] = lines;
  expect(lines).toEqual(Array.from({ length: lines.length }, (_, index) => first + index));
  expect(lines.at(-1)).toBe(Number(total));
  const late = await ScreenViewer.attach(watcher, id);
  await Promise.all([late.parsed(), mirror.parsed()]);
  expect(stateOf(late.terminal)).toEqual(stateOf(mirror.terminal));
  late.attachment?.detach();
}

it('busy terminals live on when their hub is killed: same processes, and screens without a gap', async () => {
  const serving = await world.serve();
  await addBusy(serving);
  const before = await running();
  const mirrors = new Map<string, ScreenViewer>();
  for (const { id } of before.values()) mirrors.set(id, await ScreenViewer.attach(watcher, id));
  for (let round = 0; round < rounds(1, 10); round++) {
    const hub = round === 0 ? serving : await world.serve();
    for (const name of names) await untilAgent(hub, name, 'running');
    await hub.kill('SIGKILL');
  }
  const again = await world.serve();
  for (const name of names) await untilAgent(again, name, 'running');
  expect(await running()).toEqual(before);
  expect(again.url).toBe(serving.url);
  for (const [id, mirror] of mirrors) await expectWhole(id, mirror);
  for (const mirror of mirrors.values()) expect(mirror.restores).toBe(1);
});

it('an agent that outlived the hub talks to the next one with its old token, at the same address', async () => {
  const serving = await world.serve();
  const one = await world.addAgent(serving, 'one');
  await serving.kill('SIGKILL');
  const again = await world.serve();
  await one.command('message.send', { to: 'operator', body: 'still here' });
  expect((await agentRecord(again, 'one')).status.value).toBeDefined();
  expect(await tokenOf(world.repository, 'one')).toBe(one.token);
});

it('a program that ends while no hub is there is shown with its exit code by the next one', async () => {
  const serving = await world.serve();
  const command = ['/bin/sh', '-c', 'read line; exit 7'];
  await serving.operator.command('agent.add', { name: 'brief', profile: 'script', command });
  await untilAgent(serving, 'brief', 'running');
  await serving.kill('SIGKILL');
  const { id } = (await running()).get('brief') ?? { id: '' };
  const viewer = await ScreenViewer.attach(watcher, id);
  viewer.type('\r');
  await waitFor('the program to end', () => viewer.exit);
  const again = await world.serve();
  const record = await untilAgent(again, 'brief', 'stopped');
  expect(record.exit).toMatchObject({ code: 7, expected: false });
});

it('a killed terminal host: its agents are shown as ended with their last screen, no process is left, and they start again', async () => {
  const serving = await world.serve();
  await addBusy(serving);
  const { id = '' } = (await running()).get('a1') ?? {};
  const mirror = await ScreenViewer.attach(watcher, id);
  await waitFor('its first lines', () => /line \d+/.test(mirror.output));
  mirror.type('q');
  await waitFor('the program to pause', () => /paused after \d+/.test(mirror.output));
  await mirror.parsed();
  await waitFor('its recording', () => isRecorded('a1', 'paused after'));
  for (const name of names)
    await waitFor(`the recording of ${name}`, () => isRecorded(name, 'line'));
  await killHost(world.repository.env);
  for (const name of names) {
    const record = await untilAgent(serving, name, 'stopped');
    expect(record.exit).toMatchObject({ code: null, signal: null, expected: false });
    expect(await screenOf(serving, name)).toMatch(/line \d+/);
  }
  await expectLast(id, mirror);
  // The next host knows them too, and so does a hub that never saw the first.
  await Promise.all([serving.kill('SIGKILL'), killHost(world.repository.env)]);
  const again = await world.serve();
  expect(await screenOf(again, 'a1')).toBe(mirror.text());
  await expectLast(id, mirror);
  await again.operator.command('agent.start', { agent: 'a1' });
  await untilAgent(again, 'a1', 'running');
  expect(await screenOf(again, 'a2')).toMatch(/line \d+/);
});

it('what was not recorded leaves no last screen when its host is killed, and that is said', async () => {
  const serving = await world.serve({ env: { ...world.repository.env, MUSHER_RECORDING: 'off' } });
  const command = scriptedAgent('busy.mjs');
  await serving.operator.command('agent.add', { name: 'a1', profile: 'script', command });
  await untilAgent(serving, 'a1', 'running');
  await killHost(world.repository.env);
  await untilAgent(serving, 'a1', 'stopped');
  await expect(screenOf(serving, 'a1')).rejects.toMatchObject({
    code: 'TERMINAL_GONE',
    message: expect.stringContaining('"a1"'),
  });
});

// The death of each alone is above.
itAtLength('whatever dies, and in whatever order, nothing hangs and nothing is left', async () => {
  let serving = await world.serve();
  await addBusy(serving);
  const random = seededRandom(7);
  for (let round = 0; round < 50; round++) {
    const what = ['hub', 'host', 'both'][Math.floor(random() * 3)];
    const before = await running();
    const killing = what === 'hub' ? undefined : killHost(world.repository.env);
    if (what !== 'host') await serving.kill('SIGKILL');
    await killing;
    if (what !== 'host') serving = await world.serve();
    if (what === 'hub') expect(await running()).toEqual(before);
    for (const name of names) {
      const record = await untilAgent(serving, name, what === 'hub' ? 'running' : 'stopped');
      if (record.state === 'stopped')
        await serving.operator.command('agent.start', { agent: name });
    }
    for (const name of names) await untilAgent(serving, name, 'running');
  }
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
});
