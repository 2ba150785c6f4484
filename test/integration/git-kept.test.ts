// Snapshots as they are listed, compared, brought back and let go of, with real git.

import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createSnapshots } from '../../main/adapters/git/snapshots.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import type { Snapshots } from '../../main/features/snapshots/ports.ts';
import { refusedWith } from '../harness/hub.ts';
import { photograph } from '../harness/photograph.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';
import { fillDisk, mountSmall, unmountAll } from '../harness/small-disk.ts';

let repository: TestRepository;
let worktrees: Worktrees;
let snapshots: Snapshots;
let path: string;
let nowMs: number;

const agent = 'ada';
const isWindows = process.platform === 'win32';

async function openAt(root: string, env: TestRepository['env']): Promise<void> {
  nowMs = Date.parse('2026-03-04T05:06:07Z');
  const git = createGit({ clock: { ...systemClock, now: () => nowMs }, env });
  const opened = await openRepository(git, root);
  worktrees = createWorktrees({ git, repository: opened });
  snapshots = createSnapshots({ git, repository: opened });
  const made = await worktrees.provision({ agent, branch: 'agent/ada', base: 'main' });
  path = made.worktreePath;
}

beforeEach(async () => {
  repository = await makeRepository({
    'readme.md': 'hello\n',
    'src/a.txt': 'a\n',
    'tool.sh': { run: '#!/bin/sh\n' },
    '.gitignore': 'build/\n*.log\n',
  });
  await openAt(repository.root, repository.env);
});
afterEach(() => {
  unmountAll();
  return repository.dispose();
});

const write: TestRepository['write'] = (files) => repository.write(files, path);
const git = (...args: string[]) => repository.git(args, path);
const take = async (why: 'timer' | 'exit' | 'asked' = 'asked') =>
  (await snapshots.take({ agent, worktreePath: path, why })).snapshot;
const restore = (commit: string, paths?: string[]) =>
  snapshots.restore({ agent, path, commit, ...(paths && { paths }) });

it('they are listed by what the refs say, newest first, with reason, time and how much they change', async () => {
  await write({ 'src/a.txt': 'a\nb\n', 'new.bin': Buffer.from([0, 1, 2]), 'readme.md': null });
  const first = await take('exit');
  nowMs += 60_000;
  await git('checkout', '-q', '--detach');
  await write({ 'more.txt': 'x\n' });
  await take('timer');
  const head = await git('rev-parse', 'HEAD');
  const all = (await snapshots.list({})).map((one) => one.snapshot);
  expect(all).toMatchObject([
    { why: 'timer', atMs: nowMs, files: 4, additions: 2, deletions: 1 },
    {
      why: 'exit',
      atMs: nowMs - 60_000,
      files: 3,
      additions: 1,
      deletions: 1,
      branch: 'agent/ada',
    },
  ]);
  expect(all[0]).not.toHaveProperty('branch');
  expect(all[1]).toEqual({ ...first, head, agent, nested: [] });
});

it('one state is kept once, but one that came back is the newest again, also when the clock went back', async () => {
  await write({ 'a.txt': 'A\n' });
  const first = await take();
  nowMs += 1_000;
  expect(await snapshots.take({ agent, worktreePath: path, why: 'timer' })).toEqual({
    snapshot: first,
    isNew: false,
  });
  await write({ 'a.txt': 'B\n' });
  const second = await take();
  nowMs -= 3_600_000;
  await write({ 'a.txt': 'A\n' });
  const third = await take();
  expect(third.commit).toBe(first.commit);
  const refs = (await snapshots.list({ agent })).map(({ snapshot }) => snapshot.ref);
  expect(refs).toEqual([third.ref, second.ref, first.ref]);
});

it('an agent at work, or a lock that somebody holds, is no hindrance', async () => {
  await writeFile(join(repository.commonDir, 'worktrees/ada/index.lock'), '');
  let isOver = false;
  const churn = async () => {
    for (let n = 0; !isOver; n++) {
      await write({ [`churn/${n % 20}.txt`]: n % 3 === 0 ? null : `${n}\n` });
    }
  };
  const churning = churn();
  try {
    for (let n = 0; n < 5; n++) await take('timer');
  } finally {
    isOver = true;
    await churning;
  }
  const before = await photograph(path);
  const { commit } = await take();
  await write({ churn: null });
  await restore(commit);
  expect(await photograph(path)).toEqual(before);
});

it('what is brought back is byte for byte what was there, and what was there instead is kept', async () => {
  const odd: Files = isWindows ? {} : { 'new\nline': 'n\n', link: { link: 'readme.md' } };
  await write({
    'src/a.txt': 'mine\r\n',
    'tool.sh': { run: 'x\r\n' },
    'untracked/x': 'x\n',
    ...odd,
  });
  if (!isWindows)
    await writeFile(Buffer.concat([Buffer.from(`${path}/caf`), Buffer.from([0xe9])]), 'latin1\n');
  await write({ 'staged.txt': 'staged\n' });
  await git('add', 'staged.txt');
  const before = await photograph(path);
  const status = await git('status', '--porcelain');
  const wanted = await take();
  await git('reset', '-q', '--hard');
  await git('clean', '-fdq');
  await write({ untracked: 'a file now\n', 'later.txt': 'later\n', 'src/a.txt': null });
  await git('add', 'later.txt');
  const now = await photograph(path);
  const done = await restore(wanted.commit);
  expect(await photograph(path)).toEqual(before);
  expect(await git('status', '--porcelain')).toBe(status);
  await restore(done.before?.commit ?? '');
  expect(await photograph(path)).toEqual(now);
  expect(await git('status', '--porcelain')).toContain('A  later.txt');
});

it('of some paths only those come back, and nothing is staged or unstaged', async () => {
  await write({ 'src/a.txt': 'mine\n', 'src/new.txt': 'n\n', 'readme.md': 'mine\n' });
  const { commit, id } = await take();
  await write({ 'src/a.txt': 'other\n', 'src/new.txt': null, 'readme.md': 'other\n' });
  await git('add', 'readme.md');
  expect(await restore(commit, ['src/'])).toMatchObject({ files: 2 });
  expect(await photograph(path)).toMatchObject({
    ...{ 'src/a.txt': '- mine\n', 'src/new.txt': '- n\n', 'readme.md': '- other\n' },
  });
  expect(await git('diff', '--cached', '--name-only')).toBe('readme.md');
  const unknown = snapshots.find({ snapshot: id, paths: ['src', 'nowhere/*'] });
  await refusedWith('SNAPSHOT_PATH_UNKNOWN', unknown);
});

it('what git ignores is never written over: it is told, and nothing was changed', async () => {
  await write({ 'out.txt': 'o\n', 'cache/x': 'x\n', 'deep/y': 'y\n' });
  const { commit } = await take();
  await write({ 'out.txt': null, cache: null, deep: null, '.gitignore': 'out.txt\ncache\nnew/\n' });
  for (const inWay of ['out.txt', 'cache', 'deep/y/z']) {
    await write({ [inWay]: 'mine\n', '.gitignore': 'out.txt\ncache\nz\n' });
    const now = await photograph(path);
    await refusedWith('SNAPSHOT_IN_WAY', restore(commit));
    expect(await photograph(path)).toEqual(now);
    await write({ [inWay.split('/')[0] ?? '']: null });
  }
  await restore(commit);
  expect(await photograph(path)).toMatchObject({ 'out.txt': '- o\n', 'deep/y': '- y\n' });
});

it('into a new folder come all files or some, and only where nothing is', async () => {
  await write({ 'src/a.txt': 'mine\n', 'x.txt': 'x\n' });
  const { commit } = await take();
  const home = join(repository.root, '..');
  const to = join(home, 'rescued');
  await snapshots.restore({ to, commit, name: 'one' });
  expect(await photograph(to)).toEqual(await photograph(path));
  await snapshots.restore({ to: join(home, 'some'), commit, paths: ['src'], name: 'two' });
  expect(await photograph(join(home, 'some'))).toEqual({ 'src/a.txt': '- mine\n' });
  for (const wrong of [to, 'relative', join(home, 'no/such/parent'), join(to, 'x.txt')])
    await refusedWith('SNAPSHOT_TARGET_INVALID', snapshots.requireNew(wrong));
});

it('they are compared to their commit, to the worktree and to one another', async () => {
  await write({ 'src/a.txt': 'mine\n', 'x.txt': 'x\n' });
  const first = await take();
  await write({ 'x.txt': 'y\n' });
  const names = async (against: Parameters<Snapshots['diff']>[0]['against'], paths?: string[]) => {
    const { files } = await snapshots.diff({ of: first.commit, against, paths });
    return files.map(({ path: name, status }) => `${status} ${name}`);
  };
  const head = { commit: first.head };
  expect(await names(head)).toEqual(['modified src/a.txt', 'added x.txt']);
  expect(await names(head, ['src'])).toEqual(['modified src/a.txt']);
  expect(await names({ agent, path })).toEqual(['modified x.txt']);
  const second = await take();
  expect(await names({ commit: second.commit })).toEqual(['modified x.txt']);
  await refusedWith('SNAPSHOT_UNKNOWN', snapshots.find({ snapshot: 'beef' }));
});

it('what is let go of goes, with repositories inside that no other names; what stays outlives any clean-up of git', async () => {
  const inside = join(path, 'vendor/lib');
  const { git: run } = repository;
  await run(['clone', '-q', repository.root, inside], path);
  await write({ 'vendor/lib/own.txt': 'one\n' });
  const first = await take();
  await write({ 'vendor/lib/own.txt': 'two\n' });
  const second = await take();
  // Nothing of it stays in the repository inside.
  expect(await run(['for-each-ref', 'refs/musher'], inside)).toBe('');
  const keysOf = async (ref: string) =>
    (await snapshots.list({})).find(({ snapshot }) => snapshot.ref === ref)?.keys ?? [];
  const [gone = ''] = await keysOf(first.ref);
  const [kept = ''] = await keysOf(second.ref);
  expect(await snapshots.sizeOf({ commits: [first.commit], keys: [gone] })).toBeGreaterThan(100);
  const { ref, commit } = first;
  const ask = { refs: [{ ref, commit }], agents: [agent, 'eve'] };
  await snapshots.forget(ask);
  await snapshots.forget(ask);
  await rm(join(path, 'vendor'), { recursive: true });
  await run(['reflog', 'expire', '--expire=now', '--all']);
  await run(['gc', '-q', '--prune=now']);
  const refs = await run(['for-each-ref', '--format=%(refname)', 'refs/musher']);
  expect(refs).not.toContain(gone);
  expect(refs).toContain(kept);
  await restore(second.commit);
  expect(await photograph(inside)).toMatchObject({ 'own.txt': '- two\n' });
});

it('a worktree that is sparse, shallow or in the middle of a merge comes back as it was', async () => {
  const shallow = join(repository.root, '..', 'shallow');
  await repository.commit('second', { 'src/c.txt': 'c\n' });
  await repository.git(['clone', '-q', '--depth', '1', `file://${repository.root}`, shallow]);
  await openAt(shallow, repository.env);
  await git('sparse-checkout', 'set', 'src');
  await write({ 'src/a.txt': 'mine\n', 'intended.txt': 'i\n' });
  await git('add', '--intent-to-add', '--sparse', 'intended.txt');
  const before = await photograph(path);
  const { commit } = await take();
  await write({ 'src/a.txt': 'other\n', 'intended.txt': null });
  await restore(commit);
  expect(await photograph(path)).toEqual(before);
  // What was left out of the checkout is no deletion.
  const [kept] = await snapshots.list({});
  expect(kept?.snapshot).toMatchObject({ why: 'restore' });
  expect(await git('ls-tree', '--name-only', commit)).toContain('tool.sh');
});

it.skipIf(isWindows)(
  'a full disk keeps nothing and takes nothing away; with room again it is kept',
  async () => {
    const disk = join(repository.root, '..', 'disk');
    if (!(await mountSmall(disk, 6))) return;
    await repository.git(['clone', '-q', repository.root, join(disk, 'repo')]);
    await openAt(join(disk, 'repo'), repository.env);
    await write({ 'large.bin': Buffer.alloc(1_500_000, 'abcdefg') });
    await repository.git(['config', 'core.compression', '0'], join(disk, 'repo'));
    await write({ 'random.txt': `${Math.random()}\n` });
    const before = await photograph(path);
    const free = await fillDisk(disk);
    const error = await refusedWith('SNAPSHOT_FAILED', take());
    expect(error.wire.message).toMatch(/space|write/i);
    expect(await photograph(path)).toEqual(before);
    expect(await git('--no-optional-locks', 'status', '--porcelain')).toContain('random.txt');
    await free();
    const { commit } = await take();
    await git('clean', '-fdq');
    await restore(commit);
    expect(await photograph(path)).toEqual(before);
  },
);

it('of a folder that somebody removed, what was staged is kept; one that was never there is told', async () => {
  await write({ 'staged.txt': 'staged\n' });
  await git('add', 'staged.txt');
  await rename(path, `${path}-aside`);
  const kept = await take('exit');
  expect(kept).toMatchObject({ why: 'vanished' });
  await rename(`${path}-aside`, path);
  await rm(path, { recursive: true });
  await repository.git(['worktree', 'prune']);
  await refusedWith('SNAPSHOT_FAILED', take('exit'));
});

it('a file of hundreds of megabytes is no memory of ours or of git', async () => {
  const { truncate } = await import('node:fs/promises');
  await writeFile(join(path, 'huge.bin'), '');
  await truncate(join(path, 'huge.bin'), 100_000_000);
  const { rss } = process.memoryUsage();
  const { commit } = await take();
  expect(process.memoryUsage().rss - rss).toBeLessThan(60_000_000);
  await rm(join(path, 'huge.bin'));
  await restore(commit);
  expect((await stat(join(path, 'huge.bin'))).size).toBe(100_000_000);
}, 60_000);
