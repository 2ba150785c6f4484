import { chmod, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { suggestBranch } from '../../main/adapters/git/check.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import { rounds } from '../harness/rounds.ts';
import { photograph } from '../harness/photograph.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let worktrees: Worktrees;

const ask = { agent: 'ada', branch: 'agent/ada', base: 'main' };

beforeEach(async () => {
  repository = await makeRepository({
    'readme.md': 'hello\n',
    '.gitignore': '.env*\nnode_modules/\n',
  });
  worktrees = await open();
});
afterEach(() => repository.dispose());

async function open(): Promise<Worktrees> {
  const git = createGit({ clock: systemClock, env: repository.env });
  return createWorktrees({ git, repository });
}

function place(agent = 'ada'): string {
  return join(repository.worktreesFolder, agent);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'passed',
    (error) => error.wire?.code ?? String(error),
  );
}

/** Both say the same, and neither leaves anything behind. */
async function refusal(changes: Partial<typeof ask>): Promise<string> {
  const before = await repository.git(['for-each-ref']);
  const code = await codeOf(worktrees.check({ ...ask, ...changes }));
  expect(await codeOf(worktrees.provision({ ...ask, ...changes }))).toBe(code);
  expect(await repository.git(['for-each-ref'])).toBe(before);
  return code;
}

it('a worktree stands on a new branch that starts at the base', async () => {
  const base = await repository.git(['rev-parse', 'main']);
  await repository.commitOn('next', { 'next.txt': 'next\n' });
  await worktrees.check(ask);
  expect(await repository.git(['branch', '--list', 'agent/ada'])).toBe('');
  expect(await worktrees.provision(ask)).toEqual({
    worktreePath: place(),
    branch: 'agent/ada',
    base: { ref: 'main', commit: base },
  });
  expect(await repository.git(['status', '--porcelain=v1', '--branch'], place())).toBe(
    '## agent/ada',
  );
  expect(await worktrees.exists(place())).toBe(true);
  expect(await repository.git(['status', '--porcelain'])).toBe('');
});

it('asked again it is returned as it is, with the base that it had', async () => {
  const first = await worktrees.provision(ask);
  await repository.write({ 'readme.md': 'mine\n', 'new.txt': 'new\n' }, place());
  await repository.commit('the base moves', { 'x.txt': 'x\n' });
  const before = await photograph(place());
  expect(await worktrees.provision(ask)).toEqual(first);
  expect(await (await open()).provision(ask)).toEqual(first);
  await repository.git(['checkout', '-q', '--detach'], place());
  await repository.git(['checkout', '-q', '--detach']);
  await repository.git(['branch', '-D', 'main']);
  expect(await worktrees.provision(ask)).toEqual(first);
  expect(await photograph(place())).toEqual(before);
});

it('a branch that is there is used, with the commit where it left the base', async () => {
  const base = await repository.git(['rev-parse', 'main']);
  const tip = await repository.commitOn('agent/ada', { 'x.txt': 'x\n' });
  await repository.commit('the base moves', { 'y.txt': 'y\n' });
  expect((await worktrees.provision(ask)).base.commit).toBe(base);
  expect(await repository.git(['rev-parse', 'HEAD'], place())).toBe(tip);
});

it.each(['main', 'v1', 'HEAD~0', 'a1b2'])(
  'the base may be a branch, tag, revision or commit: %s',
  async (name) => {
    await repository.git(['tag', 'v1']);
    const commit = await repository.git(['rev-parse', 'main']);
    const base = name === 'a1b2' ? commit : name;
    const facts = await worktrees.provision({ ...ask, base });
    expect(facts.base).toEqual({ ref: base, commit });
  },
);

it('a branch goes before a tag of the same name', async () => {
  const commit = await repository.commitOn('twin', { 'x.txt': 'x\n' });
  await repository.git(['tag', 'twin', 'main']);
  await repository.git(['tag', 'agent/ada', 'main']);
  expect((await worktrees.provision({ ...ask, base: 'twin' })).base.commit).toBe(commit);
  expect(await repository.git(['symbolic-ref', 'HEAD'], place())).toBe('refs/heads/agent/ada');
});

const noNames = [
  '',
  ' ',
  'a b',
  'a..b',
  '-x',
  '--all',
  '/a',
  'a/',
  'a//b',
  'a.lock',
  '.a',
  'a/.b',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[b',
  'a\\b',
  'a@{1}',
  '@',
  'HEAD',
  '@{-1}',
  'a\nb',
  'a\u007f',
];

it('what is no branch name is refused, and what is suggested is one', async () => {
  for (const branch of noNames) {
    const error = await worktrees.check({ ...ask, branch }).catch((thrown) => thrown);
    expect(error.wire, branch).toMatchObject({ code: 'BRANCH_INVALID', details: { branch } });
    const { suggestion } = error.wire.details;
    expect(suggestion).toBe(suggestBranch(branch));
    await worktrees.check({ ...ask, branch: suggestion });
  }
});

it('a branch that leaves no room for another is BRANCH_NO_ROOM with both names, and one that has room', async () => {
  await repository.git(['branch', 'agent/ada/deep']);
  await repository.git(['branch', 'team']);
  for (const [branch, other, suggestion] of [
    ['agent/ada', 'agent/ada/deep', 'agent-ada'],
    ['team/ada', 'team', 'team-ada'],
    ['team/a/b', 'team', 'team-a-b'],
    ['agent', 'agent/ada/deep', 'agent-work'],
  ]) {
    await expect(worktrees.check({ ...ask, branch: branch ?? '' })).rejects.toMatchObject({
      wire: { code: 'BRANCH_NO_ROOM', details: { branch, other, suggestion } },
    });
  }
  expect(await refusal({ branch: 'team/ada' })).toBe('BRANCH_NO_ROOM');
});

it('a branch that is checked out or being rebased elsewhere is BRANCH_CHECKED_OUT with the place', async () => {
  expect(await refusal({ branch: 'main' })).toBe('BRANCH_CHECKED_OUT');
  const other = join(repository.env.HOME ?? '', 'elsewhere');
  await repository.git(['worktree', 'add', '-q', '-b', 'taken', other]);
  await expect(worktrees.check({ ...ask, branch: 'taken' })).rejects.toMatchObject({
    wire: { code: 'BRANCH_CHECKED_OUT', details: { branch: 'taken', path: other } },
  });
  await repository.commit('here', { 'readme.md': 'here\n' }, other);
  await repository.commit('there', { 'readme.md': 'there\n' });
  expect(await repository.gitPasses(['rebase', 'main'], other)).toBe(false);
  expect(await refusal({ branch: 'taken' })).toBe('BRANCH_CHECKED_OUT');
  await repository.git(['rebase', '--abort'], other);
  await rm(other, { recursive: true });
  expect(await codeOf(worktrees.check({ ...ask, branch: 'taken' }))).toBe('passed');
  await repository.git(['worktree', 'lock', other]);
  expect(await refusal({ branch: 'taken' })).toBe('BRANCH_CHECKED_OUT');
});

it('what is no commit is BASE_UNKNOWN', async () => {
  for (const base of ['nowhere', '--all', '', 'main:readme.md', 'f'.repeat(40)])
    expect(await refusal({ base }), base).toBe('BASE_UNKNOWN');
});

it('a repository without any commit is REPOSITORY_EMPTY', async () => {
  await repository.git(['update-ref', '-d', 'refs/heads/main']);
  expect(await refusal({})).toBe('REPOSITORY_EMPTY');
});

it('a folder that is not this agent’s worktree is WORKTREE_EXISTS and left alone', async () => {
  await mkdir(place(), { recursive: true });
  expect(await codeOf(worktrees.check(ask))).toBe('passed');
  await writeFile(join(place(), 'mine.txt'), 'mine');
  expect(await refusal({})).toBe('WORKTREE_EXISTS');
  expect(await photograph(place())).toEqual({ 'mine.txt': '- mine' });
  await rm(place(), { recursive: true });
  await writeFile(place(), 'a file');
  expect(await refusal({})).toBe('WORKTREE_EXISTS');
  await rm(place());
  await repository.git(['worktree', 'add', '-q', '-b', 'by-hand', place()]);
  expect(await refusal({})).toBe('WORKTREE_EXISTS');
  await repository.git(['worktree', 'remove', place()]);
  await repository.git(['init', '-q', place()]);
  expect(await refusal({})).toBe('WORKTREE_EXISTS');
});

it('a worktree that stands for another branch is WORKTREE_EXISTS', async () => {
  await worktrees.provision(ask);
  expect(await refusal({ branch: 'other' })).toBe('WORKTREE_EXISTS');
});

it('a folder that vanished is made again from its branch', async () => {
  await worktrees.provision(ask);
  const tip = await repository.commit('done', { 'x.txt': 'x\n' }, place());
  await rm(place(), { recursive: true });
  expect(await worktrees.exists(place())).toBe(false);
  await worktrees.provision(ask);
  expect(await repository.git(['rev-parse', 'HEAD'], place())).toBe(tip);
  await rm(place(), { recursive: true });
  await repository.git(['worktree', 'lock', place()]);
  await worktrees.provision(ask);
  expect(await repository.git(['status', '--porcelain'], place())).toBe('');
});

it('mending one worktree leaves what git knows of others alone', async () => {
  const other = join(repository.env.HOME ?? '', 'unplugged');
  await repository.git(['worktree', 'add', '-q', '-b', 'other', other]);
  await rename(other, `${other}.away`);
  await worktrees.provision(ask);
  await rm(place(), { recursive: true });
  await worktrees.provision(ask);
  await worktrees.retire({ agent: 'ada', worktreePath: place() });
  await rename(`${other}.away`, other);
  expect(await repository.git(['status', '--porcelain'], other)).toBe('');
});

it('a worktree that git forgot is made known again, with its files as they are', async () => {
  await worktrees.provision(ask);
  await repository.write({ 'readme.md': 'mine\n', 'new.txt': 'new\n' }, place());
  const before = await photograph(place());
  await rm(join(repository.commonDir, 'worktrees'), { recursive: true });
  expect(await worktrees.exists(place())).toBe(false);
  await worktrees.provision(ask);
  expect(await photograph(place())).toEqual(before);
  expect(await repository.git(['status', '--porcelain', '--branch'], place())).toBe(
    '## agent/ada\n M readme.md\n?? new.txt',
  );
});

it.each<[string, () => Promise<unknown>]>([
  ['the branch was made', () => repository.git(['branch', 'agent/ada', 'main'])],
  ['the folder was made', () => mkdir(place(), { recursive: true })],
  [
    'git knew of it but had checked nothing out',
    async () => {
      await repository.git(['worktree', 'add', '-q', '--no-checkout', '-b', 'agent/ada', place()]);
      await repository.git(['worktree', 'lock', '--reason', 'initializing', place()]);
      await writeFile(join(place(), 'half.txt'), 'half');
    },
  ],
  [
    'it was checked out by half',
    async () => {
      await repository.git(['worktree', 'add', '-q', '-b', 'agent/ada', place()]);
      await rm(join(place(), 'readme.md'));
      await rm(join(repository.commonDir, 'worktrees/ada/index'));
      await writeFile(join(repository.commonDir, 'worktrees/ada/index.lock'), '');
    },
  ],
  [
    'its mark was not written',
    () => repository.git(['worktree', 'add', '-q', '-b', 'agent/ada', place()]),
  ],
  [
    'its mark was written by half',
    async () => {
      await repository.git(['worktree', 'add', '-q', '-b', 'agent/ada', place()]);
      await writeFile(join(repository.commonDir, 'worktrees/ada/musher.json'), '{"agent":"ad');
    },
  ],
])('a try that ended after %s is brought to its end', async (_name, leave) => {
  const base = await repository.git(['rev-parse', 'main']);
  await leave();
  expect(await worktrees.provision(ask)).toEqual({
    worktreePath: place(),
    branch: 'agent/ada',
    base: { ref: 'main', commit: base },
  });
  expect(await repository.git(['status', '--porcelain', '--branch'], place())).toBe('## agent/ada');
  expect(await repository.git(['worktree', 'list', '--porcelain'])).not.toContain('locked');
});

it('what somebody wrote into half a worktree is kept before it is made anew', async () => {
  await repository.git(['worktree', 'add', '-q', '-b', 'agent/ada', place()]);
  await repository.git(['worktree', 'lock', '--reason', 'initializing', place()]);
  await writeFile(join(place(), 'mine.txt'), 'mine');
  await worktrees.provision(ask);
  const ref = await repository.git([
    'for-each-ref',
    '--format=%(refname)',
    'refs/musher/snapshots/ada/',
  ]);
  expect(await repository.git(['show', `${ref}:mine.txt`])).toBe('mine');
});

it('a revival over a worktree with changes of its own keeps those first', async () => {
  await worktrees.provision(ask);
  await repository.write({ 'new.txt': 'from the snapshot\n' }, place());
  const { snapshotRef } = await worktrees.retire({ agent: 'ada', worktreePath: place() });
  await repository.git(['worktree', 'add', '-q', place(), 'agent/ada']);
  await repository.write({ 'new.txt': 'by hand\n' }, place());
  await worktrees.provision({ ...ask, snapshotRef: snapshotRef ?? '' });
  expect(await photograph(place())).toMatchObject({ 'new.txt': '- from the snapshot\n' });
  const refs = await repository.git([
    'for-each-ref',
    '--format=%(refname)',
    'refs/musher/snapshots/ada/',
  ]);
  const kept = refs.split('\n').find((ref) => ref !== snapshotRef) ?? 'none';
  expect(await repository.git(['show', `${kept}:new.txt`])).toBe('by hand');
});

it('many agents at once all get their worktree', async () => {
  const agents = Array.from({ length: rounds(5, 50) }, (_, at) => `agent-${at}`);
  const made = await Promise.all(
    agents.map((agent) => worktrees.provision({ agent, branch: `agent/${agent}`, base: 'main' })),
  );
  expect(made.map((facts) => facts.worktreePath)).toEqual(agents.map(place));
  for (const agent of agents) {
    expect(await repository.git(['status', '--porcelain', '--branch'], place(agent))).toBe(
      `## agent/${agent}`,
    );
  }
  await Promise.all(agents.map((agent) => worktrees.retire({ agent, worktreePath: place(agent) })));
  expect((await readdir(repository.worktreesFolder)).filter((name) => name !== '.trash')).toEqual(
    [],
  );
});

it('the same agent asked for many times at once is made once', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => worktrees.provision(ask)));
  expect(new Set(made.map((facts) => JSON.stringify(facts))).size).toBe(1);
});

it('files of .worktreeinclude come along: those that match and git does not carry, and over nothing', async () => {
  const outside = join(repository.env.HOME ?? '', 'outside');
  await mkdir(outside);
  await repository.commit('more', {
    '.worktreeinclude': '/.env*\n!.env.skip\nsettings/*.json\nlinked/\nreadme.md\n',
    'settings/a.json': 'tracked\n',
  });
  await repository.git(['checkout', '-q', '-b', 'agent/ada']);
  await symlink(outside, join(repository.root, 'linked'));
  await repository.commit('own', { '.env.own': 'own\n' });
  await repository.git(['add', '-f', '.env.own']);
  await repository.git(['commit', '-q', '--amend', '-m', 'own']);
  await repository.git(['checkout', '-q', 'main']);
  await repository.write({
    '.env': { run: 'SECRET=1\n' },
    '.env.skip': 'no\n',
    '.env.own': 'operator\n',
    'settings/b.json': 'untracked\n',
    'settings/c.txt': 'no\n',
    'linked/escape.txt': 'no\n',
    'readme.md': 'changed by the operator\n',
  });
  await worktrees.provision(ask);
  expect(await photograph(place())).toMatchObject({
    '.env': 'x SECRET=1\n',
    '.env.own': '- own\n',
    'settings/a.json': '- tracked\n',
    'settings/b.json': '- untracked\n',
    'readme.md': '- hello\n',
  });
  const names = Object.keys(await photograph(place()));
  expect(names.filter((name) => ['.env.skip', 'settings/c.txt'].includes(name))).toEqual([]);
  expect(await readdir(outside)).toEqual([]);
});

it('branches and the default base are told', async () => {
  await repository.git(['branch', 'agent/x']);
  await repository.git(['tag', 'no-branch']);
  expect(await worktrees.branches()).toEqual(['agent/x', 'main']);
  expect(await worktrees.defaultBase()).toBe('main');
  await repository.git(['checkout', '-q', '--detach']);
  expect(await worktrees.defaultBase()).toBe(await repository.git(['rev-parse', 'main']));
});

it('a folder is a worktree only when both sides know each other', async () => {
  await worktrees.provision(ask);
  expect(await worktrees.exists(place())).toBe(true);
  expect(await worktrees.exists(repository.root)).toBe(false);
  expect(await worktrees.exists(join(place(), 'nowhere'))).toBe(false);
  const copy = place('copy');
  await mkdir(copy);
  await writeFile(join(copy, '.git'), await readFile(join(place(), '.git')));
  expect(await worktrees.exists(copy)).toBe(false);
});

it.runIf(process.platform !== 'win32')(
  'failing hooks and hostile settings do not stop a worktree',
  async () => {
    const hooks = join(repository.commonDir, 'hooks');
    await mkdir(hooks, { recursive: true });
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      await writeFile(join(hooks, name), '#!/bin/sh\nexit 1\n');
      await chmod(join(hooks, name), 0o755);
    }
    await repository.userConfig({
      'core.hooksPath': hooks,
      'worktree.guessRemote': 'true',
      'branch.autoSetupMerge': 'always',
      'checkout.defaultRemote': 'nowhere',
      'color.ui': 'always',
      'column.ui': 'always',
      'core.fsmonitor': 'true',
      'alias.worktree': '!false',
    });
    await worktrees.provision(ask);
    expect(await worktrees.branches()).toEqual(['agent/ada', 'main']);
    const { snapshotRef } = await worktrees.retire({ agent: 'ada', worktreePath: place() });
    expect(snapshotRef).toMatch(/^refs\/musher/);
  },
);
