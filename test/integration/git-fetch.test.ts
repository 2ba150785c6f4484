// The base of a new branch, as its remote has it: found, fetched, and told plainly where it cannot be.

import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let worktrees: Worktrees;
let remote: string;
/** On `main` of the remote, and not here. */
let newest: string;

beforeEach(async () => {
  repository = await makeRepository();
  const git = createGit({ clock: systemClock, env: repository.env });
  worktrees = createWorktrees({ git, repository });
  remote = join(dirname(repository.root), 'origin.git');
  await repository.git(['clone', '-q', '--bare', repository.root, remote]);
  await repository.git(['remote', 'add', 'origin', remote]);
  newest = await repository.commitOn('ahead', { 'theirs.txt': 'theirs\n' });
  await repository.git(['push', '-q', 'origin', 'ahead:main']);
  await repository.git(['branch', '-D', 'ahead']);
});
afterEach(() => repository.dispose());

it('a new branch starts at what the remote has, and the local one stays where it is', async () => {
  const here = await repository.git(['rev-parse', 'main']);
  const startAt = await worktrees.fetch('main');
  expect(startAt).toBe(newest);
  const ask = { agent: 'ada', branch: 'agent/ada', base: 'main', startAt };
  const { worktreePath, base } = await worktrees.provision(ask);
  expect(base).toEqual({ ref: 'main', commit: newest });
  expect(await repository.git(['rev-parse', 'HEAD'], worktreePath)).toBe(newest);
  expect(await repository.git(['rev-parse', 'main'])).toBe(here);
});

it.each<[string, () => Promise<unknown>, string]>([
  ['as its remote’s', async () => undefined, 'origin/main'],
  [
    'under another name there',
    async () => {
      await repository.git(['branch', 'trunk']);
      await repository.git(['fetch', '-q', 'origin']);
      await repository.git(['branch', '-q', '--set-upstream-to=origin/main', 'trunk']);
    },
    'trunk',
  ],
])('a branch is found %s', async (_how, prepare, base) => {
  await prepare();
  expect(await worktrees.fetch(base)).toBe(newest);
});

async function refusal(work: Promise<unknown>): Promise<object> {
  return work.then(
    () => ({ code: 'passed' }),
    (error) => error.wire ?? error,
  );
}

it('what cannot be fetched says why, and how to go on without', async () => {
  await repository.git(['tag', 'v1']);
  expect(await refusal(worktrees.fetch('v1'))).toMatchObject({ code: 'REMOTE_MISSING' });
  expect(await refusal(worktrees.fetch('origin/nothing'))).toMatchObject({
    ...{ code: 'FETCH_FAILED', message: expect.stringContaining('nothing') },
  });
  await rm(remote, { recursive: true });
  expect(await refusal(worktrees.fetch('main'))).toMatchObject({
    ...{ code: 'FETCH_FAILED', mend: expect.stringContaining('--base main') },
  });
  await repository.git(['remote', 'remove', 'origin']);
  expect(await refusal(worktrees.fetch('main'))).toMatchObject({ code: 'REMOTE_MISSING' });
  const off = AbortSignal.abort(new Error('called off'));
  await expect(worktrees.fetch('main', off)).rejects.toThrow('called off');
});
