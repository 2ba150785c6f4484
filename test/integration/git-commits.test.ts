// What moves of a branch bring and leave behind, by real git.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCommits } from '../../main/adapters/git/commits.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Commits } from '../../main/features/commits/ports.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let commits: Commits;
let tree: string;
let base: string;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n' });
  const git = createGit({ clock: systemClock, env: repository.env });
  commits = createCommits({ git, repository });
  tree = join(`${repository.root}.worktrees`, 'a');
  base = await repository.git(['rev-parse', 'main']);
  await repository.git(['worktree', 'add', '-q', '-b', 'a', tree]);
});
afterEach(() => repository.dispose());

async function commit(subject: string, files: Files, ...flags: string[]): Promise<string> {
  await repository.write(files, tree);
  await repository.git(['add', '--all'], tree);
  await repository.git(['commit', '-q', '-m', subject, ...flags], tree);
  return head();
}

const head = () => repository.git(['rev-parse', 'HEAD'], tree);
const moved = async (from: string) =>
  commits.moved({ agent: 'a', branch: 'a', from, to: await head(), others: ['main', 'gone'] });

it('new commits come oldest first, each with its files and lines', async () => {
  const first = await commit('first', { 'a.txt': '1\n2\n' });
  const second = await commit('a | "b"', { 'a.txt': '1\n', 'neu ü.txt': 'x\n' });
  expect(await moved(base)).toMatchObject({
    more: 0,
    commits: [
      {
        ...{ commit: first, subject: 'first', author: 'Ann', parents: 1 },
        ...{ fileCount: 1, additions: 2, deletions: 0 },
        files: [{ path: 'a.txt', status: 'added', additions: 2, deletions: 0 }],
      },
      { commit: second, subject: 'a | "b"', fileCount: 2, additions: 1, deletions: 1 },
    ],
  });
  expect(await moved(base)).not.toHaveProperty('lost');
});

it('what comes by a merge of the target is not new, and the merge itself is', async () => {
  const own = await commit('own', { 'a.txt': 'a\n' });
  await repository.commit('theirs', { 'b.txt': 'b\n' });
  await repository.git(['merge', '-q', '--no-edit', 'main'], tree);
  const { commits: found } = await moved(own);
  expect(found).toMatchObject([{ parents: 2, files: [{ path: 'b.txt' }] }]);
});

it('of a long move the newest 50 are told, and the others counted', async () => {
  for (let n = 1; n <= 53; n++)
    await repository.git(['commit', '-q', '--allow-empty', '-m', `c${n}`], tree);
  const { commits: found, more } = await moved(base);
  expect([found.length, found[0]?.subject, found.at(-1)?.subject, more]).toEqual([
    50,
    'c4',
    'c53',
    3,
  ]);
});

it.each<[string, () => Promise<unknown>]>([
  ['amended', () => commit('better', { 'a.txt': 'other\n' }, '--amend')],
  ['reset', () => repository.git(['reset', '-q', '--hard', base], tree)],
])('a commit that was %s away is kept, whatever git throws away', async (_how, rewrite) => {
  const before = await commit('first', { 'a.txt': 'precious\n' });
  await rewrite();
  const { lost: first } = await moved(before);
  const keptRef = first?.keptRef ?? '';
  expect(first).toEqual({ count: 1, keptRef: expect.stringMatching(/^refs\/musher\/lost\/a\/2/) });
  expect(await moved(before)).toMatchObject({ lost: { count: 1, keptRef } });
  await repository.git(['reflog', 'expire', '--expire=now', '--all']);
  await repository.git(['gc', '-q', '--prune=now']);
  expect(await repository.git(['show', `${keptRef}:a.txt`])).toBe('precious');
  const { lost } = await commits.list({ ...ask, limit: 10 });
  expect(lost).toMatchObject([{ ref: keptRef, commit: before, subject: 'first' }]);
});

const ask = { agent: 'a', branch: 'a', base: { ref: 'main', commit: 'none' } };

it('what a branch of its own began from here is new all the same', async () => {
  const first = await commit('first', { 'a.txt': 'a\n' });
  await repository.git(['branch', 'side']);
  expect(await moved(base)).toMatchObject({ commits: [{ commit: first }] });
});

it('what another branch still leads to is not lost', async () => {
  const before = await commit('first', { 'a.txt': 'a\n' });
  await repository.git(['branch', 'backup', before]);
  await repository.git(['reset', '-q', '--hard', base], tree);
  expect(await moved(before)).toEqual({ commits: [], more: 0 });
});

it('the list is what the target does not have, and says when there is more', async () => {
  await commit('one', { 'a.txt': 'a\n' });
  await repository.git(['merge', '-q', 'a']);
  await commit('two', { 'a.txt': 'b\n' });
  await commit('three', { 'a.txt': 'c\n' });
  const all = await commits.list({ ...ask, limit: 2 });
  expect(all.commits.map(({ subject }) => subject)).toEqual(['three', 'two']);
  expect(all.hasMore).toBe(false);
  expect(await commits.list({ ...ask, limit: 1 })).toMatchObject({ hasMore: true });
});

it('commits on another branch, or on none, are found in the reflog of the worktree, once', async () => {
  const look = async (mark: string | undefined) => {
    const current = await repository
      .git(['symbolic-ref', '--short', '-q', 'HEAD'], tree)
      .catch(() => undefined);
    return commits.strays({ worktreePath: tree, branch: 'a', current, mark });
  };
  const start = await look(undefined);
  expect(start.commits).toEqual([]);
  await commit('own', { 'a.txt': 'a\n' });
  await repository.git(['switch', '-q', '-c', 'elsewhere'], tree);
  const stray = await commit('stray', { 'b.txt': 'b\n' });
  await repository.git(['switch', '-q', '--detach'], tree);
  const detached = await commit('nowhere', { 'c.txt': 'c\n' });
  await repository.git(['switch', '-q', 'a'], tree);
  await commit('own again', { 'd.txt': 'd\n' });
  const found = await look(start.mark);
  expect(found.commits).toEqual([{ commit: stray, branch: 'elsewhere' }, { commit: detached }]);
  expect((await look(found.mark)).commits).toEqual([]);
});

it('what a rebase under way commits is its branch’s own', async () => {
  const start = await commits.strays({
    worktreePath: tree,
    branch: 'a',
    current: 'a',
    mark: undefined,
  });
  await commit('mine', { 'readme.md': 'mine\n' });
  await commit('more', { 'b.txt': 'b\n' });
  await repository.commit('theirs', { 'readme.md': 'theirs\n' });
  await repository.git(['rebase', '-q', 'main'], tree).catch(() => undefined);
  await repository.write({ 'readme.md': 'both\n' }, tree);
  await repository.git(['add', '--all'], tree);
  const half = await commits.strays({
    ...{ worktreePath: tree, branch: 'a', current: undefined, mark: start.mark },
  });
  expect(half.commits).toEqual([]);
  await repository.git(['-c', 'core.editor=true', 'rebase', '--continue'], tree);
  const ended = await commits.strays({
    ...{ worktreePath: tree, branch: 'a', current: 'a', mark: half.mark },
  });
  expect(ended.commits).toEqual([]);
});
