import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { splitNul } from '../../main/adapters/git/ask.ts';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { isNewEnough, requireGit } from '../../main/adapters/git/version.ts';
import { systemClock } from '../../main/base/clock.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { waitFor } from '../harness/wait.ts';

let repository: TestRepository;
let git: Git;

beforeEach(async () => {
  repository = await makeRepository();
  git = createGit({ clock: systemClock, env: repository.env });
});
afterEach(() => repository.dispose());

it('bytes come back as git wrote them', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0, 128]);
  await repository.commit('binary', { 'b.bin': bytes });
  const answer = await git.run({ cwd: repository.root, args: ['cat-file', 'blob', 'HEAD:b.bin'] });
  expect(answer.stdout).toEqual(bytes);
});

it('an answer larger than a pipe is whole', async () => {
  const bytes = Buffer.alloc(5_000_000, 'musher ');
  await repository.commit('large', { large: bytes });
  const answer = await git.run({ cwd: repository.root, args: ['cat-file', 'blob', 'HEAD:large'] });
  expect(answer.stdout.equals(bytes)).toBe(true);
});

it('a failure says command, reason, exit code, time and the whole text', async () => {
  const args = ['rev-parse', '--verify', 'no-such-thing'];
  const failed = git.run({ cwd: repository.root, args });
  await expect(failed).rejects.toMatchObject({
    wire: {
      code: 'GIT_FAILED',
      message: 'git rev-parse failed: Needed a single revision.',
      details: {
        subcommand: 'rev-parse',
        args,
        exitCode: 128,
        durationMs: expect.any(Number),
        stderr: 'fatal: Needed a single revision\n',
      },
    },
  });
});

it('an exit code without a word is a failure, unless it is an answer', async () => {
  const ask = { cwd: repository.root, args: ['config', '--get', 'no.such'] };
  await expect(git.run(ask)).rejects.toMatchObject({ wire: { code: 'GIT_FAILED' } });
  expect(await git.run({ ...ask, okCodes: [0, 1] })).toMatchObject({ exitCode: 1 });
});

it('a command that hangs is ended and told as GIT_TIMEOUT', async () => {
  await repository.git(['config', 'alias.hang', '!exec cat /dev/zero > /dev/null']);
  const hung = git.run({ cwd: repository.root, args: ['hang'], timeoutMs: 200 });
  await expect(hung).rejects.toMatchObject({ wire: { code: 'GIT_TIMEOUT' } });
});

it('an aborted call rejects with the reason of its signal', async () => {
  const reason = new Error('the hub stops');
  await expect(
    git.run({ cwd: repository.root, args: ['status'], signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});

it.skipIf(process.platform === 'win32')(
  'a call that is called off while it holds a lock that git does not know yet leaves no lock',
  async () => {
    const gitFolder = join(repository.root, '.git');
    const lock = join(gitFolder, 'refs/heads/two.lock');
    const slow = await slowAtLock(lock);
    const off = new AbortController();
    const args = ['update-ref', 'refs/heads/two', await repository.git(['rev-parse', 'HEAD'])];
    const moving = slow.run({ cwd: repository.root, args, signal: off.signal });
    await waitFor('the lock to be there', () => existsSync(lock));
    off.abort(new Error('called off'));
    await expect(moving).rejects.toThrow('called off');
    expect(existsSync(lock)).toBe(false);
    await git.run({ cwd: repository.root, args });
  },
);

/** A git that dies of a signal within the moment between making its lock and knowing it, drawn out to 100 ms. */
async function slowAtLock(lock: string): Promise<Git> {
  const { PATH = '' } = repository.env;
  const lines = [
    '#!/bin/sh',
    `case "$*" in *update-ref*) : > "${lock}"; sleep 0.1; rm "${lock}";; esac`,
    `PATH="${PATH}" exec git "$@"`,
  ];
  await repository.write({ '../slow/git': { run: lines.join('\n') } });
  const env = { ...repository.env, PATH: [join(repository.root, '../slow'), PATH].join(delimiter) };
  return createGit({ clock: systemClock, env });
}

it('what the calling shell set for git does not lead it elsewhere', async () => {
  const env = {
    ...repository.env,
    GIT_DIR: '/nowhere',
    GIT_INDEX_FILE: '/nowhere',
    EDITOR: 'false',
  };
  const other = createGit({ clock: systemClock, env });
  const answer = await other.run({ cwd: repository.root, args: ['rev-parse', '--git-dir'] });
  expect(answer.stdout.toString()).toBe('.git\n');
});

it('stdin and an environment of one call reach git', async () => {
  const args = ['hash-object', '--stdin'];
  const answer = await git.run({ cwd: repository.root, args, input: 'hello\n' });
  expect(answer.stdout.toString()).toBe('ce013625030ba8dba906f756967f9e9ca394464a\n');
  const env = { GIT_AUTHOR_NAME: 'Bo', GIT_AUTHOR_EMAIL: 'bo@example.com' };
  const ident = await git.run({ cwd: repository.root, args: ['var', 'GIT_AUTHOR_IDENT'], env });
  expect(ident.stdout.toString()).toMatch(/^Bo <bo@example.com>/);
});

it('without a git program it is GIT_MISSING', async () => {
  const bare = createGit({ clock: systemClock, env: { ...repository.env, PATH: '/nowhere' } });
  await expect(requireGit(bare, repository.root)).rejects.toMatchObject({
    wire: { code: 'GIT_MISSING' },
  });
});

it.runIf(process.platform !== 'win32')('a git before 2.38 is GIT_MISSING', async () => {
  const bin = join(repository.root, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'git'), '#!/bin/sh\necho git version 2.37.9\n');
  await chmod(join(bin, 'git'), 0o755);
  const PATH = `${bin}${delimiter}${repository.env.PATH}`;
  const old = createGit({ clock: systemClock, env: { ...repository.env, PATH } });
  await expect(requireGit(old, repository.root)).rejects.toMatchObject({
    wire: { code: 'GIT_MISSING' },
  });
});

it.each([
  ['git version 2.38.0', true],
  ['git version 2.39.5 (Apple Git-154)', true],
  ['git version 2.51.0.windows.1', true],
  ['git version 3.0.1', true],
  ['git version 2.37.9', false],
  ['git version 1.99', false],
  ['something else', false],
])('"%s" is new enough: %s', (text, expected) => {
  expect(isNewEnough(text)).toBe(expected);
});

it('lists split at NUL keep every other byte', () => {
  expect(splitNul(Buffer.from('a\nb\0"c"\0\0d'))).toEqual(
    ['a\nb', '"c"', '', 'd'].map((name) => Buffer.from(name)),
  );
});

it('work under one key runs in order, and a failure does not stop the next', async () => {
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await git.run({ cwd: repository.root, args: ['--version'] });
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error('a failed');
  };
  const all = [git.exclusive('k', work('a')), git.exclusive('k', work('b'))];
  await Promise.allSettled(all);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('a repository is opened from its root, a subfolder, its git folder and a linked worktree', async () => {
  await repository.commit('sub', { 'sub/a.txt': 'a' });
  const linked = join(repository.worktreesFolder, 'linked');
  await repository.git(['worktree', 'add', '-q', '-b', 'linked', linked]);
  const { root, commonDir, worktreesFolder } = repository;
  for (const path of [root, join(root, 'sub'), commonDir, linked, join(linked, 'sub')]) {
    expect(await openRepository(git, path)).toEqual({
      root,
      name: 'repo',
      commonDir,
      worktreesFolder,
    });
  }
});

it('a path without folder, repository, working tree or commit is refused by its own code', async () => {
  const home = repository.env.HOME ?? '';
  const empty = join(home, 'empty');
  await repository.git(['init', '-q', empty]);
  await repository.git(['init', '-q', '--bare', join(home, 'bare')]);
  await mkdir(join(home, 'plain'));
  const codes = ['missing', 'plain', 'bare', 'empty', 'gitconfig'].map((name) =>
    openRepository(git, join(home, name)).then(
      () => 'opened',
      (error) => error.wire.code,
    ),
  );
  expect(await Promise.all(codes)).toEqual([
    'REPOSITORY_MISSING',
    'REPOSITORY_INVALID',
    'REPOSITORY_BARE',
    'REPOSITORY_EMPTY',
    'REPOSITORY_MISSING',
  ]);
});

it('a lock that goes away in a moment is waited for', async () => {
  const lock = join(repository.root, '.git', 'index.lock');
  await repository.write({ 'new.txt': 'x', '.git/index.lock': '' });
  const added = git.run({ cwd: repository.root, args: ['add', 'new.txt'] });
  setTimeout(() => void rm(lock), 300);
  await added;
  expect(await repository.git(['status', '--porcelain'])).toBe('A  new.txt');
});

it('a lock that stays is told by its name, and what to do', async () => {
  await repository.write({ 'new.txt': 'x', '.git/index.lock': '' });
  for (const args of [
    ['add', 'new.txt'],
    ['update-index', '--add', 'new.txt'],
    ['read-tree', 'HEAD'],
  ]) {
    await expect(git.run({ cwd: repository.root, args })).rejects.toMatchObject({
      wire: { code: 'GIT_LOCKED', details: { lock: expect.stringMatching(/index\.lock$/) } },
    });
  }
});

it('work that is called off while it waits for a lock ends at once', async () => {
  await repository.write({ 'new.txt': 'x', '.git/index.lock': '' });
  const off = new AbortController();
  const added = git.run({
    cwd: repository.root,
    args: ['add', 'new.txt'],
    signal: off.signal,
  });
  setTimeout(() => off.abort(new Error('called off')), 200);
  await expect(added).rejects.toThrow('called off');
});

it.skipIf(process.platform === 'win32')(
  'a repository of another user is refused with the command that trusts it',
  async () => {
    const { stdout } = await git.run({ cwd: repository.root, args: ['--exec-path'] });
    const bin = join(repository.root, '..', 'bin');
    const real = join(stdout.toString('utf8').trim(), 'git');
    await mkdir(bin);
    await writeFile(
      join(bin, 'git'),
      `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${real}' "$@"\n`,
      { mode: 0o755 },
    );
    const PATH = `${bin}${delimiter}${repository.env.PATH}`;
    const foreign = createGit({ clock: systemClock, env: { ...repository.env, PATH } });
    await expect(openRepository(foreign, repository.root)).rejects.toMatchObject({
      wire: {
        code: 'REPOSITORY_UNSAFE',
        mend: expect.stringContaining(`safe.directory ${repository.root}`),
      },
    });
  },
);
