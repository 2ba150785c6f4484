import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  readdir,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import { itAtLength } from '../harness/at-length.ts';
import { historyOf, oddRepositories } from '../harness/nested-repositories.ts';
import { photograph } from '../harness/photograph.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';
import { cases, rounds } from '../harness/rounds.ts';

let repository: TestRepository;
let worktrees: Worktrees;
let path: string;

const ask = { agent: 'ada', branch: 'agent/ada', base: 'main' };
const isWindows = process.platform === 'win32';

beforeEach(async () => {
  repository = await makeRepository({
    'readme.md': 'hello\n',
    'src/a.txt': 'a\n',
    'src/b.txt': 'b\n',
    'tool.sh': '#!/bin/sh\n',
    '.gitignore': 'build/\n*.log\n.env\n',
  });
  const git = createGit({ clock: systemClock, env: repository.env });
  worktrees = createWorktrees({ git, repository });
  path = (await worktrees.provision(ask)).worktreePath;
});
afterEach(() => repository.dispose());

function git(args: readonly string[], cwd = path): Promise<string> {
  return repository.git(args, cwd);
}

async function retire(): Promise<string> {
  const { snapshotRef: ref } = await worktrees.retire({ agent: 'ada', worktreePath: path });
  expect(await readdir(repository.worktreesFolder)).not.toContain('ada');
  expect(await git(['worktree', 'list'], repository.root)).not.toContain('ada');
  expect(ref).toMatch(/^refs\/musher\/snapshots\/ada\/\d{8}T\d{6}Z-\d+-destroy$/);
  return ref ?? '';
}

async function revive(snapshotRef: string): Promise<void> {
  expect((await worktrees.provision({ ...ask, snapshotRef })).worktreePath).toBe(path);
}

/** Whatever the state: what was there before is there after, byte for byte, also when git has cleaned up between. */
async function expectKept(without: readonly string[] = []): Promise<string> {
  const before = await photograph(path);
  const ref = await retire();
  await git(['reflog', 'expire', '--expire=now', '--all'], repository.root);
  await git(['prune', '--expire=now'], repository.root);
  await revive(ref);
  const kept = Object.entries(before).filter(([name]) => !without.includes(name));
  expect(await photograph(path)).toEqual(Object.fromEntries(kept));
  expect(await repository.gitPasses(['fsck', '--connectivity-only'], path)).toBe(true);
  return ref;
}

const odd: Files = isWindows
  ? { 'ünï cöde': 'x' }
  : {
      'new\nline': 'x',
      'a "quoted" \\ name': 'x',
      '-option': 'x',
      ':(glob)*': 'x',
      'ünï cöde/日本': 'x',
      ' space ': 'x',
      'tab\tname': 'x',
      '*.star': 'x',
    };

const states: [string, Files, string[][]][] = [
  ['nothing changed', {}, []],
  [
    'tracked files changed, deleted and made runnable, and untracked ones',
    {
      ...{ 'readme.md': 'mine\n', 'src/a.txt': null, 'tool.sh': { run: '#!/bin/sh\n' } },
      ...{ 'new.txt': 'new\n', 'deep/er/new.txt': 'new\n', 'empty.txt': '' },
    },
    [],
  ],
  [
    'odd names, bytes of every kind, links to nowhere and to outside',
    {
      ...odd,
      'crlf.txt': 'a\r\nb\n\r',
      bin: Buffer.from([0, 255, 13, 10, 128]),
      'latin1.txt': Buffer.from([0xe9, 10]),
      ...(isWindows
        ? {}
        : { link: { link: 'readme.md' }, broken: { link: 'no/where' }, out: { link: '/etc' } }),
    },
    [],
  ],
  [
    'a file that became a folder, and a folder that became a file',
    { 'readme.md': null, 'readme.md/in': 'in\n', src: 'file\n' },
    [],
  ],
  ['a folder that became a link', isWindows ? {} : { src: { link: 'real' }, 'real/x': 'x' }, []],
  [
    'staged files that were changed again',
    { 'readme.md': 'staged\n', 'new.txt': 'staged\n' },
    [['add', '.']],
  ],
  [
    'a file that was staged and then deleted',
    { 'new.txt': 'staged\n' },
    [
      ['add', '.'],
      ['rm', '-q', '--cached', 'readme.md'],
    ],
  ],
  ['an intended file', { 'new.txt': 'intended\n' }, [['add', '-N', 'new.txt']]],
  [
    'a change that git was told to overlook',
    { 'readme.md': 'hidden\n', 'src/a.txt': 'hidden\n' },
    [
      ['update-index', '--assume-unchanged', 'readme.md'],
      ['update-index', '--skip-worktree', 'src/a.txt'],
    ],
  ],
  [
    'a tracked file that is ignored',
    { 'x.log': 'log\n' },
    [
      ['add', '-f', 'x.log'],
      ['commit', '-qm', 'log'],
    ],
  ],
  ['a detached HEAD', { 'readme.md': 'mine\n' }, [['checkout', '-q', '--detach']]],
  [
    'a split index',
    { 'readme.md': 'mine\n', 'new.txt': 'x\n' },
    [
      ['update-index', '--split-index'],
      ['add', 'new.txt'],
    ],
  ],
];

it.each(states)('nothing is lost: %s', async (_name, files, commands) => {
  const early = commands.filter(
    ([verb]) => verb === 'update-index' && !commands.some(([other]) => other === 'add'),
  );
  for (const args of early) await git(args);
  await repository.write(files, path);
  for (const args of commands.filter((one) => !early.includes(one))) await git(args);
  await expectKept();
});

it('a sparse checkout comes back whole, and what it left out is no change', async () => {
  await git(['sparse-checkout', 'set', '--no-cone', '/readme.md', '/src/a.txt']);
  await repository.write({ 'new.txt': 'new\n', 'src/a.txt': 'mine\n' }, path);
  await revive(await retire());
  expect(await git(['status', '--porcelain'])).toBe('M src/a.txt\n?? new.txt');
  expect(await photograph(path)).toMatchObject({ 'src/a.txt': '- mine\n', 'src/b.txt': '- b\n' });
});

it('files that were changed within the second, with size and time as before, are kept', async () => {
  const { atime, mtime } = await lstat(join(path, 'readme.md'));
  await writeFile(join(path, 'readme.md'), 'HELLO\n');
  await utimes(join(path, 'readme.md'), atime, mtime);
  await expectKept();
});

it('what was staged is staged again, though the file says otherwise', async () => {
  await repository.write({ 'readme.md': 'staged\n', 'new.txt': 'staged\n' }, path);
  await git(['add', '.']);
  await repository.write({ 'readme.md': 'later\n', 'new.txt': null }, path);
  const before = await git(['status', '--porcelain']);
  await revive(await retire());
  expect(await git(['status', '--porcelain'])).toBe(before);
  expect(await git(['show', ':readme.md'])).toBe('staged');
  expect(await git(['show', ':new.txt'])).toBe('staged');
});

it('what was not staged shows as uncommitted changes on the branch', async () => {
  await repository.write({ 'readme.md': 'mine\n', 'new.txt': 'new\n', 'src/a.txt': null }, path);
  await revive(await retire());
  expect(await git(['symbolic-ref', 'HEAD'])).toBe('refs/heads/agent/ada');
  expect((await git(['status', '--porcelain'])).split('\n').map((line) => line.trim())).toEqual([
    'M readme.md',
    'D src/a.txt',
    '?? new.txt',
  ]);
});

it('hostile settings and attributes do not change a byte', async () => {
  await repository.userConfig({
    'core.autocrlf': 'true',
    'core.safecrlf': 'true',
    'core.attributesFile': join(repository.env.HOME ?? '', 'attributes'),
    'filter.upper.clean': 'tr a-z A-Z',
    'filter.upper.smudge': 'false',
    'filter.upper.required': 'true',
    'core.hooksPath': '/nowhere',
    'commit.gpgSign': 'true',
    'gpg.program': 'false',
    'status.showUntrackedFiles': 'no',
    'add.ignoreErrors': 'true',
    'fetch.fsckObjects': 'true',
    'submodule.recurse': 'true',
    'core.untrackedCache': 'true',
    'index.version': '4',
  });
  await writeFile(join(repository.env.HOME ?? '', 'attributes'), '* ident\n');
  await git(['rm', '-rq', '--cached', '.']);
  await git(['reset', '-q', '--hard']);
  await repository.write(
    {
      '.gitattributes':
        '*.up filter=upper\n*.txt text eol=crlf\n*.u16 working-tree-encoding=UTF-16\n',
      'lf.txt': 'a\nb\n',
      'crlf.txt': 'a\r\nb\n',
      'x.up': 'lower\n',
      'x.u16': 'not that at all\n',
      'ident.c': '$Id$\n',
    },
    path,
  );
  await expectKept();
});

it.each(cases(['merge', 'rebase'], ['cherry-pick']))(
  'a %s in conflict is kept with both sides reachable',
  async (verb) => {
    const theirs = await repository.commitOn('theirs', { 'readme.md': 'theirs\n' }, 'main');
    const ours = await repository.commit('ours', { 'readme.md': 'ours\n' }, path);
    expect(
      await repository.gitPasses([verb, verb === 'cherry-pick' ? theirs : 'theirs'], path),
    ).toBe(false);
    await repository.write({ 'staged.txt': 'x\n' }, path);
    await git(['add', 'staged.txt']);
    await git(['branch', '-D', 'theirs'], repository.root);
    const ref = await expectKept();
    for (const commit of [ours, theirs]) {
      expect(
        await repository.gitPasses(['merge-base', '--is-ancestor', commit, ref], repository.root),
      ).toBe(true);
    }
  },
);

it('commits that only the reflog of the worktree knows stay reachable', async () => {
  const head = await git(['cat-file', 'commit', 'HEAD']);
  const tries = Array.from({ length: 130 }, (_, at) => `try-${at}`);
  await repository.write(
    Object.fromEntries(tries.map((name) => [name, `${head.replace(/start$/, name)}\n`])),
    repository.commonDir,
  );
  const files = tries.map((name) => join(repository.commonDir, name));
  const undone = (await git(['hash-object', '-w', '-t', 'commit', ...files])).split('\n');
  const line = (id: string) => `${'0'.repeat(40)} ${id} Ann <ann@example.com> 1 +0000\ttry\n`;
  await appendFile(
    join(repository.commonDir, 'worktrees/ada/logs/HEAD'),
    undone.map(line).join(''),
  );
  await git(['checkout', '-q', '--detach']);
  undone.push(await repository.commit('detached', { 'b.txt': 'b\n' }, path));
  await git(['checkout', '-q', 'agent/ada']);
  const ref = await expectKept();
  const reached = (await git(['rev-list', ref], repository.root)).split('\n');
  expect(undone.filter((commit) => !reached.includes(commit))).toEqual([]);
});

it('an unborn branch is kept', async () => {
  await git(['checkout', '-q', '--orphan', 'fresh']);
  await repository.write({ 'new.txt': 'new\n' }, path);
  const before = await photograph(path);
  const ref = await retire();
  await revive(ref);
  expect(await photograph(path)).toEqual(before);
});

it('a submodule and a clone inside keep files, commits, branches and stashes', async () => {
  const other = await makeRepository({ 'lib.txt': 'lib\n' });
  try {
    const source = ['-c', 'protocol.file.allow=always'];
    await git([...source, 'submodule', '--quiet', 'add', other.root, 'module']);
    await git(['commit', '-qm', 'module']);
    const inside = await repository.commit(
      'in the module',
      { 'lib.txt': 'changed\n' },
      join(path, 'module'),
    );
    await repository.write({ 'module/new.txt': 'new\n', 'module/lib.txt': 'again\n' }, path);
    await git([...source, 'clone', '-q', other.root, 'vendor/clone']);
    const clone = join(path, 'vendor/clone');
    await git(['checkout', '-q', '-b', 'topic'], clone);
    const topic = await repository.commit('topic', { 'topic.txt': 'x\n' }, clone);
    await repository.write({ 'lib.txt': 'stashed\n' }, clone);
    await git(['stash', '-q'], clone);
    const stash = await git(['rev-parse', 'stash'], clone);
    await git(['init', '-q', join(path, 'empty repository')]);
    await repository.write(
      { 'empty repository/x.txt': 'x\n', 'vendor/clone/dirty.txt': 'x\n' },
      path,
    );
    await expectKept();
    expect(await git(['rev-parse', 'HEAD'], join(path, 'module'))).toBe(inside);
    expect(await git(['symbolic-ref', 'HEAD'], clone)).toBe('refs/heads/topic');
    expect(await git(['rev-parse', 'HEAD', 'stash'], clone)).toBe(`${topic}\n${stash}`);
    expect(await git(['status', '--porcelain'], clone)).toBe('?? dirty.txt');
  } finally {
    await other.dispose();
  }
});

itAtLength('nothing is lost: odd repositories of every sort inside, side by side', async () => {
  const source = await makeRepository({ 'lib.txt': 'one\n' });
  try {
    await source.commit('two', { 'lib.txt': 'two\n' });
    const plan = { worktree: path, source: source.root, git: repository.git };
    const folders = Object.keys(oddRepositories).map((name) => join(path, 'vendor', name));
    for (const [at, make] of Object.values(oddRepositories).entries()) {
      const inside = folders[at] ?? '';
      await make({ ...plan, inside });
      await repository.write({ 'new.txt': 'new\n', 'deep/er.txt': 'x\n' }, inside);
    }
    const history = async (folder: string) => (await historyOf(git, folder)).split('\n');
    const before = await Promise.all(folders.map(history));
    await expectKept();
    // A shallow one may come back with the older commits that another one had.
    for (const [at, folder] of folders.entries())
      expect(await history(folder), folder).toEqual(expect.arrayContaining(before[at] ?? []));
  } finally {
    await source.dispose();
  }
});

itAtLength(
  'a shallow clone that is committed as a submodule, with a clone inside, does not hold up the end',
  async () => {
    const source = await makeRepository({ 'lib.txt': 'one\n' });
    try {
      const inside = join(path, 'vendor');
      const plan = { inside, worktree: path, source: source.root, git: repository.git };
      await oddRepositories['a shallow clone with a clone inside']?.(plan);
      await git(['add', '-A']);
      await expectKept();
    } finally {
      await source.dispose();
    }
  },
);

it('a repository inside that cannot be kept is told by name, and nothing is removed', async () => {
  const inside = join(path, 'vendor/lib');
  await git(['init', '-q', inside]);
  await writeFile(join(inside, 'x.txt'), 'x');
  const before = await photograph(path);
  await mkdir(join(repository.commonDir, 'refs/musher'), { recursive: true });
  await writeFile(join(repository.commonDir, 'refs/musher/nested'), 'in the way');
  const reason = expect.stringMatching(/"vendor\/lib".*move that folder out of .*ada/);
  await expect(worktrees.retire({ agent: 'ada', worktreePath: path })).rejects.toMatchObject({
    wire: { code: 'SNAPSHOT_FAILED', details: { path, reason } },
  });
  expect(await photograph(path)).toEqual(before);
});

it('a second worktree inside the worktree is kept', async () => {
  await git(['worktree', 'add', '-q', '--detach', 'inner']);
  const lone = await repository.commit('lone', { 'x.txt': 'x\n' }, join(path, 'inner'));
  await repository.write({ 'inner/new.txt': 'new\n' }, path);
  await expectKept();
  expect(await git(['rev-parse', 'HEAD'], join(path, 'inner'))).toBe(lone);
});

it('ignored files are left out, but those that match .worktreeinclude are kept', async () => {
  await repository.write({ '.worktreeinclude': '.env\nbuild/keep/\n' });
  const ignored = {
    '.env': 'SECRET=agent\n',
    'build/keep/a': 'a\n',
    'build/b': 'b\n',
    'x.log': 'log\n',
  };
  await repository.write({ ...ignored, 'readme.md': 'mine\n' }, path);
  await expectKept(['build/b', 'x.log']);
  expect(await git(['status', '--porcelain'])).toBe('M readme.md');
});

const many = rounds(100, 10_000);
// Writing ten thousand files takes half a minute on a slow disk.
it(`${many} files are kept`, async () => {
  const names = Array.from({ length: many }, (_, at) => `many/${at % 100}/${at}.txt`);
  await repository.write(Object.fromEntries(names.map((name) => [name, `${name}\n`])), path);
  const before = await photograph(path);
  await revive(await retire());
  expect(await photograph(path)).toEqual(before);
}, 240_000);

it('the same state is kept once, another one under another name', async () => {
  await repository.write({ 'new.txt': 'new\n' }, path);
  const ref = await retire();
  await revive(ref);
  expect(await retire()).toBe(ref);
  await revive(ref);
  await repository.write({ 'new.txt': 'newer\n' }, path);
  expect(await retire()).not.toBe(ref);
});

it('a worktree without index, with a damaged index and one that git forgot are kept', async () => {
  const damages = [
    () => rm(join(repository.commonDir, 'worktrees/ada/index')),
    () => writeFile(join(repository.commonDir, 'worktrees/ada/index'), 'garbage'),
    () => writeFile(join(repository.commonDir, 'worktrees/ada/index.lock'), ''),
    () => rm(join(repository.commonDir, 'worktrees/ada'), { recursive: true }),
  ];
  await repository.write({ 'new.txt': 'new\n', 'readme.md': 'mine\n' }, path);
  for (const damage of damages) {
    const before = await photograph(path);
    await damage();
    await revive(await retire());
    expect(await photograph(path)).toEqual(before);
  }
});

it('a folder that no user may write to is removed too', async () => {
  await repository.write({ 'cache/ro/file': 'x\n' }, path);
  await chmod(join(path, 'cache/ro'), 0o500);
  await retire();
  expect(await readdir(join(repository.worktreesFolder, '.trash'))).toEqual([]);
});

it('a failed snapshot removes nothing and says why', async () => {
  await repository.write({ 'new.txt': 'new\n' }, path);
  const before = await photograph(path);
  await rm(join(repository.commonDir, 'refs/musher'), { recursive: true, force: true });
  await writeFile(join(repository.commonDir, 'refs/musher'), 'in the way');
  await expect(worktrees.retire({ agent: 'ada', worktreePath: path })).rejects.toMatchObject({
    wire: {
      code: 'SNAPSHOT_FAILED',
      details: { path, reason: expect.stringContaining('git update-ref failed') },
    },
  });
  expect(await photograph(path)).toEqual(before);
  expect(await worktrees.exists(path)).toBe(true);
});

it('a folder that is no worktree of this repository is never removed', async () => {
  const folder = join(repository.worktreesFolder, 'other');
  await mkdir(folder);
  await writeFile(join(folder, 'mine.txt'), 'mine');
  await expect(worktrees.retire({ agent: 'other', worktreePath: folder })).rejects.toMatchObject({
    wire: { code: 'SNAPSHOT_FAILED' },
  });
  expect(await photograph(folder)).toEqual({ 'mine.txt': '- mine' });
});

it('a retirement that was interrupted after any step ends with the same snapshot', async () => {
  await repository.write({ 'new.txt': 'new\n' }, path);
  const ref = await retire();
  const again = () => worktrees.retire({ agent: 'ada', worktreePath: path });
  // After everything but the report: asked again, it tells the same.
  expect(await again()).toEqual({ snapshotRef: ref, isGone: false });
  await revive(ref);
  // After the snapshot alone: it is the same state, so the same snapshot.
  expect(await retire()).toBe(ref);
  await revive(ref);
  const last = await git(['rev-parse', ref], repository.root);
  await git(['update-ref', 'refs/musher/last/ada', last], repository.root);
  // After the folder moved away: git still knows of it.
  await rename(path, join(repository.worktreesFolder, '.trash', 'ada-1700000000000'));
  expect(await again()).toEqual({ snapshotRef: ref, isGone: false });
  expect(await git(['worktree', 'list'], repository.root)).not.toContain('ada');
});

it('a new life of the agent does not end with the snapshot of an earlier one', async () => {
  await repository.write({ 'new.txt': 'new\n' }, path);
  await retire();
  await worktrees.provision(ask);
  await rm(path, { recursive: true });
  expect(await worktrees.retire({ agent: 'ada', worktreePath: path })).toEqual({ isGone: true });
});

it('a worktree that was moved by hand is told to be gone, and stays one that git can repair', async () => {
  await repository.write({ 'new.txt': 'new\n' }, path);
  const moved = `${path}-moved`;
  await rename(path, moved);
  expect(await worktrees.retire({ agent: 'ada', worktreePath: path })).toEqual({ isGone: true });
  await git(['worktree', 'repair', moved], repository.root);
  expect(await git(['status', '--porcelain'], moved)).toBe('?? new.txt');
});

it('a retirement that is called off removes nothing', async () => {
  await repository.write({ 'new.txt': 'new\n' }, path);
  const before = await photograph(path);
  const off = new AbortController();
  const retired = worktrees.retire({ agent: 'ada', worktreePath: path, signal: off.signal });
  off.abort(new Error('called off'));
  await expect(retired).rejects.toThrow('called off');
  expect(await photograph(path)).toEqual(before);
  expect(await worktrees.exists(path)).toBe(true);
});

it('an interrupted revival is brought to its end, and later work is not undone by asking again', async () => {
  await repository.write({ 'new.txt': 'new\n', 'readme.md': 'mine\n' }, path);
  const before = await photograph(path);
  const ref = await retire();
  await worktrees.provision(ask);
  const mark = join(repository.commonDir, 'worktrees/ada/musher.json');
  const half = {
    agent: 'ada',
    branch: ask.branch,
    base: { ref: 'main', commit: 'x' },
    ready: false,
  };
  await writeFile(mark, JSON.stringify(half));
  await repository.write({ 'new.txt': 'ne' }, path);
  await revive(ref);
  expect(await photograph(path)).toEqual(before);
  await repository.write({ 'new.txt': 'later work\n' }, path);
  await revive(ref);
  expect(await photograph(path)).toMatchObject({ 'new.txt': '- later work\n' });
});

it('of a folder that somebody removed, what was staged and its own commits are kept', async () => {
  const kept = async () => {
    const refs = await git(
      ['for-each-ref', '--format=%(refname)', 'refs/musher/snapshots/ada/'],
      repository.root,
    );
    return refs.split('\n').filter((ref) => ref !== '');
  };
  await rm(path, { recursive: true });
  await worktrees.provision(ask);
  expect(await kept()).toEqual([]);
  await git(['checkout', '-q', '--detach']);
  const lone = await repository.commit('lone', { 'lone.txt': 'x\n' }, path);
  await repository.write({ 'staged.txt': 'staged\n' }, path);
  await git(['add', '.']);
  await rm(path, { recursive: true });
  await worktrees.provision(ask);
  const [first = ''] = await kept();
  expect(await git(['show', `${first}:staged.txt`])).toBe('staged');
  expect(await repository.gitPasses(['merge-base', '--is-ancestor', lone, first])).toBe(true);
  await repository.write({ 'other.txt': 'other\n' }, path);
  await git(['add', '.']);
  await rm(path, { recursive: true });
  expect(await worktrees.retire({ agent: 'ada', worktreePath: path })).toEqual({ isGone: true });
  const second = (await kept()).find((ref) => ref !== first) ?? 'none';
  expect(await git(['show', `${second}:other.txt`], repository.root)).toBe('other');
});
