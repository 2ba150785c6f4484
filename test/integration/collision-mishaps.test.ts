// What cannot be proved says so, and nothing of the repository is changed by any of it.

import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type CollisionWorld, makeCollisionWorld } from '../harness/collision-world.ts';
import type { Files } from '../harness/repositories.ts';

let world: CollisionWorld;
afterEach(() => world.dispose());

async function open(base: Files | null = { f: 'one\n', g: 'g\n' }) {
  world = await makeCollisionWorld(base);
  const [a, b] = [await world.worktree('a'), await world.worktree('b')] as const;
  return { ...world, a, b };
}

it('nothing that the repository has is other than before', async () => {
  const { repository, a, b } = await open();
  await repository.write({ f: 'a\n', new: 'a\n' }, a);
  await repository.git(['add', 'f'], a);
  await repository.write({ f: 'b\n', g: null }, b);
  // Whatever git status itself brings up to date.
  await world.look(a);
  const facts = async () => ({
    objects: await repository.git(['count-objects', '-v']),
    refs: await repository.git(['for-each-ref']),
    staged: await repository.git(['ls-files', '--stage'], a),
    files: await hashes(repository.commonDir, (name) => !/^(objects|musher)\b/.test(name)),
  });
  const before = await facts();
  for (let n = 0; n < 3; n++) {
    await repository.write({ f: `a ${n}\n` }, a);
    await repository.write({ f: 'a\n' }, a);
    expect(await world.colliding(a, b)).toEqual(['f']);
  }
  expect(await facts()).toEqual(before);
  await world.proof.dispose();
  expect(await readdir(join(repository.commonDir, 'musher'))).toEqual([]);
});

it("an index that is locked, and a head that is detached, are in nobody's way", async () => {
  const { repository, a, b } = await open();
  await repository.git(['checkout', '-q', '--detach'], a);
  await writeFile(join(repository.commonDir, 'worktrees', 'a', 'index.lock'), '');
  await repository.write({ f: 'a\n' }, a);
  await repository.write({ f: 'b\n' }, b);
  expect(await world.colliding(a, b)).toEqual(['f']);
});

it("a lock that a killed git left on an index of our own is in nobody's way", async () => {
  const { repository, a, b } = await open();
  await repository.write({ f: 'a\n' }, a);
  await repository.write({ f: 'b\n' }, b);
  expect(await world.colliding(a, b)).toEqual(['f']);
  const scratch = join(repository.commonDir, 'musher', 'collisions', '0');
  const indexes = (await readdir(scratch)).filter((name) => name.startsWith('index-'));
  for (const name of indexes) await writeFile(join(scratch, `${name}.lock`), '');
  await repository.commit('goes on', { g: 'a\n' }, a);
  await repository.write({ f: 'more a\n' }, a);
  expect(indexes).not.toEqual([]);
  expect(await world.colliding(a, b)).toEqual(['f']);
});

it('a shallow clone merges as far as its history goes', async () => {
  const { repository } = await open();
  await repository.commit('second', { f: 'two\n' });
  await repository.commit('third', { f: 'three\n' });
  const head = await repository.git(['rev-parse', 'HEAD']);
  await writeFile(join(repository.commonDir, 'shallow'), `${head}\n`);
  await repository.git(['reflog', 'expire', '--expire=now', '--all']);
  const [c, d] = [await world.worktree('c'), await world.worktree('d')];
  await repository.write({ f: 'c\n' }, c);
  await repository.write({ f: 'd\n' }, d);
  expect(await world.colliding(c, d)).toEqual(['f']);
});

it('a very large file collides as a binary, and is not copied', async () => {
  const { repository, a, b } = await open();
  for (const [cwd, size] of [
    [a, 65],
    [b, 66],
  ] as const) {
    await repository.write({ large: 'x' }, cwd);
    await truncate(join(cwd, 'large'), size * 1024 * 1024);
  }
  expect(await world.between(a, b)).toMatchObject({
    proved: [{ path: 'large', reason: 'binary' }],
  });
  await truncate(join(a, 'large'), 66 * 1024 * 1024);
  expect(await world.colliding(a, b)).toEqual([]);
});

it('names that are not UTF-8 collide where they are committed, and harm nobody where they are not', async () => {
  const { repository, a, b } = await open();
  const odd = (cwd: string) =>
    Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from([0x66, 0xff, 0x67])]);
  for (const cwd of [a, b]) await writeFile(odd(cwd), `${cwd}\n`);
  expect(await world.colliding(a, b)).toEqual([]);
  for (const cwd of [a, b]) await repository.commit('odd', {}, cwd);
  expect(await world.colliding(a, b)).toEqual(['f\ufffdg']);
});

type Opened = Awaited<ReturnType<typeof open>>;
type Mishap = (opened: Opened) => Promise<unknown>;

const mishaps: Readonly<Record<string, readonly [Mishap, string | RegExp]>> = {
  'a tree that is gone': [({ a }) => rm(a, { recursive: true }), /^its worktree .* is not there$/],
  'a branch without a commit': [
    ({ repository, a }) => repository.git(['symbolic-ref', 'HEAD', 'refs/heads/none'], a),
    'its branch has no commit yet',
  ],
  'histories that have nothing in common': [
    async ({ repository, a }) => {
      const tree = await repository.git(['rev-parse', 'HEAD^{tree}']);
      const lone = await repository.git(['commit-tree', '-m', 'lone', tree]);
      await repository.git(['reset', '-q', '--hard', lone], a);
      await repository.write({ f: 'lone\n' }, a);
    },
    'their histories have no commit in common',
  ],
  'a repository that is damaged': [
    async ({ repository, b }) => {
      await repository.commit('b', { f: 'committed\n' }, b);
      const blob = await repository.git(['rev-parse', 'HEAD:f'], b);
      const file = join(repository.commonDir, 'objects', blob.slice(0, 2), blob.slice(2));
      await chmod(file, 0o600);
      await writeFile(file, 'no object');
    },
    /object|corrupt|inflate/,
  ],
};

it.each(Object.entries(mishaps))('%s is not known, and says why', async (_title, mishap) => {
  const [spoil, reason] = mishap;
  const opened = await open();
  const { a, b, repository, proof } = opened;
  for (const cwd of [a, b]) {
    await repository.write({ f: `${cwd}\n` }, cwd);
    await world.look(cwd);
  }
  await spoil(opened);
  for (const cwd of [a, b]) await world.look(cwd).catch(() => undefined);
  const expected = typeof reason === 'string' ? reason : expect.stringMatching(reason);
  expect(await proof.between(a, b)).toEqual({ isKnown: false, reason: expected });
});

it('more changes than are read are not known', async () => {
  const { proof, repository, a, b } = await open();
  await world.look(b);
  const change = { kind: 'untracked', isStaged: false } as const;
  const changes = new Map(Array.from({ length: 20_001 }, (_, n) => [`f${n}`, change]));
  const head = await repository.git(['rev-parse', 'HEAD'], a);
  proof.tell(a, { head, changes, atMs: 0, seenBy: 'events' }, 'all');
  const reason = '20001 of its files are changed, more than 20000';
  expect(await proof.between(a, b)).toEqual({ isKnown: false, reason });
});

async function hashes(folder: string, isWanted: (name: string) => boolean) {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(isWanted)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const hash = createHash('sha256').update(await readFile(join(folder, name)));
      return `${name} ${hash.digest('hex')}`;
    }),
  );
}
