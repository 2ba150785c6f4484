// Where the work of a story's agent stands, on real git: what is new, and one name for all of its files.

import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createStoryWork } from '../../main/adapters/git/story-work.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { WorkFacts } from '../../main/features/pipeline/ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let worktreePath: string;
let look: (from?: string) => Promise<WorkFacts>;

beforeAll(async () => {
  repository = await makeRepository();
  await repository.commit('first', { 'a.txt': 'one\n', '.gitignore': 'dist\n' });
  worktreePath = join(repository.root, '..', 'tree');
  await repository.git(['worktree', 'add', '-q', '-b', 'agent/a', worktreePath]);
  const git = createGit({ clock: systemClock, env: repository.env });
  const opened = repository;
  const { signal } = new AbortController();
  const ask = { worktreePath, branch: 'agent/a', base: 'main', signal };
  look = (from) => createStoryWork({ git, repository: opened }).look({ ...ask, from });
});
afterAll(() => repository.dispose());

const head = async (cwd = worktreePath) =>
  (await repository.git(['-C', cwd, 'rev-parse', 'HEAD'])).trim();

it('files are the same as long as none is another, committed or not', async () => {
  const before = await look();
  expect(before).toMatchObject({ commit: await head(), hasNew: false });
  await repository.git(['-C', worktreePath, 'commit', '-q', '--allow-empty', '-m', 'nothing']);
  expect((await look()).tree).toBe(before.tree);
  await appendFile(join(worktreePath, 'ä new.txt'), 'x');
  const changed = await look();
  expect(changed.tree).not.toBe(before.tree);
  await repository.git(['-C', worktreePath, 'add', '--all']);
  await repository.git(['-C', worktreePath, 'commit', '-q', '-m', 'work']);
  expect((await look()).tree).toBe(changed.tree);
});

it('what is new came after the hand-over, and not from the target', async () => {
  const from = await head();
  expect((await look(from)).hasNew).toBe(false);
  await repository.commit('of main', { 'b.txt': 'two\n' });
  await repository.git(['-C', worktreePath, 'merge', '-q', '--no-edit', '-m', 'up', 'main']);
  const merged = await head();
  await repository.git(['-C', worktreePath, 'reset', '-q', '--hard', from]);
  await repository.git(['-C', worktreePath, 'rebase', '-q', 'main']);
  expect((await look(merged)).hasNew).toBe(true);
  await repository.git(['-C', worktreePath, 'reset', '-q', '--hard', 'main']);
  expect((await look(from)).hasNew).toBe(false);
});

it('of a folder that is gone the branch is known, of a branch that is gone nothing', async () => {
  await repository.git(['worktree', 'remove', '--force', worktreePath]);
  expect(await look()).toMatchObject({ commit: expect.any(String), tree: undefined });
  await repository.git(['branch', '-q', '-D', 'agent/a']);
  expect(await look()).toEqual({ commit: undefined, tree: undefined, hasNew: false });
});
