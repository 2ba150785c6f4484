// Worktrees by the command, with the real git and the real hub: what an operator sees and does of them.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
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
  serving = await world.serve();
});
afterAll(() => world?.dispose());

async function musher(...words: string[]) {
  const own = { MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  const { stdout, stderr, code } = await runMusher(words, {
    env: { ...world.repository.env, ...own },
    cwd: dirname(world.repository.root),
  });
  return { code, text: (stdout + stderr).replaceAll(dirname(world.repository.root), '') };
}

async function add(name: string): Promise<string> {
  const command = scriptedAgent('forever.mjs');
  await serving.operator.command('agent.add', { name, profile: 'script', command });
  return (await untilAgent(serving, name, 'running')).worktreePath ?? '';
}

it('one that was moved by hand is told, mended with its agent, and worked in', async () => {
  const path = await add('ada');
  await serving.operator.command('agent.stop', { agent: 'ada' });
  await untilAgent(serving, 'ada', 'stopped');
  const to = join(dirname(world.repository.root), 'ada moved');
  await rename(path, to);
  expect((await musher('worktree', 'list')).text).toMatch(/moved +ada +agent\/ada .* \/ada moved/);
  const dry = await musher('worktree', 'repair', '--dry-run');
  expect([dry.code, dry.text]).toMatchObject([0, expect.stringContaining('repoint')]);
  const mended = await musher('worktree', 'repair', './ada moved');
  expect([mended.code, mended.text]).toEqual([
    0,
    'ada: /ada moved  done  git knows it at /ada moved, and ada works there\n',
  ]);
  await serving.operator.command('agent.start', { agent: 'ada' });
  expect(await untilAgent(serving, 'ada', 'running')).toMatchObject({ worktreePath: to });
  expect((await musher('worktree', 'repair')).text).toBe('Nothing is wrong with any worktree.\n');
});

it('one made by hand becomes an agent’s, and is left where it is when that goes', async () => {
  const mine = join(dirname(world.repository.root), 'mine');
  await world.repository.git(['worktree', 'add', '-q', '-b', 'mine', mine]);
  const adopted = await musher('worktree', 'adopt', 'mine', '--profile', 'script', '--', 'true');
  expect([adopted.code, adopted.text]).toMatchObject([
    0,
    expect.stringMatching(/^mine works there/),
  ]);
  expect(await untilAgent(serving, 'mine', 'stopped')).toMatchObject({
    ...{ worktreePath: mine, branch: 'mine', base: { ref: 'main' } },
  });
  await musher('agent', 'destroy', 'mine');
  expect(await untilAgent(serving, 'mine', 'destroyed')).toMatchObject({
    ...{ adoptedPath: mine, snapshotRef: expect.any(String) },
  });
  expect((await musher('worktree', 'list')).text).toMatch(/outside +- +mine .* \/mine/);
});

it('what nobody needs is shown with its size, and goes when that is said; what an agent has stays', async () => {
  await add('stays');
  const { repository } = world;
  const git = createGit({ clock: systemClock, env: repository.env });
  const worktrees = createWorktrees({
    git,
    repository,
  });
  await worktrees.provision({ agent: 'ghost', branch: 'agent/ghost', base: 'main' });
  await mkdir(join(repository.worktreesFolder, '.trash', 'old-1'), { recursive: true });
  const shown = await musher('worktree', 'prune', '--dry-run');
  expect(shown.text).toMatch(/^ID +STATE +SIZE .*\n\w{12} +orphan +\d+ kB +clean +agent\/ghost/);
  expect(shown.text).toContain('git branch -d agent/ghost');
  expect(await musher('worktree', 'prune')).toMatchObject({
    ...{ code: 2, text: expect.stringContaining('say --yes') },
  });
  const pruned = await musher('worktree', 'prune', '--yes');
  expect([pruned.code, pruned.text]).toMatchObject([0, expect.stringMatching(/ghost +done/)]);
  expect((await musher('worktree', 'prune', '--yes')).text).toBe('There is nothing to prune.\n');
  expect((await agentRecord(serving, 'stays')).state).toBe('running');
  expect(await repository.gitPasses(['rev-parse', 'refs/heads/agent/ghost'])).toBe(true);
});

it('by the config an agent has ports of its own, and is brought up to date when it starts', async () => {
  const { repository } = world;
  await mkdir(join(repository.root, '.musher'), { recursive: true });
  const config = '[worktrees]\nports = { from = 42000, count = 3 }\nrebase = "clean"\n';
  await writeFile(join(repository.root, '.musher', 'config.toml'), config);
  await waitFor('the config to be read', async () => {
    const { files } = await serving.operator.query<{ files: object[] }>('settings.get');
    return JSON.stringify(files).includes('"good"') || JSON.stringify(files);
  });
  const told = join(dirname(repository.root), 'ports');
  const script = `require('fs').writeFileSync(${JSON.stringify(told)}, process.env.MUSHER_PORT + ' ' + process.env.MUSHER_PORT_COUNT); setInterval(() => {}, 1e6)`;
  const command = [process.execPath, '-e', script];
  const add = { name: 'ports', profile: 'script', command };
  await serving.operator.command('agent.add', add);
  const { ports, worktreePath = '' } = await untilAgent(serving, 'ports', 'running');
  expect(ports).toMatchObject({ from: expect.any(Number), count: 3 });
  const said = await waitFor('its ports', async () => {
    const text = await readFile(told, 'utf8');
    return text === '' ? new Error('nothing yet') : { text };
  });
  expect(said.text).toBe(`${ports?.from} 3`);
  const theirs = await repository.commit('theirs', { 'theirs.txt': 'theirs\n' });
  expect((await musher('agent', 'stop', 'ports')).code).toBe(0);
  await untilAgent(serving, 'ports', 'stopped');
  await repository.commit('mine', { 'mine.txt': 'mine\n' }, worktreePath);
  await musher('agent', 'start', 'ports');
  expect(await untilAgent(serving, 'ports', 'running')).toMatchObject({
    ...{ ports, rebase: { how: 'rebased', onto: 'main' } },
  });
  expect(await repository.git(['rev-parse', 'HEAD~1'], worktreePath)).toBe(theirs);
});
