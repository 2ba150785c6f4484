// A branch that is behind is brought up, or all is as it was.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import { photograph } from '../harness/photograph.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let worktrees: Worktrees;
let path: string;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n' });
  const git = createGit({ clock: systemClock, env: repository.env });
  worktrees = createWorktrees({ git, repository });
  const ask = { agent: 'ada', branch: 'agent/ada', base: 'main' };
  path = (await worktrees.provision(ask)).worktreePath;
});
afterEach(() => repository.dispose());

const rebase = () =>
  worktrees.rebase({ agent: 'ada', worktreePath: path, branch: 'agent/ada', onto: 'main' });

it('its commits come after those of the base, what was before is kept, and untracked files stay', async () => {
  const from = await repository.commit('mine', { 'mine.txt': 'mine\n' }, path);
  expect(await rebase()).toEqual({ how: 'none' });
  const theirs = await repository.commit('theirs', { 'theirs.txt': 'theirs\n' });
  await repository.write({ 'new.txt': 'new\n' }, path);
  const done = await rebase();
  const to = await repository.git(['rev-parse', 'HEAD'], path);
  expect(done).toEqual({ how: 'rebased', from, to, snapshotRef: expect.any(String) });
  expect(await repository.git(['rev-parse', 'HEAD~1'], path)).toBe(theirs);
  expect(await repository.git(['status', '--porcelain', '--branch'], path)).toBe(
    '## agent/ada\n?? new.txt',
  );
  const { snapshotRef } = done as { snapshotRef: string };
  expect(await repository.git(['rev-parse', `${snapshotRef}^1`])).toBe(from);
  expect(await rebase()).toEqual({ how: 'none' });
});

it.each<[string, () => Promise<unknown>, object]>([
  [
    'commits that conflict',
    async () => {
      await repository.commit('mine', { 'readme.md': 'mine\n' }, path);
      await repository.write({ 'new.txt': 'new\n' }, path);
    },
    { why: 'commits conflict', paths: ['readme.md'] },
  ],
  [
    'a change that is not committed',
    async () => repository.write({ 'readme.md': 'mine\n' }, path),
    { why: 'something in its worktree is not committed' },
  ],
  [
    'an untracked file in the way',
    async () => repository.write({ 'theirs.txt': 'mine\n' }, path),
    { why: expect.stringContaining('untracked') },
  ],
  [
    'merge commits of its own',
    async () => {
      await repository.commitOn('side', { 'side.txt': 'side\n' });
      await repository.commit('mine', { 'mine.txt': 'mine\n' }, path);
      await repository.git(['merge', '-q', '--no-edit', 'side'], path);
    },
    { why: expect.stringContaining('merge commits') },
  ],
])('with %s all is left as it was, and why is said', async (_what, prepare, told) => {
  await prepare();
  await repository.commit('theirs', { 'readme.md': 'theirs\n', 'theirs.txt': 'theirs\n' });
  const [before, from] = [
    await photograph(path),
    await repository.git(['rev-parse', 'HEAD'], path),
  ];
  expect(await rebase()).toMatchObject({ how: 'left', from, ...told });
  expect(await photograph(path)).toEqual(before);
  expect(await repository.git(['symbolic-ref', 'HEAD'], path)).toBe('refs/heads/agent/ada');
  expect(await repository.git(['rev-parse', 'HEAD'], path)).toBe(from);
  expect(await repository.git(['for-each-ref', 'refs/musher/rebasing'])).toBe('');
});

it('what a crash left in the middle is taken back; what somebody else began is not', async () => {
  const from = await repository.commit('mine', { 'readme.md': 'mine\n' }, path);
  await repository.commit('theirs', { 'readme.md': 'theirs\n' });
  expect(await repository.gitPasses(['rebase', 'main'], path)).toBe(false);
  expect(await rebase()).toEqual({ how: 'none' });
  expect(await repository.gitPasses(['symbolic-ref', '--quiet', 'HEAD'], path)).toBe(false);
  await repository.git(['update-ref', 'refs/musher/rebasing/ada', from]);
  expect(await rebase()).toMatchObject({ how: 'left', why: 'commits conflict' });
  expect(await repository.git(['rev-parse', 'HEAD'], path)).toBe(from);
  await rm(join(path, '.git'));
  expect(await rebase()).toEqual({ how: 'none' });
});
