// What is done with worktrees and snapshots on a disk that is full: told with the thing it is about, nothing lost, and done once there is room.

import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createSnapshots } from '../../main/adapters/git/snapshots.ts';
import { createUpkeep } from '../../main/adapters/git/upkeep.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { MusherError } from '../../main/base/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import { photograph } from '../harness/photograph.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { fillDisk, mountSmall, unmountAll } from '../harness/small-disk.ts';

let repository: TestRepository;
let disk: string;
let root: string;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n', 'src/a.txt': 'a\n' });
  disk = join(dirname(repository.root), 'disk');
  root = join(disk, 'repo');
});
afterEach(() => {
  unmountAll();
  return repository.dispose();
});

async function open() {
  if (!(await mountSmall(disk, 8))) return undefined;
  await repository.git(['clone', '-q', repository.root, root]);
  await repository.git(['config', 'core.compression', '0'], root);
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository: await openRepository(git, root) };
  const worktrees = createWorktrees(context);
  const ask = { agent: 'ada', branch: 'agent/ada', base: 'main' };
  const { worktreePath: path } = await worktrees.provision(ask);
  const [snapshots, upkeep] = [createSnapshots(context), createUpkeep(context)];
  const take = () => snapshots.take({ agent: 'ada', worktreePath: path, why: 'asked' });
  return { path, worktrees, snapshots, upkeep, take };
}

/** What is told of work that fails for want of room. */
async function told(work: Promise<unknown>): Promise<MusherError['wire']> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof MusherError)) throw new Error(`no refusal: ${error}`);
  return error.wire;
}

const sound = () => repository.git(['fsck', '--no-dangling', '--strict'], root);

it('a restore that has no room to keep what is there changes nothing', async () => {
  const world = await open();
  if (world === undefined) return;
  const { path, snapshots, take } = world;
  await repository.write({ 'src/a.txt': 'mine\n' }, path);
  const { commit } = (await take()).snapshot;
  await repository.write({ 'src/a.txt': `${Math.random()}\n`, 'new.txt': 'n\n' }, path);
  const before = await photograph(path);
  const free = await fillDisk(disk);
  const ask = { agent: 'ada', path, commit };
  expect(await told(snapshots.restore(ask))).toMatchObject({
    code: 'SNAPSHOT_FAILED',
    message: expect.stringMatching(/space|write/i),
  });
  expect(await photograph(path)).toEqual(before);
  await free();
  const done = await snapshots.restore(ask);
  expect(await photograph(path)).toMatchObject({ 'src/a.txt': '- mine\n' });
  await snapshots.restore({ ...ask, commit: done.before?.commit ?? '' });
  expect(await photograph(path)).toEqual(before);
});

it('a restore that runs out of room half-way says where what was there is kept, and ends when asked again', async () => {
  const world = await open();
  if (world === undefined) return;
  const { path, snapshots, take } = world;
  const large = Object.fromEntries(
    [1, 2, 3].map((at) => [`large${at}.bin`, Buffer.alloc(600_000, `${at}large`)]),
  );
  await repository.write({ ...large, 'src/a.txt': 'mine\n' }, path);
  const { commit } = (await take()).snapshot;
  const wanted = await photograph(path);
  await repository.git(['clean', '-fdq'], path);
  await repository.write({ 'src/a.txt': 'later\n' }, path);
  const before = await photograph(path);
  const ballast = join(disk, 'room');
  await writeFile(ballast, Buffer.alloc(900_000));
  const free = await fillDisk(disk);
  await rm(ballast);
  const to = join(disk, 'rescued');
  const name = 'one';
  expect(await told(snapshots.restore({ to, commit, name }))).toMatchObject({
    code: 'RESTORE_FAILED',
    message: expect.stringContaining(to),
  });
  expect((await readdir(disk)).filter((one) => one.includes('rescued'))).toEqual([]);
  const ask = { agent: 'ada', path, commit };
  const { message, mend } = await told(snapshots.restore(ask));
  const [kept] = await snapshots.list({ agent: 'ada' });
  expect(kept?.snapshot.why).toBe('restore');
  expect(message).toMatch(/MB are left/);
  expect(mend).toContain(kept?.snapshot.id);
  await free();
  await snapshots.restore({ ...ask, commit: kept?.snapshot.commit ?? '' });
  expect(await photograph(path)).toEqual(before);
  await snapshots.restore(ask);
  expect(await photograph(path)).toEqual(wanted);
  await sound();
});

it('what is cleared away stays where it cannot be kept, and goes once it can', async () => {
  const world = await open();
  if (world === undefined) return;
  const { path, upkeep, snapshots } = world;
  await repository.write({ 'src/a.txt': `${Math.random()}\n` }, path);
  await repository.git(['add', 'src/a.txt'], path);
  await repository.write({ 'new.txt': `${Math.random()}\n` }, path);
  const before = await photograph(path);
  const find = async () => (await upkeep.survey({ near: [] })).find((one) => one.path === path);
  const id = (await find())?.id ?? '';
  const remove = () => upkeep.remove({ tree: { path, id }, keepAs: 'ada' });
  const free = await fillDisk(disk);
  expect(await told(remove())).toMatchObject({
    code: 'SNAPSHOT_FAILED',
    message: expect.stringMatching(/ada.*(space|write)/i),
  });
  expect(await photograph(path)).toEqual(before);
  expect((await find())?.id).toBe(id);
  expect(await upkeep.size(path)).toMatchObject({ isPartial: false });
  await free();
  const { snapshotRef = '' } = await remove();
  const commit = await repository.git(['rev-parse', snapshotRef], root);
  await snapshots.restore({ to: join(disk, 'again'), commit, name: 'one' });
  expect(await photograph(join(disk, 'again'))).toEqual(before);
  await sound();
});

it('one is adopted, repaired and made anew once there is room, and until then it is as it was', async () => {
  const world = await open();
  if (world === undefined) return;
  const { path, upkeep, worktrees } = world;
  const mine = join(disk, 'mine');
  await repository.git(['worktree', 'add', '-q', '-b', 'login', mine], root);
  await repository.write({ 'new.txt': 'n\n' }, mine);
  const moved = `${path}-moved`;
  await rename(path, moved);
  const before = await photograph(mine);
  const adopt = { agent: 'eve', branch: 'login', base: 'main', adopts: true, path: mine };
  const anew = { agent: 'bob', branch: 'agent/bob', base: 'main' };
  const free = await fillDisk(disk);
  for (const work of [() => worktrees.provision(adopt), () => worktrees.provision(anew)])
    expect(await told(work())).toMatchObject({
      code: 'DISK_FAILED',
      message: expect.stringMatching(/space|MB are left/),
    });
  // It writes over what is there, which a full disk may have room for.
  await upkeep.repoint(moved).catch(() => undefined);
  expect(await photograph(mine)).toEqual(before);
  await free();
  await worktrees.provision(adopt);
  const { worktreePath } = await worktrees.provision(anew);
  await upkeep.repoint(moved);
  for (const place of [mine, moved, worktreePath])
    expect(await repository.gitPasses(['status', '--porcelain'], place)).toBe(true);
  expect(await photograph(mine)).toEqual(before);
  await sound();
});
