// When anything in a worktree was changed last, on real git.

import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastChanges } from '../../main/adapters/git/last-changes.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
beforeAll(async () => {
  repository = await makeRepository();
});
afterAll(() => repository.dispose());

const { signal } = new AbortController();
const lastMs = (cwd = repository.root) =>
  lastChanges(createGit({ clock: systemClock, env: repository.env })).lastMs(cwd, signal);

it('is the last commit, then whatever was changed since, untracked files too', async () => {
  await repository.commit('work', { 'a.txt': 'one' });
  const committed = Number(await repository.git(['log', '-1', '--format=%ct'])) * 1_000;
  expect(await lastMs()).toBe(committed);
  for (const [name, laterMs] of [
    ['a.txt', 60_000],
    ['ä new.txt', 120_000],
  ] as const) {
    await repository.write({ [name]: 'two' });
    const at = new Date(committed + laterMs);
    await utimes(join(repository.root, name), at, at);
    expect(await lastMs()).toBe(at.getTime());
  }
  await repository.write({ 'a.txt': null });
  expect(await lastMs()).toBe(committed + 120_000);
});

it('is not known of a folder that is no worktree', async () => {
  expect(await lastMs(join(repository.root, '..', 'none'))).toBeUndefined();
});
