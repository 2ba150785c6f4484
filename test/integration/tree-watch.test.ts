// What a worktree changed is told by events: real git, real files. What is told must be what git says a moment later.

import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FollowedWorktree, followWorktree } from '../harness/followed-tree.ts';
import { waitFor } from '../harness/wait.ts';

let tree: FollowedWorktree;
afterEach(() => tree.dispose());

type Step = readonly [what: string, act: (at: string) => Promise<unknown>];

/** Each a change of its own, one after another: none may be missed. */
const files: readonly Step[] = [
  ['a new file', () => tree.write({ 'new.txt': 'n' })],
  ['a change', () => tree.write({ 'a.txt': 'two\n' })],
  ['the change undone', () => tree.write({ 'a.txt': 'one\n' })],
  ['a file deleted', () => tree.write({ 'a.txt': null })],
  ['a file renamed', (at) => rename(join(at, 'new.txt'), join(at, 'src', 'old.txt'))],
  ['a case-only rename', (at) => rename(join(at, 'src/b.txt'), join(at, 'src/B.txt'))],
  ['a new deep folder at once', () => tree.write({ 'x/y/z/deep.txt': 'd' })],
  ['a file in it a moment later', () => tree.write({ 'x/y/z/later.txt': 'l' })],
  ['a folder renamed', (at) => rename(join(at, 'x'), join(at, 'moved'))],
  ['a file in the renamed one', () => tree.write({ 'moved/y/z/after.txt': 'a' })],
  [
    'a folder in place of another',
    async (at) => {
      await rm(join(at, 'moved'), { recursive: true });
      await mkdir(join(at, 'moved'));
      await tree.write({ 'moved/fresh.txt': 'f' });
    },
  ],
  ['a file in that one', () => tree.write({ 'moved/again.txt': 'g' })],
  [
    'a folder in place of a file',
    async (at) => {
      await rm(join(at, 'moved', 'again.txt'));
      await tree.write({ 'moved/again.txt/in.txt': 'i' });
    },
  ],
  [
    'a file in place of a folder',
    async (at) => {
      await rm(join(at, 'moved'), { recursive: true });
      await writeFile(join(at, 'moved'), 'file');
    },
  ],
  [
    'names that git could take for something else',
    () =>
      tree.write({
        ...{
          '-v': '1',
          '--help': '2',
          ':(glob)*': '3',
          '*': '4',
          'a[b]?': '5',
          '!x': '6',
          ':!y': '7',
        },
        ...{ 'new\nline': '8', 'tab\there': '9', '"quoted"': '10', 'back\\slash': '11', ' ': '12' },
      }),
  ],
  ['a change of one of them', () => tree.write({ ':(glob)*': 'other' })],
  ['all of them gone', () => tree.git('clean', '-fdq')],
];

const commits: readonly Step[] = [
  ['a commit', () => tree.repository.commit('one', { 'c.txt': 'c' }, tree.root)],
  ['an empty commit', () => tree.repository.commit('none', {}, tree.root)],
  [
    'a file staged',
    async () => {
      await tree.write({ 'd.txt': 'd' });
      await tree.git('add', 'd.txt');
    },
  ],
  ['a stash', () => tree.git('stash', '-q')],
  ['the stash back', () => tree.git('stash', 'pop', '-q')],
  ['a soft reset', () => tree.git('reset', '-q', '--soft', 'HEAD~1')],
  ['a hard reset', () => tree.git('reset', '-q', '--hard', 'HEAD~1')],
  ['another branch', () => tree.git('checkout', '-q', '-b', 'agent/other')],
  ['a detached HEAD', () => tree.git('checkout', '-q', '--detach')],
  ['a commit on it', () => tree.repository.commit('two', { 'e.txt': 'e' }, tree.root)],
  ['the branch back', () => tree.git('checkout', '-q', 'agent/a')],
  [
    'a rebase that stops',
    async () => {
      await tree.repository.commit('theirs', { 'a.txt': 'theirs\n' });
      await tree.repository.commit('ours', { 'a.txt': 'ours\n' }, tree.root);
      await tree.git('rebase', '-q', 'main').catch(() => undefined);
    },
  ],
  ['its end', () => tree.git('rebase', '--abort')],
  [
    'a branch moved by somebody else',
    async () => {
      const head = await tree.repository.git(['rev-parse', 'main']);
      await tree.repository.git(['update-ref', 'refs/heads/agent/a', head]);
    },
  ],
  ['branches packed', () => tree.repository.git(['pack-refs', '--all', '--prune'])],
  [
    'a packed branch moved by somebody else',
    async () => {
      const head = await tree.repository.git(['rev-parse', 'main~1']);
      await tree.repository.git(['update-ref', 'refs/heads/agent/a', head]);
    },
  ],
];

async function follow(steps: readonly Step[]): Promise<void> {
  for (const [what, act] of steps) {
    await act(tree.root);
    await tree.untilTrue().catch((error) => {
      throw new Error(`${what}: ${error.message}`, { cause: error });
    });
  }
  expect(tree.troubles).toEqual([]);
  expect(tree.state().seenBy).toBe('events');
}

it('whatever comes, goes, moves or is another one is told', async () => {
  tree = await followWorktree();
  await follow(files);
});

it('whatever becomes of its commit, its branch and its index is told', async () => {
  tree = await followWorktree();
  await follow(commits);
});

it('while nothing changes git is not run, and what is written again is told by its name', async () => {
  tree = await followWorktree();
  await tree.write({ 'a.txt': 'two\n' });
  await tree.untilTrue();
  await tree.untilRest();
  tree.told.length = 0;
  await tree.write({ 'a.txt': 'three\n' });
  await waitFor('the path', () => tree.told.length > 0);
  expect(tree.told).toEqual([['a.txt']]);
  // A look of its own, and the look of git that refreshes its index, end: neither leads to another.
  await tree.git('status');
  await tree.untilRest();
  expect(tree.told.length).toBeLessThanOrEqual(2);
});

const untilWatched = (folders: readonly string[]) =>
  waitFor(`${folders} to be watched`, () => {
    const now = tree.watched();
    return now.join() === [...folders].sort().join() || now.join(' ');
  });

describe('what git ignores is not watched', () => {
  const rules = { '.gitignore': 'node_modules/\n/out/\n*.log\n', 'pkg/.gitignore': 'gen/\n' };
  const inside = {
    ...{
      'node_modules/m/i.js': '',
      'out/o/p.js': '',
      'pkg/gen/g/h.js': '',
      'pkg/node_modules/q.js': '',
    },
  };
  const own = ['', 'pkg', 'src', 'src/deep'];

  async function open() {
    tree = await followWorktree({
      files: { ...rules, 'pkg/a.ts': '', 'src/deep/a.ts': '' },
      before: (repository, root) => repository.write(inside, root),
    });
    await untilWatched(own);
  }
  it('nor when it comes later, and nothing is looked at for what is written there', async () => {
    await open();
    await rm(join(tree.root, 'node_modules'), { recursive: true });
    await tree.write({
      'node_modules/again/i.js': '',
      'src/node_modules/x/y.js': '',
      'lib/a.ts': '',
    });
    await untilWatched([...own, 'lib']);
    await tree.write({ 'a.log': '1' });
    await tree.untilRest();
    tree.runs.length = 0;
    await tree.write({
      'node_modules/again/j.js': '',
      'a.log': '2',
      'src/node_modules/x/z.js': '',
    });
    await tree.write({ 'lib/b.ts': '' });
    await tree.untilTrue();
    expect(tree.runs).toEqual(['status']);
  });

  it('as its rules change, either way and from wherever they are', async () => {
    await open();
    await tree.write({ '.gitignore': '*.log\n' });
    await tree.untilTrue();
    await untilWatched([
      ...own,
      'node_modules',
      'node_modules/m',
      'out',
      'out/o',
      'pkg/node_modules',
    ]);
    await tree.write({ 'out/o/new.js': '' });
    await tree.untilTrue();
    await tree.write({ '.gitignore': 'node_modules/\n', 'pkg/.gitignore': null });
    await tree.untilTrue();
    await untilWatched([...own, 'out', 'out/o', 'pkg/gen', 'pkg/gen/g']);
    await mkdir(join(tree.repository.commonDir, 'info'), { recursive: true });
    await writeFile(join(tree.repository.commonDir, 'info', 'exclude'), 'gen/\n');
    await tree.untilTrue();
    await untilWatched([...own, 'out', 'out/o']);
    const mine = join(tree.repository.root, '..', 'mine');
    await writeFile(mine, 'out/\n');
    await tree.repository.git(['config', 'core.excludesFile', mine]);
    await untilWatched(own);
    await writeFile(mine, '# none\n');
    await tree.untilTrue();
    await untilWatched([...own, 'out', 'out/o']);
  });

  it('but a folder in which git has files is, whatever the rules say', async () => {
    await open();
    await tree.git('add', '-f', 'out/o/p.js');
    await tree.untilTrue();
    await untilWatched([...own, 'out', 'out/o']);
    await tree.write({ 'out/o/p.js': 'changed' });
    await tree.untilTrue();
    expect(tree.state().changes.get('out/o/p.js')).toEqual({ kind: 'added', isStaged: true });
    await tree.git('rm', '-q', '-f', '--cached', 'out/o/p.js');
    await untilWatched(own);
  });
});

it('links are told and never followed', async () => {
  tree = await followWorktree();
  await tree.write({ '../elsewhere/deep/x.txt': 'x' });
  await symlink('../elsewhere', join(tree.root, 'link'));
  await symlink('src', join(tree.root, 'near'));
  await tree.untilTrue();
  await untilWatched(['', 'src']);
  await rm(join(tree.root, 'src'), { recursive: true });
  await symlink('../elsewhere', join(tree.root, 'src'));
  await tree.untilTrue();
  await untilWatched(['']);
});

it('of a burst of files none is missed, and git is run far less often than there are files', async () => {
  tree = await followWorktree({ before: commitMany });
  await tree.git('checkout', '-q', 'many');
  await tree.untilTrue();
  await tree.git('reset', '-q', 'HEAD~1');
  await tree.untilTrue();
  expect(tree.state().changes.size).toBe(1_000);
  expect(tree.runs.length).toBeLessThan(200);
  await waitFor('all to be watched', () => tree.watched().length === 2 + 20 + 140);
  await tree.write({ 'd19/e6/late': '1' });
  await tree.untilTrue();
  await tree.git('clean', '-fdq');
  await tree.untilTrue();
  await untilWatched(['', 'src']);
});

/** On a branch `many`: 1,000 files more, in 140 folders. */
async function commitMany({ git, root }: FollowedWorktree['repository']): Promise<void> {
  await writeFile(join(root, '..', 'blob'), 'one of many');
  const blob = await git(['hash-object', '-w', '../blob']);
  const rows = Array.from(
    { length: 1_000 },
    (_, n) => `100644 ${blob}\td${n % 20}/e${n % 7}/f${n}\n`,
  );
  await writeFile(join(root, '..', 'rows'), rows.join(''));
  const index = `GIT_INDEX_FILE=../many.index`;
  const script = `export ${index}; git read-tree HEAD; git update-index --index-info <../rows; git write-tree`;
  const made = await git(['-c', `alias.many=!${script}`, 'many']);
  const commit = await git(['commit-tree', made, '-p', 'HEAD', '-m', 'many']);
  await git(['branch', 'many', commit]);
}
