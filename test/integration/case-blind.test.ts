// Disks that take `A` and `a` for one name. Two are played anywhere; the others run where the folder for passing files is on such a
// disk (macOS and Windows as they come; on Linux an exFAT image by `TMPDIR`), and say so where it is not.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createSnapshots } from '../../main/adapters/git/snapshots.ts';
import { watchFolder } from '../../main/adapters/trees/tree-watch.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type FollowedWorktree, followWorktree } from '../harness/followed-tree.ts';
import { refusedWith } from '../harness/hub.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

const isBlind = isCaseBlind();
if (!isBlind) console.log(`in part not tried, because ${tmpdir()} tells A from a`);

function isCaseBlind(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'musher-case-'));
  writeFileSync(join(folder, 'a'), '');
  const found = existsSync(join(folder, 'A'));
  rmSync(folder, { recursive: true });
  return found;
}

const ends: Array<() => unknown> = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The disk tells names in another case than git knows them by. */
async function followShouting(): Promise<FollowedWorktree> {
  const tree = await followWorktree({
    files: { 'readme.md': 'one\n', 'src/a.txt': 'a\n', 'src/b.txt': 'b\n' },
    before: (repository) => repository.git(['config', 'core.ignorecase', 'true']),
    watch: (folder, onEvent) =>
      watchFolder(folder, (kind, name) =>
        onEvent(kind, folder.includes('/.git') ? name : name && shout(name)),
      ),
  });
  ends.push(() => tree.dispose());
  return tree;
}

const shout = (name: Buffer): Buffer =>
  name.toString().endsWith('.git') ? name : Buffer.from(name.toString().toUpperCase());

it('a write that the disk tells in another case is seen, and so is that it was taken back', async () => {
  const tree = await followShouting();
  await tree.write({ 'readme.md': 'two\n' });
  await tree.untilTrue();
  expect([...tree.state().changes.keys()]).toEqual(['readme.md']);
  // Who listens finds it under the name that it goes by.
  expect(tree.told.at(-1)).toContain('readme.md');
  await tree.write({ 'src/a.txt': 'other\n' });
  await tree.untilTrue();
  await tree.write({ 'readme.md': 'one\n' });
  await tree.untilTrue();
  expect([...tree.state().changes.keys()]).toEqual(['src/a.txt']);
  await tree.write({ src: null });
  await tree.untilTrue();
  expect([...tree.state().changes.keys()]).toEqual(['src/a.txt', 'src/b.txt']);
});

it.skipIf(!isBlind)(
  'what is written to a renamed file is seen, whatever case it has now',
  async () => {
    const tree = await followWorktree({
      files: { 'Readme.md': 'one\n', 'src/a.txt': 'a\n' },
      // Some such disks are strangers' too: those are looked at now and then beside their events.
      diskKind: async () => 0,
    });
    ends.push(() => tree.dispose());
    const at = (name: string) => join(tree.root, name);
    await rename(at('Readme.md'), at('readme.md'));
    await tree.write({ 'readme.md': 'two\n' });
    await tree.untilTrue();
    expect([...tree.state().changes.keys()]).toEqual(['Readme.md']);
    await tree.git('mv', 'Readme.md', 'readme.MD');
    await tree.write({ 'src/a.txt': 'other\n' });
    await tree.untilTrue();
    expect([...tree.state().changes.keys()]).toContain('src/a.txt');
    expect(tree.state().seenBy).toBe('events');
  },
);

it.skipIf(!isBlind)(
  'a snapshot of before a file changed its case brings it back, and nothing of after is lost',
  async () => {
    const repository = await makeRepository({ 'Readme.md': 'one\n', 'src/a.txt': 'a\n' });
    ends.push(() => repository.dispose());
    const path = `${repository.worktreesFolder}/ada`;
    await repository.git(['worktree', 'add', '-q', '-b', 'agent/ada', path]);
    const snapshots = await snapshotsOf(repository);
    const take = () => snapshots.take({ agent: 'ada', worktreePath: path, why: 'asked' });
    await repository.write({ 'Readme.md': 'two\n', 'New.txt': 'n\n' }, path);
    const { commit } = (await take()).snapshot;
    await repository.git(['mv', 'Readme.md', 'readme.md'], path);
    await rename(join(path, 'New.txt'), join(path, 'new.txt'));
    await repository.write({ 'readme.md': 'three\n' }, path);
    const { before } = await snapshots.restore({ agent: 'ada', path, commit });
    expect(await repository.git(['show', `${before?.commit}:readme.md`])).toBe('three');
    const names = (await readdir(path)).sort();
    expect(names).toEqual(['.git', 'New.txt', 'Readme.md', 'src']);
    expect(await readFile(join(path, 'Readme.md'), 'utf8')).toBe('two\n');
  },
);

async function snapshotsOf(repository: TestRepository) {
  const git = createGit({ clock: systemClock, env: repository.env });
  return createSnapshots({ git, repository });
}

it('an ignored file is not written over by one whose name differs in case alone', async () => {
  const repository = await makeRepository({ 'readme.md': 'hello\n' });
  ends.push(() => repository.dispose());
  await repository.git(['config', 'core.ignorecase', 'true']);
  const path = `${repository.worktreesFolder}/ada`;
  await repository.git(['worktree', 'add', '-q', '-b', 'agent/ada', path]);
  const snapshots = await snapshotsOf(repository);
  await repository.write({ 'out/Key.txt': 'mine\n' }, path);
  const kept = await snapshots.take({ agent: 'ada', worktreePath: path, why: 'asked' });
  await rm(join(path, 'out'), { recursive: true });
  await repository.write({ 'OUT/key.TXT': 'secret\n', '.gitignore': '*.TXT\n' }, path);
  const ask = { agent: 'ada', path, commit: kept.snapshot.commit };
  await refusedWith('SNAPSHOT_IN_WAY', snapshots.restore(ask));
});
