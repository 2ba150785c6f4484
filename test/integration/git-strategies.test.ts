import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import type { MergeStrategy } from '../../preload/contract/merge-queue.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let review: Review;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n', 'lines.txt': '1\n2\n3\n4\n5\n' });
  await repository.git(['checkout', '-q', '--detach']);
  const git = createGit({ clock: systemClock, env: repository.env });
  review = createReview({ git, repository });
});
afterEach(() => repository.dispose());

/** Asks for the branch as it is, to be merged by a strategy. */
async function asked(strategy: MergeStrategy, branch = 'work') {
  const commit = await repository.git(['rev-parse', branch]);
  const { pin } = await review.examine({ agent: 'a', branch, commit, target: 'main' });
  const rest = { approval: 'a-1', title: 'Add work', agent: 'a', updateCheckout: false };
  return { ...rest, pin, strategy, event: 7 };
}

const on = (branch: string, files: Files) => repository.commitOn(branch, files);
const show = (format: string, commit: string) =>
  repository.git(['log', '-1', `--format=${format}`, commit]);
const treeOf = (commit: string) => repository.git(['rev-parse', `${commit}^{tree}`]);
const trailers = 'Musher-Agent: a\nMusher-Approval: a-1\nMusher-Event: 7';

async function mergedTree(commit: string): Promise<string> {
  return (
    (await repository.git(['merge-tree', '--write-tree', 'main', commit])).split('\n')[0] ?? ''
  );
}

interface Failure {
  readonly code: string;
  readonly details?: Record<string, unknown>;
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => ({ code: 'passed' }),
    (error) => error.wire,
  );
}

/** Two commits of two people on a branch, while the target went on. */
async function apart(): Promise<string> {
  await on('work', { 'a.txt': 'a\n' });
  await on('work', { 'lines.txt': '1\n2\n3\n4\nfive\n' });
  const folder = join(repository.worktreesFolder, 'amended');
  await repository.git(['worktree', 'add', '-q', folder, 'work']);
  const said = 'Fünf\n\nWhy not.\n\nSigned-off-by: B <b@x>\nMusher-Approval: forged\n';
  const who = ['--author=Béa <bea@x>', '--date=@1600000000 +0200'];
  await repository.git(['commit', '-q', '--amend', '--no-verify', ...who, '-m', said], folder);
  await repository.git(['worktree', 'remove', folder]);
  const commit = await repository.git(['rev-parse', 'work']);
  await on('main', { 'lines.txt': 'one\n2\n3\n4\n5\n' });
  return commit;
}

describe('what a target comes to has the tree of a merge', () => {
  it.each(['merge', 'squash', 'rebase'] as const)('by %s', async (strategy) => {
    const commit = await apart();
    const [tree, from] = [await mergedTree(commit), await repository.git(['rev-parse', 'main'])];
    const merged = await review.merge(await asked(strategy));
    expect(await repository.git(['rev-parse', 'main'])).toBe(merged.mergeCommit);
    expect(await treeOf('main')).toBe(tree);
    expect(merged.from).toBe(from);
    expect(merged.commits?.at(0)).toBe(merged.mergeCommit);
    expect(await show('%(trailers:only)', 'main')).toContain(trailers);
    expect(
      await repository.git(['log', '--format=%B', `${from}..main`, '--first-parent']),
    ).not.toContain('forged');
  });
});

it('a squash is one commit, by the author of the newest, and names the others', async () => {
  await apart();
  await review.merge(await asked('squash'));
  expect(await show('%an <%ae> %ad|%cn', 'main')).toMatch(/^Béa <bea@x> .*\|Ann$/);
  expect(await show('%B', 'main')).toBe(
    `Add work\n\n* work on work\n* Fünf\n\nCo-authored-by: Ann <ann@example.com>\n${trailers}`,
  );
  expect(await repository.git(['rev-list', '--count', '--merges', 'main'])).toBe('0');
});

it('a squash of one commit keeps what it says, also where the target could go forward', async () => {
  const commit = await on('work', { 'a.txt': 'a\n' });
  const { mergeCommit, commits } = await review.merge(await asked('squash'));
  expect(commits).toEqual([mergeCommit]);
  expect(mergeCommit).not.toBe(commit);
  expect(await show('%B', 'main')).toBe(`work on work\n\n${trailers}`);
});

it('a rebase leaves each commit its author, date and message', async () => {
  await apart();
  const ask = await asked('rebase');
  const merged = await review.merge(ask);
  // Asked again, as after a crash, it is the same merge.
  expect(await review.merge(ask)).toEqual(merged);
  expect(await repository.git(['log', '-2', '--format=%an %s', 'main'])).toBe(
    'Béa Fünf\nAnn work on work',
  );
  expect(await show('%at %ai', 'main')).toMatch(/^1600000000 .* \+0200$/);
  expect(await show('%B', 'main')).toBe(`Fünf\n\nWhy not.\n\nSigned-off-by: B <b@x>\n${trailers}`);
});

it.each(['merge', 'rebase', 'ff-only'] as const)(
  'by %s a target that can go forward does, and the commit stays as it was approved',
  async (strategy) => {
    const commit = await on('work', { 'a.txt': 'a\n' });
    const { mergeCommit } = await review.merge(await asked(strategy));
    expect(mergeCommit).toBe(commit);
  },
);

it('a commit of a range that the target has by another way is left out of a rebase', async () => {
  await on('work', { 'a.txt': 'a\n' });
  await on('work', { 'b.txt': 'b\n' });
  await on('main', { 'a.txt': 'a\n' });
  const { commits } = await review.merge(await asked('rebase'));
  expect(commits).toHaveLength(1);
});

describe('is refused, and the target stays', () => {
  const moves = {
    'ff-only, of a target that went on': async () => {
      await on('work', { 'a.txt': 'a\n' });
      await on('main', { 'b.txt': 'b\n' });
      return ['ff-only', 'NOT_FORWARD', undefined] as const;
    },
    'rebase, of merge commits': async () => {
      await on('work', { 'a.txt': 'a\n' });
      await on('main', { 'b.txt': 'b\n' });
      const tree = await mergedTree('work');
      const merge = await repository.git([
        'commit-tree',
        tree,
        '-p',
        'work',
        '-p',
        'main',
        '-m',
        'm',
      ]);
      await repository.git(['update-ref', 'refs/heads/work', merge]);
      await on('main', { 'c.txt': 'c\n' });
      return ['rebase', 'REBASE_UNFIT', undefined] as const;
    },
    'rebase, of commits that conflict where the whole does not': async () => {
      await on('work', { 'lines.txt': 'mine\n2\n3\n4\n5\n' });
      await on('work', { 'lines.txt': '1\n2\n3\n4\n5\n', 'a.txt': 'a\n' });
      await on('main', { 'lines.txt': 'theirs\n2\n3\n4\n5\n' });
      return ['rebase', 'REBASE_CONFLICTED', ['lines.txt']] as const;
    },
    'squash, of conflicts': async () => {
      await on('work', { 'readme.md': 'mine\n' });
      await on('main', { 'readme.md': 'theirs\n' });
      return ['squash', 'MERGE_CONFLICTED', ['readme.md']] as const;
    },
  };
  it.each(Object.entries(moves))('%s', async (_name, prepare) => {
    const [strategy, code, files] = await prepare();
    const before = await repository.git(['rev-parse', 'main']);
    const failure = await failureOf(review.merge(await asked(strategy)));
    expect([failure.code, failure.details?.files]).toEqual([code, files]);
    expect(await repository.git(['rev-parse', 'main'])).toBe(before);
  });

  it.each(['merge', 'squash', 'rebase'] as const)(
    'COMMIT_EMPTY by %s: the same change came another way meanwhile',
    async (strategy) => {
      await on('work', { 'a.txt': 'a\n' });
      const ask = await asked(strategy);
      await on('main', { 'a.txt': 'a\n' });
      expect((await failureOf(review.merge(ask))).code).toBe('COMMIT_EMPTY');
    },
  );
});

it('which approvals contain which is known from what is pinned', async () => {
  const first = await on('work', { 'a.txt': 'a\n' });
  const second = await on('work', { 'b.txt': 'b\n' });
  const third = await on('work', { 'c.txt': 'c\n' });
  const other = await on('other', { 'd.txt': 'd\n' });
  const pins = { 'a-1': first, 'a-2': second, 'a-2b': second, 'a-3': third, 'a-4': other };
  for (const [approval, commit] of Object.entries(pins)) await review.pin(approval, commit);
  const related = (among: readonly string[]) => review.related({ commit: second, among });
  expect(await related(Object.keys(pins))).toEqual({ contained: ['a-1'], containing: ['a-3'] });
  expect(await related(['a-3', 'a-9'])).toEqual({ contained: [], containing: ['a-3'] });
  expect(await related([])).toEqual({ contained: [], containing: [] });
});

it('what a merge noted is let go of, and letting go twice is no error', async () => {
  await apart();
  await review.merge(await asked('squash'));
  const noted = () =>
    repository.git(['for-each-ref', '--format=%(refname)', 'refs/musher/merging']);
  expect(await noted()).toContain('a-1');
  await review.forgetResult('a-1');
  await review.forgetResult('a-1');
  expect(await noted()).toBe('');
});
