// What is told of a worktree that cannot be seen as usual, and that all is well again once it can.

import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { scan } from '../../main/adapters/trees/scan.ts';
import { type WatchFolder, watchFolder } from '../../main/adapters/trees/tree-watch.ts';
import { systemClock } from '../../main/base/clock.ts';
import { Pace } from '../../main/base/pace.ts';
import { fastClock } from '../harness/clock.ts';
import { type FollowedWorktree, followWorktree } from '../harness/followed-tree.ts';
import { makeRepository } from '../harness/repositories.ts';
import { waitFor } from '../harness/wait.ts';

let tree: FollowedWorktree;
afterEach(() => tree.dispose());

const refused = (code: string) => Object.assign(new Error(`${code}: refused`), { code });
const untilSeen = (by: string) =>
  waitFor(`it to be seen by ${by}`, () => tree.state().seenBy === by || tree.state().reason);

describe('where watches are refused', () => {
  it.each([
    ['ENOSPC', /fs\.inotify\.max_user_watches/],
    ['EMFILE', /ulimit -n/],
  ])(
    '%s: it says so with the remedy, looks every 30 s, and comes back when there is room',
    async (code, remedy) => {
      let isFull = true;
      const watch: WatchFolder = (folder, onEvent) => {
        if (isFull && basename(folder) === 'src') throw refused(code);
        return watchFolder(folder, onEvent);
      };
      tree = await followWorktree({ watch, clock: fastClock });
      await untilSeen('poll');
      expect(tree.state().reason).toMatch(remedy);
      expect(tree.watched()).toEqual([]);
      await tree.write({ 'src/new.txt': 'n' });
      await tree.untilTrue();
      isFull = false;
      await untilSeen('events');
      expect(tree.state()).not.toHaveProperty('reason');
      expect(tree.watched()).toEqual(['', 'src']);
      expect(tree.troubles).toEqual([]);
    },
  );

  it('a disk that others write to is looked at every 30 s beside its events', async () => {
    const nfs = 0x6969;
    tree = await followWorktree({ diskKind: async () => nfs, clock: fastClock });
    expect(tree.state()).toMatchObject({ seenBy: 'poll', reason: expect.stringMatching(/NFS/) });
    expect(tree.watched()).toEqual(['', 'src']);
    const before = tree.told.length;
    await waitFor('looks without any change', () => tree.told.length > before + 2);
  });

  it('a folder that nobody may look into hides nothing else, and is seen once it may', async () => {
    let isClosed = true;
    let tellRoot: Parameters<WatchFolder>[1] = () => undefined;
    tree = await followWorktree({
      watch(folder, onEvent) {
        if (isClosed && basename(folder) === 'src') throw refused('EACCES');
        if (basename(folder) === 'a') tellRoot = onEvent;
        return watchFolder(folder, onEvent);
      },
    });
    await tree.write({ 'new.txt': 'n' });
    await tree.untilTrue();
    expect(tree.watched()).toEqual(['']);
    isClosed = false;
    tellRoot('change', Buffer.from('src'));
    await waitFor('it to be watched', () => tree.watched().includes('src'));
    expect(tree.state().seenBy).toBe('events');
  });
});

it('a folder that another one takes the place of before it is watched is seen', async () => {
  let isSet = true;
  tree = await followWorktree({
    watch(folder, onEvent) {
      if (basename(folder) !== 'trap' || !isSet) return watchFolder(folder, onEvent);
      isSet = false;
      const watcher = watchFolder(folder, onEvent);
      swapped = rename(folder, `${folder}.old`).then(() => mkdir(folder));
      return watcher;
    },
  });
  let swapped: Promise<unknown> | undefined;
  await mkdir(join(tree.root, 'trap'));
  await waitFor('the trap', () => !isSet);
  await swapped;
  await waitFor('both', () => tree.watched().join() === ',src,trap,trap.old' || tree.watched());
  await tree.write({ 'trap/in.txt': 'i', 'trap.old/in.txt': 'o' });
  await tree.untilTrue();
});

it('what the system dropped of too many events is found, of whichever folder', async () => {
  let isDropping = false;
  let flood = (): void => undefined;
  tree = await followWorktree({
    watch(folder, onEvent) {
      if (basename(folder) === 'src')
        flood = () => {
          for (let n = 0; n < 20_000; n++) onEvent('change', Buffer.from('b.txt'));
        };
      return watchFolder(folder, (kind, name) => !isDropping && onEvent(kind, name));
    },
  });
  isDropping = true;
  await tree.write({ 'lost/deep/a.txt': 'a' });
  isDropping = false;
  flood();
  await tree.untilTrue();
  await waitFor('its folders', () => tree.watched().join() === ',lost,lost/deep,src');
});

it('a worktree that goes is told, and seen again when it or another one is there', async () => {
  tree = await followWorktree();
  await rename(tree.root, `${tree.root}.away`);
  await waitFor('that it is gone', () => tree.troubles.length > 0);
  expect(tree.troubles.at(-1)).toMatchObject({ code: 'ENOENT' });
  expect(tree.watched()).toEqual([]);
  await rename(`${tree.root}.away`, tree.root);
  await tree.write({ 'back.txt': 'b' });
  await tree.untilTrue();
  await tree.repository.git(['worktree', 'remove', '--force', tree.root]);
  await tree.repository.git(['worktree', 'add', '-q', tree.root, 'agent/a']);
  await tree.write({ 'src/again.txt': 'a' });
  await tree.untilTrue();
  await tree.repository.commit('in the new one', {}, tree.root);
  await tree.untilTrue();
  await cp(tree.root, `${tree.root}.copy`, { recursive: true });
  await rm(tree.root, { recursive: true });
  await rename(`${tree.root}.copy`, tree.root);
  await tree.write({ 'src/copied.txt': 'a' });
  await tree.untilTrue();
  await waitFor('its folders', () => tree.watched().join() === ',src' || tree.watched());
});

it('a held index.lock is in nobody’s way; a damaged index is told, and forgotten when it is mended', async () => {
  tree = await followWorktree();
  const index = await tree.git('rev-parse', '--path-format=absolute', '--git-path', 'index');
  await writeFile(`${index}.lock`, '');
  await tree.write({ 'new.txt': 'n' });
  await waitFor('the file', () => tree.state().changes.has('new.txt'));
  await rm(`${index}.lock`);
  expect(tree.troubles).toEqual([]);
  await cp(index, `${index}.good`);
  await writeFile(index, 'no index');
  await waitFor('the trouble', () => tree.troubles.length > 0);
  expect(tree.troubles[0]).toMatchObject({ wire: { code: 'GIT_FAILED' } });
  expect(tree.state().changes.has('new.txt')).toBe(true);
  await rename(`${index}.good`, index);
  await tree.write({ 'more.txt': 'm' });
  await tree.untilTrue();
  expect(tree.state().changes.has('more.txt')).toBe(true);
});

it('a submodule, and a clone inside, are one path each, with what they ignore themselves', async () => {
  const source = await makeRepository({ 'lib.txt': '1', '.gitignore': 'made/\n', 'in/x.txt': 'x' });
  try {
    tree = await followWorktree({
      before: async (repository, root) => {
        const allow = ['-c', 'protocol.file.allow=always'];
        const url = `file://${source.root}`;
        await repository.git([...allow, 'submodule', '-q', 'add', url, 'sub'], root);
        await repository.commit('sub', {}, root);
      },
    });
    await tree.repository.write({ 'sub/made/m.txt': 'm' }, tree.root);
    await tree.git('clone', '-q', `file://${source.root}`, 'src/clone');
    await tree.write({ 'src/clone/made/m.txt': 'm' });
    await tree.untilTrue();
    const own = ['', 'src', 'src/clone', 'src/clone/in', 'sub', 'sub/in'];
    await waitFor('all', () => tree.watched().join() === own.join() || tree.watched());
    // New folders that are watched are looked through once more.
    await tree.untilRest();
    tree.told.length = 0;
    await tree.write({ 'sub/in/x.txt': 'other' });
    await tree.untilTrue();
    expect(tree.told.flat()).toContain('sub');
    expect(tree.told.flat()).not.toContain('sub/in/x.txt');
    await tree.write({ 'src/clone/in/x.txt': 'other' });
    await waitFor('the clone', () => tree.told.some((touched) => touched.includes('src/clone')));
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
    const commit = [...identity, 'commit', '-qam', 'in it'];
    tree.told.length = 0;
    await tree.repository.git(commit, join(tree.root, 'sub'));
    await waitFor('its commit', () => tree.told.length > 0);
    await tree.untilTrue();
    await tree.write({ 'sub/.gitignore': null });
    await tree.untilTrue();
    await waitFor('what it ignores no more', () => tree.watched().includes('sub/made'));
    expect(tree.troubles).toEqual([]);
  } finally {
    await source.dispose();
  }
});

it('a clone inside that is told together with something in it stays known', async () => {
  tree = await followWorktree();
  await tree.git('clone', '-q', `file://${tree.repository.root}`, 'src/clone');
  const git = createGit({ clock: systemClock, env: tree.repository.env });
  const ask = { git, pace: new Pace(systemClock), worktreePath: tree.root };
  for (const outer of ['src', 'src/clone', 'SRC']) {
    const paths = ['src/clone/src', outer, 'a.txt'];
    const { changes } = await scan({ ...ask, paths, ignoresCase: outer === 'SRC' });
    expect([outer, ...changes.keys()]).toEqual([outer, 'src/clone/']);
  }
});

it('a file of a name that is not UTF-8 is told; with a folder of such a name it is looked at every 30 s', async () => {
  tree = await followWorktree({ clock: fastClock });
  const odd = Buffer.from('odd\xff', 'latin1');
  const at = Buffer.concat([Buffer.from(`${tree.root}/`), odd]);
  await writeFile(at, 'x');
  await waitFor('the file', () => tree.state().changes.has('odd\ufffd'));
  expect(tree.state().seenBy).toBe('events');
  await rm(at);
  await mkdir(at);
  await writeFile(Buffer.concat([at, Buffer.from('/in')]), 'x');
  await untilSeen('poll');
  expect(tree.state().reason).toMatch(/not UTF-8/);
  await waitFor('what is in it', () => tree.state().changes.has('odd\ufffd/in'));
});
