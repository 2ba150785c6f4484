import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
/** Where the submodule comes from. */
let library: TestRepository;
let review: Review;
let worktrees: Worktrees;

const overFiles = ['-c', 'protocol.file.allow=always'];

beforeEach(async () => {
  library = await makeRepository({ 'lib.txt': 'one\n' });
  await library.git(['config', 'receive.denyCurrentBranch', 'ignore']);
  repository = await makeRepository();
  await repository.git([...overFiles, 'submodule', '-q', 'add', library.root, 'libs/one']);
  await repository.git(['commit', '-qm', 'with a submodule']);
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository };
  review = createReview(context);
  worktrees = createWorktrees(context);
});
afterEach(async () => {
  await repository.dispose();
  await library.dispose();
});

const provision = () => worktrees.provision({ agent: 'a', branch: 'a', base: 'main' });

/** In the agent's worktree, as `git` there would; gives the commit of the submodule. */
async function bump(worktree: string): Promise<string> {
  const inside = join(worktree, 'libs/one');
  const commit = await repository.commit('new', { 'lib.txt': 'two\n' }, inside);
  await repository.git(['commit', '-qam', 'bump'], worktree);
  return commit;
}

async function examined(worktree: string) {
  const commit = await repository.git(['rev-parse', 'HEAD'], worktree);
  const ask = { agent: 'a', branch: 'a', commit, target: 'main' };
  const { pin } = await review.examine(ask);
  return review.submodules({ pin, agent: 'a' });
}

const checkOut = (worktree: string) =>
  repository.git([...overFiles, 'submodule', '-q', 'update', '--init'], worktree);

it('a new worktree names the submodules that it has no files of, until they are there', async () => {
  const { worktreePath, emptySubmodules } = await provision();
  expect(emptySubmodules).toEqual(['libs/one']);
  await checkOut(worktreePath);
  expect(await provision()).not.toHaveProperty('emptySubmodules');
});

it('a submodule commit that only the agent has is told, with where it is and how to push it', async () => {
  const { worktreePath } = await provision();
  await checkOut(worktreePath);
  const commit = await bump(worktreePath);
  const at = join(worktreePath, 'libs/one');
  const command = ['git', '-C', at, 'push', 'origin', `${commit}:refs/heads/a`];
  expect(await examined(worktreePath)).toEqual({
    unpublished: [{ path: 'libs/one', commit, where: 'worktree', at, command }],
    unchecked: 0,
  });
  const [program = '', ...words] = command;
  expect(program).toBe('git');
  await repository.git(words);
  expect(await examined(worktreePath)).toEqual({ unpublished: [], unchecked: 0 });
});

it("one that the repository's own clone has, on no remote branch, is told as that", async () => {
  const { worktreePath } = await provision();
  const commit = await repository.commit('x', { 'x.txt': '' }, join(repository.root, 'libs/one'));
  const link = `160000,${commit},libs/one`;
  await repository.git(['update-index', '--cacheinfo', link], worktreePath);
  await repository.git(['commit', '-qm', 'bump'], worktreePath);
  const { unpublished } = await examined(worktreePath);
  const at = join(repository.commonDir, 'modules/libs/one');
  expect(unpublished).toMatchObject([{ path: 'libs/one', commit, where: 'module', at }]);
  await repository.git(unpublished[0]?.command?.slice(1) ?? []);
  expect((await examined(worktreePath)).unpublished).toEqual([]);
});

it('one that no clone here has is told, and more than twenty are counted', async () => {
  const { worktreePath } = await provision();
  const add = (path: string) => [
    'update-index',
    '--add',
    '--cacheinfo',
    `160000,${'1'.repeat(40)},${path}`,
  ];
  await repository.git(add('libs/one'), worktreePath);
  for (let n = 10; n < 31; n++) await repository.git(add(`more/${n}`), worktreePath);
  await repository.git(['commit', '-qm', 'many'], worktreePath);
  const { unpublished, unchecked } = await examined(worktreePath);
  expect(unpublished[0]).toMatchObject({ path: 'libs/one', where: 'nowhere' });
  expect([unpublished.length, unchecked]).toEqual([20, 2]);
});

it('one that a remote is known to have, or a change without submodules, is no word', async () => {
  const { worktreePath } = await provision();
  await library.commit('more', { 'lib.txt': 'three\n' });
  const inside = join(repository.root, 'libs/one');
  await repository.git([...overFiles, 'fetch', '-q'], inside);
  const commit = await repository.git(['rev-parse', 'origin/main'], inside);
  await repository.git(['update-index', '--cacheinfo', `160000,${commit},libs/one`], worktreePath);
  await repository.git(['commit', '-qm', 'bump'], worktreePath);
  expect(await examined(worktreePath)).toEqual({ unpublished: [], unchecked: 0 });
});
