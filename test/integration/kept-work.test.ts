// How others lost people's work, played to a real Musher: it is there afterwards.

import { readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { Snapshot } from '../../preload/contract/snapshots.ts';
import { photograph } from '../harness/photograph.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;

beforeEach(async () => {
  world = await makeServeWorld();
});
afterEach(() => world.dispose());

const pidFile = () => join(home(), 'pid');
const home = () => join(world.repository.root, '..');
const worktree = (name = 'a') => join(`${world.repository.root}.worktrees`, name);
const git = (args: readonly string[], cwd = worktree()) => world.repository.git(args, cwd);

/** Its program says its pid in a file and stays. */
async function addAgent(serving: Serving, name = 'a'): Promise<void> {
  const script = `require('fs').writeFileSync(${JSON.stringify(pidFile())}, String(process.pid));
    setInterval(() => {}, 1000);`;
  const command = [process.execPath, '-e', script];
  await serving.operator.command('agent.add', { name, profile: 'script', command });
  await untilAgent(serving, name, 'running');
  await untilStarted();
}

/** Once for each start. */
function untilStarted(): Promise<boolean> {
  return waitFor('its program to say its pid', async () =>
    readFileSync(pidFile(), 'utf8') === '' ? new Error('nothing yet') : true,
  );
}

function killProgram(): void {
  const pid = Number(readFileSync(pidFile(), 'utf8'));
  rmSync(pidFile());
  process.kill(pid, 'SIGKILL');
}

async function list(serving: Serving, agent = 'a'): Promise<Snapshot[]> {
  const { snapshots } = await serving.operator.query<{ snapshots: Snapshot[] }>('snapshot.list', {
    agent,
  });
  return snapshots;
}

function untilKept(serving: Serving, why: string): Promise<Snapshot> {
  return waitFor(`a snapshot, ${why}`, async () => {
    const all = await list(serving);
    return all.find((one) => one.why === why) ?? new Error(JSON.stringify(all));
  });
}

async function musher(serving: Serving, ...args: string[]) {
  const env = {
    ...world.repository.env,
    MUSHER_URL: serving.url,
    MUSHER_TOKEN: serving.operatorToken,
  };
  const ran = await runMusher([...args, '--json'], { env, cwd: home() });
  expect([ran.code, ran.stdout]).toEqual([0, expect.any(String)]);
  return JSON.parse(ran.stdout) as { snapshot?: { id: string; ref: string }; path?: string };
}

async function destroy(serving: Serving): Promise<void> {
  await serving.operator.command('agent.destroy', { agent: 'a' });
  await untilAgent(serving, 'a', 'destroyed');
}

describe('how work was lost elsewhere', () => {
  it('pain 23: a restore that wipes uncommitted lines without a word', async () => {
    const serving = await world.serve();
    await addAgent(serving);
    await writeFile(join(worktree(), 'work.txt'), 'the first draft\n');
    const { snapshot: old } = await musher(serving, 'snapshot', 'take', 'a');
    const lines = Array.from({ length: 200 }, (_, n) => `line ${n}\n`).join('');
    await writeFile(join(worktree(), 'work.txt'), lines);
    await writeFile(join(worktree(), 'later.txt'), 'later\n');
    killProgram();
    await untilAgent(serving, 'a', 'stopped');
    const { snapshot: before } = await musher(serving, 'snapshot', 'restore', old?.id ?? '');
    expect(await readFile(join(worktree(), 'work.txt'), 'utf8')).toBe('the first draft\n');
    expect(await git(['status', '--porcelain'])).toBe('?? work.txt');
    const told = await serving.operator.query<{ events: EventEnvelope[] }>('log.page', {
      limit: 50,
    });
    const restored = told.events.filter(({ type }) => type === 'snapshot.restored');
    expect(restored.map(({ data }) => data)).toMatchObject([{ before: { ref: before?.ref } }]);
    await musher(serving, 'snapshot', 'restore', before?.id ?? '');
    expect(await readFile(join(worktree(), 'work.txt'), 'utf8')).toBe(lines);
    expect(await readFile(join(worktree(), 'later.txt'), 'utf8')).toBe('later\n');
  });

  it('pain 24: a worktree that is handed on while it holds work', async () => {
    const serving = await world.serve();
    await addAgent(serving);
    await writeFile(join(worktree(), 'mine.txt'), 'mine\n');
    await destroy(serving);
    await serving.operator.command('agent.purge', { agent: 'a' });
    await addAgent(serving);
    expect(await photograph(worktree())).not.toHaveProperty('mine.txt');
    const [kept] = await list(serving);
    const { path = '' } = await musher(
      serving,
      'snapshot',
      'restore',
      kept?.id ?? '',
      '--to',
      'out',
    );
    expect(await readFile(join(path, 'mine.txt'), 'utf8')).toBe('mine\n');
    // A folder of somebody else is nobody's to take.
    await mkdir(worktree('b'));
    await writeFile(join(worktree('b'), 'theirs.txt'), 'theirs\n');
    const added = serving.operator.command('agent.add', { name: 'b', profile: 'shell' });
    await expect(added).rejects.toMatchObject({ code: 'WORKTREE_EXISTS' });
    expect(await photograph(worktree('b'))).toEqual({ 'theirs.txt': '- theirs\n' });
  });

  it('pain 25: a clean-up that overlooks untracked files, or takes commits for merged', async () => {
    const serving = await world.serve();
    await addAgent(serving);
    const ids: string[] = [];
    for (const args of [
      ['-m', 'one'],
      ['-m', 'two', '--amend'],
    ]) {
      await git(['commit', '-q', '--allow-empty', ...args]);
      ids.push(await git(['rev-parse', 'HEAD']));
    }
    await git(['checkout', '-q', '--detach']);
    ids.push(await world.repository.commit('off the branch', { 'off.txt': 'off\n' }, worktree()));
    await git(['checkout', '-q', 'agent/a']);
    await world.repository.write(
      { 'new/untracked.txt': 'new\n', 'readme.md': 'edited\n' },
      worktree(),
    );
    const before = await photograph(worktree());
    await destroy(serving);
    await world.repository.git(['reflog', 'expire', '--expire=now', '--all']);
    await world.repository.git(['gc', '-q', '--prune=now']);
    for (const id of ids)
      expect(await world.repository.gitPasses(['cat-file', '-e', id])).toBe(true);
    await serving.operator.command('agent.revive', { agent: 'a' });
    await untilAgent(serving, 'a', 'running');
    expect(await photograph(worktree())).toEqual(before);
  });

  it('pain 26: the end of a terminal, or of its program, that takes the worktree with it', async () => {
    const serving = await world.serve();
    await addAgent(serving);
    await world.repository.write({ 'work.txt': 'work\n' }, worktree());
    const before = await photograph(worktree());
    killProgram();
    await untilAgent(serving, 'a', 'stopped');
    expect(await photograph(worktree())).toEqual(before);
    expect(await untilKept(serving, 'exit')).toMatchObject({ files: 1, branch: 'agent/a' });
    // The same while no Musher is there.
    await serving.operator.command('agent.start', { agent: 'a' });
    await untilAgent(serving, 'a', 'running');
    await untilStarted();
    await serving.kill('SIGKILL');
    await world.repository.write({ 'more.txt': 'more\n' }, worktree());
    killProgram();
    const next = await world.serve();
    await waitFor('both to be kept', async () => {
      const all = (await list(next)).map(({ why, files }) => `${why} ${files}`);
      return all.join() === 'exit 2,exit 1' ? true : new Error(all.join());
    });
  });

  it('pain 27: a teardown without a backstop, cut off in its middle', async () => {
    let serving = await world.serve();
    await addAgent(serving);
    await world.repository.write({ 'work.txt': 'work\n', 'src/x.ts': 'x\n' }, worktree());
    const before = await photograph(worktree());
    await serving.operator.command('agent.destroy', { agent: 'a' });
    // Wherever it is by then.
    await serving.kill('SIGKILL');
    serving = await world.serve();
    await untilAgent(serving, 'a', 'destroyed');
    const { snapshotRef } = await agentRecord(serving, 'a');
    expect((await list(serving)).map(({ ref }) => ref)).toContain(snapshotRef);
    await serving.operator.command('agent.revive', { agent: 'a' });
    await untilAgent(serving, 'a', 'running');
    expect(await photograph(worktree())).toEqual(before);
  });
});
