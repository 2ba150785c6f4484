// A pool of worktrees that are set up, with the real git, terminal host and hub: taken, made up for, and after a kill.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WorktreeRow } from '../../preload/contract/worktree-commands.ts';
import type { Serving } from '../harness/serve.ts';
import {
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;

beforeAll(async () => {
  world = await makeServeWorld();
});
afterAll(() => world?.dispose());

const pool = async () => {
  const { worktrees } = await serving.operator.query<{ worktrees: WorktreeRow[] }>('worktree.list');
  return worktrees.filter(({ state }) => state === 'pool');
};
const untilReady = (count: number) =>
  waitFor(`${count} worktrees to be ready`, async () => {
    const rows = await pool();
    const ready = rows.filter(({ why }) => why === 'ready for a new agent');
    return ready.length === count && rows.length === count ? rows : JSON.stringify(rows);
  });

it('a kill while one is set up leaves nothing, and an agent takes one that is ready', async () => {
  const outside = dirname(world.repository.root);
  const [begun, go] = [join(outside, 'begun'), join(outside, 'go')];
  const script =
    'const fs = require("fs"), [b, g] = process.argv.slice(1); fs.appendFileSync(b, process.pid + "\\n"); setInterval(() => { if (!fs.existsSync(g)) return; fs.writeFileSync("built", process.cwd()); process.exit(0); }, 20)';
  const line = [process.execPath, '-e', script, begun, go];
  const file = join(world.repository.root, '.musher', 'config.toml');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `[worktrees]\npool = 1\nsetup = ${JSON.stringify([line])}\n`);
  serving = await world.serve();
  const { unconfirmed } = await serving.operator.query<{ unconfirmed: object }>(
    'worktree.commands',
  );
  await serving.operator.command('worktree.trust', unconfirmed);
  const pids = async () =>
    (await readFile(begun, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  await waitFor('the setup to run', async () => (await pids()).length === 1);
  await serving.kill('SIGKILL');
  serving = await world.serve();
  await waitFor('the next one to be set up', async () => (await pids()).length === 2);
  const [first = 0] = await pids();
  expect(() => process.kill(first, 0), 'the one before is left running').toThrow();
  await writeFile(go, '');
  const [ready] = await untilReady(1);
  expect(await readFile(join(ready?.path ?? '', 'built'), 'utf8')).toBe(ready?.path);
  const command = scriptedAgent('forever.mjs');
  await serving.operator.command('agent.add', { name: 'ada', profile: 'script', command });
  const ada = await untilAgent(serving, 'ada', 'running');
  // Set up already, where it stands: that is not done again.
  expect([ada.worktreePath, ada.chore]).toEqual([ready?.path, undefined]);
  const [next] = await untilReady(1);
  expect(next?.path).not.toBe(ready?.path);
  await serving.operator.command('agent.destroy', { agent: 'ada' });
  await untilAgent(serving, 'ada', 'destroyed');
  await writeFile(file, '');
  await untilReady(0);
  const list = await world.repository.git(['worktree', 'list']);
  expect(list).not.toContain('pool_');
});
