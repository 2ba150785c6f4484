// What is there of worktrees, whatever was done to them by hand: with real git, folders and links.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, link, lstat, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createUpkeep } from '../../main/adapters/git/upkeep.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { FoundTree } from '../../main/features/worktrees/ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let home: string;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n', '.gitignore': 'node_modules/\n' });
  home = dirname(repository.root);
});
afterEach(() => repository.dispose());

async function open(root = repository.root) {
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository: await openRepository(git, root) };
  return { worktrees: createWorktrees(context), upkeep: createUpkeep(context) };
}

const place = (name: string) => join(repository.worktreesFolder, name);

async function provision(agent: string): Promise<string> {
  const { worktrees } = await open();
  return (await worktrees.provision({ agent, branch: `agent/${agent}`, base: 'main' }))
    .worktreePath;
}

/** By path from the folder that all of this is in: what it is, and where it was. */
async function look({ root = repository.root, near = [] as string[] } = {}) {
  const { upkeep } = await open(root);
  const found = await upkeep.survey({ near });
  const short = (path: string) => path.slice(home.length + 1);
  const say = ({ kind, wasAt, madeFor, locked, why }: FoundTree) =>
    [
      kind,
      ...(wasAt === undefined ? [] : [`from ${short(wasAt)}`]),
      ...(madeFor === undefined ? [] : [`of ${madeFor}`]),
      ...(locked === undefined ? [] : [`locked: ${locked}`]),
      ...(why === undefined ? [] : [why.replaceAll(home, '')]),
    ].join(' ');
  return Object.fromEntries(found.map((one) => [short(one.path), say(one)]));
}

describe('a survey', () => {
  it('tells each place for what it is', async () => {
    await provision('ada');
    for (const gone of ['gone', 'locked', 'lost']) await provision(gone);
    await repository.git(['worktree', 'add', '-q', '-b', 'mine', join(home, 'by hand')]);
    await forget('lost');
    await repository.git(['worktree', 'lock', '--reason', 'on a stick', place('locked')]);
    await rename(place('gone'), join(home, 'elsewhere'));
    await rm(place('locked'), { recursive: true });
    await mkdir(join(place('.trash'), 'old-1'), { recursive: true });
    await mkdir(place('notes'));
    await cp(place('ada'), place('twin'), { recursive: true });
    expect(await look()).toEqual({
      repo: 'main',
      'repo.worktrees/ada': 'linked of ada',
      'by hand': 'linked',
      elsewhere: 'moved from repo.worktrees/gone of gone',
      'repo.worktrees/locked': 'missing of locked locked: on a stick',
      'repo.worktrees/.trash/old-1': 'trash',
      'repo.worktrees/notes': 'folder no worktree',
      'repo.worktrees/twin': 'folder a copy of /repo.worktrees/ada',
      'repo.worktrees/lost': 'forgotten',
    });
  });

  it('finds all again where the repository moved, alone or with its worktrees', async () => {
    const stays = join(home, 'stays');
    await repository.git(['worktree', 'add', '-q', '-b', 'mine', stays]);
    await provision('ada');
    const to = join(home, 'new');
    await mkdir(to);
    await rename(repository.root, join(to, 'repo'));
    await rename(repository.worktreesFolder, join(to, 'repo.worktrees'));
    expect(await look({ root: join(to, 'repo') })).toEqual({
      'new/repo': 'main',
      'new/repo.worktrees/ada': 'moved from repo.worktrees/ada of ada',
      stays: 'moved',
    });
  });

  it('leaves the worktrees of another repository alone, though they are named alike', async () => {
    await provision('ada');
    await repository.git(['worktree', 'prune']);
    const other = await makeRepository();
    try {
      await other.git(['worktree', 'add', '-q', '-b', 'x', place('bob')]);
      expect(await look()).toMatchObject({
        'repo.worktrees/bob': expect.stringMatching(/^folder a worktree of another repository: /),
      });
    } finally {
      await other.dispose();
    }
  });
});

it('names with line breaks and names that are no text are told, and the latter never taken for gone', async () => {
  await repository.git(['worktree', 'add', '-q', '-b', 'a', join(home, 'two\nlines')]);
  const odd = Buffer.concat([Buffer.from(`${home}/`), Buffer.from([0x66, 0xff])]);
  const script = 'git worktree add -q -b b "$(printf "%b" "$WHERE")"';
  const env = { ...repository.env, WHERE: `${home}/f\\0377` };
  await promisify(execFile)('sh', ['-c', script], { cwd: repository.root, env });
  expect((await lstat(odd)).isDirectory()).toBe(true);
  expect(await look()).toEqual({
    ...{ repo: 'main', 'two\nlines': 'linked' },
    'f\ufffd': 'linked its name is not UTF-8, so Musher cannot reach it',
  });
});

describe('a repair', () => {
  it('points git and folder at each other again, whichever of them moved', async () => {
    const path = await provision('ada');
    await repository.write({ 'new.txt': 'new\n' }, path);
    const to = join(home, 'else', 'where');
    await mkdir(dirname(to));
    await rename(path, to);
    const { upkeep, worktrees } = await open();
    await upkeep.repoint(to);
    expect(await worktrees.exists(to)).toBe(true);
    expect(await repository.git(['status', '--porcelain'], to)).toBe('?? new.txt');
    await upkeep.repoint(to);
    await expect(upkeep.repoint(path)).rejects.toMatchObject({
      wire: { code: 'WORKTREE_UNKNOWN' },
    });
  });

  it('goes on after repository and worktrees were moved together', async () => {
    await provision('ada');
    const to = join(home, 'new');
    await mkdir(to);
    await rename(repository.root, join(to, 'repo'));
    await rename(repository.worktreesFolder, join(to, 'repo.worktrees'));
    const { upkeep, worktrees } = await open(join(to, 'repo'));
    const path = join(to, 'repo.worktrees', 'ada');
    await upkeep.repoint(path);
    expect(await worktrees.exists(path)).toBe(true);
    expect((await upkeep.survey({ near: [] })).map(({ kind }) => kind)).toEqual(['main', 'linked']);
  });

  it('knows the newest snapshot of a branch, and whether it is of its newest commit', async () => {
    const path = await provision('ada');
    const { upkeep, worktrees } = await open();
    const ask = { agent: 'ada', branch: 'agent/ada' };
    expect(await upkeep.newestSnapshot(ask)).toBeUndefined();
    await repository.write({ 'new.txt': 'new\n' }, path);
    const { snapshotRef: ref } = await worktrees.retire({ agent: 'ada', worktreePath: path });
    expect(await upkeep.newestSnapshot(ask)).toEqual({ ref, isOfTip: true });
    expect(await upkeep.newestSnapshot({ ...ask, branch: 'main' })).toBeUndefined();
    await repository.commitOn('agent/ada', { 'later.txt': 'x\n' });
    expect(await upkeep.newestSnapshot(ask)).toEqual({ ref, isOfTip: false });
  });
});

describe('a prune', () => {
  async function found(path: string) {
    const { upkeep } = await open();
    const all = await upkeep.survey({ near: [] });
    const tree = all.find((one) => one.path === path);
    if (tree === undefined) throw new Error(`${path} is not among ${JSON.stringify(all)}`);
    return { upkeep, tree };
  }

  it('takes away what was shown, its files kept, and leaves the branch', async () => {
    const path = await provision('ada');
    await repository.write({ 'new.txt': 'new\n' }, path);
    const { upkeep, tree } = await found(path);
    const { snapshotRef = '' } = await upkeep.remove({ tree, keepAs: 'ada' });
    expect(await repository.git(['show', `${snapshotRef}:new.txt`])).toBe('new');
    expect(await repository.gitPasses(['rev-parse', 'refs/heads/agent/ada'])).toBe(true);
    expect(await look()).toEqual({ repo: 'main' });
    expect(await upkeep.remove({ tree, keepAs: 'ada' })).toEqual({ isGone: true });
  });

  it('keeps what was staged of one whose folder is gone, and the files of one that git forgot', async () => {
    const gone = await provision('gone');
    const lost = await provision('lost');
    await repository.write({ 'staged.txt': 'staged\n' }, gone);
    await repository.git(['add', '-A'], gone);
    await rm(gone, { recursive: true });
    const one = await found(gone);
    const kept = await one.upkeep.remove({ tree: one.tree, keepAs: 'gone' });
    expect(await repository.git(['show', `${kept.snapshotRef}:staged.txt`])).toBe('staged');
    await repository.write({ 'new.txt': 'new\n' }, lost);
    await forget('lost');
    const two = await found(lost);
    const files = await two.upkeep.remove({ tree: two.tree, keepAs: 'lost' });
    expect(await repository.git(['show', `${files.snapshotRef}:new.txt`])).toBe('new');
    expect(await look()).toEqual({ repo: 'main' });
  });

  it('leaves what is another by now, and what a program works in', async () => {
    const path = await provision('ada');
    const { upkeep, tree } = await found(path);
    await mkdir(join(path, 'src'));
    const program = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      cwd: join(path, 'src'),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      await once(program, 'spawn');
      await expect(upkeep.remove({ tree, keepAs: 'ada' })).rejects.toMatchObject({
        wire: { code: 'WORKTREE_BUSY', message: expect.stringContaining(`pid ${program.pid}`) },
      });
    } finally {
      program.stdin?.end();
      await once(program, 'exit');
    }
    await repository.commit('more', { 'a.txt': 'a\n' }, path);
    await expect(upkeep.remove({ tree, keepAs: 'ada' })).rejects.toMatchObject({
      wire: { code: 'WORKTREE_CHANGED' },
    });
    expect(await look()).toMatchObject({ 'repo.worktrees/ada': 'linked of ada' });
  });

  it('empties what is left in the trash, also where it may not be written to', async () => {
    const left = join(place('.trash'), 'old-1');
    await mkdir(join(left, 'cache'), { recursive: true });
    await writeFile(join(left, 'cache', 'a'), 'a');
    await chmod(join(left, 'cache'), 0o500);
    const { upkeep, tree } = await found(left);
    expect(await upkeep.remove({ tree, keepAs: 'old' })).toEqual({ isGone: false });
    expect(await look()).toEqual({ repo: 'main' });
  });
});

it('what is in it is counted: changed paths, and commits that neither the target nor a remote has', async () => {
  const path = await provision('ada');
  await repository.commit('one', { 'a.txt': 'a\n' }, path);
  await repository.git(['clone', '-q', '--bare', repository.root, join(home, 'origin.git')]);
  await repository.git(['remote', 'add', 'origin', join(home, 'origin.git')]);
  const { upkeep } = await open();
  const head = await repository.commit('two', { 'b.txt': 'b\n' }, path);
  await repository.write({ 'readme.md': 'other\n', 'new.txt': 'new\n' }, path);
  await repository.git(['fetch', '-q', 'origin']);
  const ask = { tree: { path, head }, measure: await upkeep.measure('main') };
  expect(await upkeep.count({ ...ask, isFiles: true })).toEqual({
    ...{ changed: 2, unmerged: 2, unpushed: 1 },
  });
  await repository.git(['push', '-q', 'origin', 'agent/ada'], path);
  expect(await upkeep.count({ ...ask, isFiles: false })).toEqual({ unmerged: 2, unpushed: 0 });
});

it('a size is what the disk has: holes are nothing, a second name is nothing, and what is ignored is told apart', async () => {
  const path = await provision('ada');
  const { upkeep } = await open();
  const before = await upkeep.size(path);
  const mebi = 1 << 20;
  const filled = Buffer.alloc(mebi, 'x');
  await mkdir(join(path, 'node_modules', 'deep'), { recursive: true });
  await writeFile(join(path, 'node_modules', 'deep', 'a.bin'), filled);
  await link(join(path, 'node_modules', 'deep', 'a.bin'), join(path, 'node_modules', 'b.bin'));
  await writeFile(join(path, 'mine.bin'), filled);
  await link(join(path, 'mine.bin'), join(home, 'outside.bin'));
  await writeFile(join(path, 'hole.bin'), '');
  await truncate(join(path, 'hole.bin'), 50 * mebi);
  const after = await upkeep.size(path);
  const near = (bytes: number) => expect.closeTo(bytes / mebi, 1);
  expect(after && { ...after, ...inMebi(after) }).toMatchObject({
    totalBytes: near((before?.totalBytes ?? 0) + 2 * mebi),
    ignoredBytes: near(mebi),
    untrackedBytes: near(mebi),
    sharedBytes: near(mebi),
    fileCount: (before?.fileCount ?? 0) + 4,
    isPartial: false,
  });
  expect(await upkeep.size(place('nobody'))).toBeUndefined();
  const off = AbortSignal.abort(new Error('called off'));
  await expect(upkeep.size(path, off)).rejects.toThrow('called off');
});

function inMebi(size: object): object {
  const entries = Object.entries(size).filter(([name]) => name.endsWith('Bytes'));
  return Object.fromEntries(entries.map(([name, bytes]) => [name, Number(bytes) / (1 << 20)]));
}

/** As `git worktree prune` does while a disk is away. */
async function forget(agent: string): Promise<void> {
  const away = join(home, 'away');
  await rename(place(agent), away);
  await repository.git(['worktree', 'prune']);
  await rename(away, place(agent));
}
