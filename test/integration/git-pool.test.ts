// Worktrees that stand ready, with the real git: made, taken, brought up to date, and whatever a crash leaves of them.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPool } from '../../main/adapters/git/pool.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createUpkeep } from '../../main/adapters/git/upkeep.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let parts: Awaited<ReturnType<typeof open>>;

beforeEach(async () => {
  repository = await makeRepository();
  await writeFile(join(repository.root, '.gitignore'), '.env\n');
  await writeFile(join(repository.root, '.worktreeinclude'), '.env\n');
  await writeFile(join(repository.root, '.env'), 'A=1\n');
  await repository.git(['add', '.']);
  await repository.git(['commit', '-qm', 'ignore']);
  parts = await open();
});
afterEach(() => repository.dispose());

async function open() {
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository };
  const [pool, worktrees] = [createPool(context), createWorktrees(context)];
  const commit = await pool.commitOf('main');
  const make = async (as?: string) => {
    const path = await pool.make(await pool.commitOf('main'));
    await pool.finish(path, as);
    return path;
  };
  const provision = (agent: string) =>
    worktrees.provision({ agent, branch: `agent/${agent}`, base: 'main' });
  return { context, pool, worktrees, commit, make, provision };
}
const at = (name: string) => join(repository.worktreesFolder, name);
const branchAt = async (path: string) =>
  (await repository.git(['-C', path, 'symbolic-ref', '--short', 'HEAD'])).trim();

it('one is made with all that an agent needs, and becomes an agent’s under its name', async () => {
  const { make, provision, pool, commit } = parts;
  const path = await make();
  expect(await readFile(join(path, '.env'), 'utf8')).toBe('A=1\n');
  expect(await pool.list()).toEqual([
    { path, name: 'pool_1', commit, isReady: true, isStale: false },
  ]);
  expect(await provision('a')).toMatchObject({
    ...{ worktreePath: at('a'), branch: 'agent/a', base: { ref: 'main', commit } },
  });
  expect([await branchAt(at('a')), await pool.list()]).toEqual(['agent/a', []]);
  expect(await repository.git(['-C', at('a'), 'status', '--porcelain'])).toBe('');
});

it('one that commands have set up stays where it is, and is set up still', async () => {
  const { make, provision, worktrees } = parts;
  const path = await make('as-it-was');
  expect((await provision('a')).worktreePath).toBe(path);
  expect([await branchAt(path), await worktrees.setUpAs(path)]).toEqual(['agent/a', 'as-it-was']);
  // Asked again, as after a crash before that was reported.
  expect((await provision('a')).worktreePath).toBe(path);
  expect((await make()).endsWith('pool_2')).toBe(true);
});

it('a base that moved since is checked out, and what was set up counts for nothing then', async () => {
  const { make, provision, worktrees, pool } = parts;
  const path = await make('as-it-was');
  await writeFile(join(repository.root, 'new.txt'), 'new');
  await repository.git(['add', 'new.txt']);
  await repository.git(['commit', '-qm', 'new']);
  const { worktreePath } = await provision('a');
  expect(await readFile(join(worktreePath, 'new.txt'), 'utf8')).toBe('new');
  expect([worktreePath, await worktrees.setUpAs(worktreePath)]).toEqual([at('a'), undefined]);
  const next = await make('x');
  await writeFile(join(next, 'new.txt'), 'by hand');
  await pool.bringTo(next, parts.commit);
  const list = ['for-each-ref', '--format=%(refname)', 'refs/musher/snapshots/pool_'];
  const [kept = ''] = (await repository.git(list)).trim().split('\n');
  expect(await repository.git(['show', `${kept}:new.txt`])).toBe('by hand');
  expect(await pool.list()).toMatchObject([{ isReady: false }]);
  expect(path).not.toBe(worktreePath);
});

it('a file of the operator’s that changed makes it stale, and a stale one is not taken', async () => {
  const { make, provision, pool } = parts;
  await make();
  await writeFile(join(repository.root, '.env'), 'A=22\n');
  expect(await pool.list()).toMatchObject([{ isStale: true }]);
  expect(await readFile(join((await provision('a')).worktreePath, '.env'), 'utf8')).toBe('A=22\n');
  expect(await pool.list()).toMatchObject([{ name: 'pool_1' }]);
});

it('two agents that come together never get the same', async () => {
  const { make, provision } = parts;
  await make('s');
  const [a, b] = await Promise.all([provision('a'), provision('b')]);
  expect(new Set([a.worktreePath, b.worktreePath]).size).toBe(2);
  expect([await branchAt(a.worktreePath), await branchAt(b.worktreePath)]).toEqual([
    ...['agent/a', 'agent/b'],
  ]);
});

it.each([
  ['with its note', async () => undefined],
  ['before its note', (path: string) => rm(noteOf(path))],
])('one that was cut off %s is of no use, and is removed', async (_where, spoil) => {
  const { pool, provision } = parts;
  const path = await pool.make(parts.commit);
  await spoil(path);
  expect(await pool.list()).toMatchObject([{ isReady: false }]);
  expect((await provision('a')).worktreePath).toBe(at('a'));
  await pool.remove(path);
  expect([await pool.list(), await repository.git(['worktree', 'list'])]).toEqual([
    ...[[], expect.not.stringContaining('pool_1')],
  ]);
});

const noteOf = (path: string) =>
  join(repository.commonDir, 'worktrees', path.split('/').at(-1) ?? '', 'musher-pool.json');

it('a crash in the middle of taking one is ended by asking again', async () => {
  const { make, provision, pool } = parts;
  const path = await make('s');
  const admin = join(repository.commonDir, 'worktrees', 'pool_1');
  const base = { ref: 'main', commit: parts.commit };
  const mark = { agent: 'a', branch: 'agent/a', base, ready: false };
  await writeFile(join(admin, 'musher.json'), JSON.stringify(mark));
  // Its note is still there: the mark is what counts.
  expect(await pool.list()).toEqual([]);
  await pool.remove(path);
  expect((await provision('a')).worktreePath).toBe(path);
  expect(await branchAt(path)).toBe('agent/a');
});

it('what was in the way of a branch makes it useless, and the agent gets another', async () => {
  const { make, provision } = parts;
  const path = await make();
  await writeFile(join(path, 'theirs.txt'), 'made by a setup');
  await writeFile(join(repository.root, 'theirs.txt'), 'of the base');
  await repository.git(['add', 'theirs.txt']);
  await repository.git(['commit', '-qm', 'theirs']);
  const { worktreePath } = await provision('a');
  expect(await readFile(join(worktreePath, 'theirs.txt'), 'utf8')).toBe('of the base');
  // Whoever wrote it: it is kept.
  const refs = await repository.git([
    'for-each-ref',
    '--format=%(refname)',
    'refs/musher/snapshots/a',
  ]);
  const kept = refs.trim().split('\n')[0] ?? '';
  expect(await repository.git(['show', `${kept}:theirs.txt`])).toBe('made by a setup');
});

it('it is listed as what it is, and is not there to be pruned or adopted', async () => {
  const { make, context, worktrees } = parts;
  const path = await make();
  await mkdir(at('pool_9'), { recursive: true });
  const found = await createUpkeep(context).survey({ near: [] });
  expect(found.find((one) => one.path === path)).toMatchObject({ kind: 'pool' });
  expect(found.find((one) => one.path === at('pool_9'))).toMatchObject({ kind: 'folder' });
  await expect(worktrees.inspect(path)).rejects.toMatchObject({
    wire: { code: 'WORKTREE_NOT_ADOPTABLE' },
  });
});
