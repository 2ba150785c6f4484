// Agents on a disk that gets full: their terminals go on, their recordings give way, and what happened is told once it can be.

import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { itAtLength } from '../harness/at-length.ts';
import { beside, hostState, killHost } from '../harness/host-world.ts';
import type { Serving } from '../harness/serve.ts';
import { placeOf } from '../harness/serve.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import { fillDisk, mountSmall, unmountAll } from '../harness/small-disk.ts';
import { isAlive, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
beforeEach(async () => {
  world = await makeServeWorld();
});
afterEach(async () => {
  unmountAll();
  await world.dispose();
});

async function add(serving: Serving, name: string, command: readonly string[]): Promise<void> {
  await serving.operator.command('agent.add', { name, profile: 'script', command });
}

itAtLength('a recording never takes the room that the log needs', async () => {
  const folder = dirname(world.logFile);
  if (!(await mountSmall(folder, 12))) return;
  const serving = await world.serve();
  // 22 MB.
  await add(serving, 'flood', scriptedAgent('floods.mjs', '400000'));
  const record = await untilAgent(serving, 'flood', 'stopped');
  expect(record.exit).toMatchObject({ code: 0 });
  await serving.operator.command('message.send', { to: '*', body: 'there is room' });
  expect(await readdir(join(folder, 'recordings'))).toEqual([]);
  const { text } = await serving.operator.query<{ text: string }>('agent.screen', {
    agent: 'flood',
  });
  expect(text).toContain('line 399999 ');
});

it('a program that ends while nothing can be written is told as soon as there is room', async () => {
  const folder = dirname(world.logFile);
  if (!(await mountSmall(folder, 12))) return;
  const serving = await world.serve();
  await add(serving, 'brief', [
    '/bin/sh',
    '-c',
    'echo ready; read line; echo "over: $line"; exit 5',
  ]);
  await untilAgent(serving, 'brief', 'running');
  const watcher = beside(world.repository.env);
  const [{ id } = { id: '' }] = await watcher.list();
  const viewer = await ScreenViewer.attach(watcher, id);
  const free = await fillDisk(folder);
  // The log has room left within its own file; the second is the least that a commit can be.
  let turns = 0;
  const untilRefused = (type: string, data: () => object) =>
    waitFor('the log to be full', () =>
      serving.operator.command(type, data()).then(
        () => 'there is room',
        ({ code }) => code === 'STORE_FAILED' || code,
      ),
    );
  await untilRefused('message.send', () => ({ to: 'brief', body: 'x'.repeat(50_000) }));
  await untilRefused('agent.limits', () => ({ agent: 'brief', turns: ++turns }));
  // Its terminal goes on, and so does who watches.
  viewer.type('on\r');
  await waitFor('the end', () => viewer.exit);
  expect(viewer.output).toContain('over: on');
  await watcher.dispose();
  // The log may have found room for it within its own file; else nothing is said that is not written down.
  const { state } = await agentRecord(serving, 'brief');
  const refused = serving.operator.command('agent.stop', { agent: 'brief' });
  const code = state === 'running' ? /STORE_FAILED|AGENT_NOT_IN_STATE/ : /AGENT_NOT_IN_STATE/;
  await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(code) });
  await free();
  const record = await untilAgent(serving, 'brief', 'stopped');
  expect(record.exit).toMatchObject({ code: 5, expected: false });
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
});

itAtLength(
  'a terminal host on a full disk serves, is replaced when it dies, and writes down what runs once it can',
  async () => {
    const { env } = world.repository;
    const { folder } = placeOf(env);
    if (!(await mountSmall(folder, 1))) return;
    const serving = await world.serve();
    await add(serving, 'one', scriptedAgent('echo.mjs'));
    await untilAgent(serving, 'one', 'running');
    const free = await fillDisk(folder);
    await add(serving, 'two', scriptedAgent('echo.mjs'));
    await untilAgent(serving, 'two', 'running');
    await killHost(env);
    for (const name of ['one', 'two']) {
      await untilAgent(serving, name, 'stopped');
      await serving.operator.command('agent.start', { agent: name });
      await untilAgent(serving, name, 'running');
    }
    await free();
    await waitFor(
      'what runs to be written down',
      async () => {
        const { pid, terminals } = await hostState(env);
        const isThere = await isAlive(pid);
        return (isThere && terminals.length === 2) || `${pid} ${isThere} ${terminals.length}`;
      },
      { timeoutMs: 30_000 },
    );
  },
);
