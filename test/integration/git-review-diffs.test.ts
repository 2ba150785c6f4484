import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReview } from '../../main/adapters/git/review.ts';
import { createReviewDiffs } from '../../main/adapters/git/review-diffs.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import type { ReviewDiffs } from '../../main/features/reviews/ports.ts';
import type { Pin } from '../../preload/contract/change-facts.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let review: Review;
let diffs: ReviewDiffs;

const lines = (count: number, changed: Readonly<Record<number, string>> = {}) =>
  Array.from({ length: count }, (_, at) => `${changed[at + 1] ?? `line ${at + 1}`}\n`).join('');

beforeEach(async () => {
  repository = await makeRepository({ 'a.txt': lines(60), 'b.txt': lines(9), 'api.gen': 'a\n' });
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository };
  review = createReview(context);
  diffs = createReviewDiffs(context);
});
afterEach(() => repository.dispose());

/** A commit on a branch of its own, and what an approval of it is pinned to. */
async function pinOf(branch: string, files: Files, from = 'main'): Promise<Pin> {
  const commit = await repository.commitOn(branch, files, from);
  const ask = { agent: 'a', branch, commit, target: 'main' };
  return (await review.examine(ask)).pin;
}

it('lines are quoted from the side that they are of, and what is not there is told', async () => {
  const pin = await pinOf('work', { 'a.txt': lines(60, { 2: 'two' }), 'b.txt': null });
  const at = (path: string, side: 'old' | 'new', line?: number) => ({ path, side, line });
  const places = [
    { ...at('a.txt', 'new', 2), startLine: 1 },
    at('a.txt', 'old', 2),
    at('b.txt', 'old', 9),
    at('a.txt', 'new'),
    at('b.txt', 'new'),
    at('a.txt', 'new', 61),
    at('-p', 'new', 1),
  ];
  const quoted = [['line 1', 'two'], ['line 2'], ['line 9'], []];
  expect(await diffs.quote({ pin, places })).toEqual([...quoted, ...Array(3).fill(undefined)]);
});

it('a commit in which something is done is one, and on its branch', async () => {
  const { commit } = await pinOf('work', { 'a.txt': lines(60, { 2: 'two' }) });
  const { commit: other } = await pinOf('other', { 'b.txt': 'x\n' });
  const tree = await repository.git(['rev-parse', 'main^{tree}']);
  const doubts = [commit.slice(0, 8), other, tree, '0'.repeat(40)].map((one) =>
    diffs.doubt({ commit: one, branch: 'work' }),
  );
  expect(await Promise.all(doubts)).toEqual([undefined, 'elsewhere', 'unknown', 'unknown']);
  expect(await diffs.doubt({ commit, branch: 'gone' })).toBe('elsewhere');
});

describe('since what was reviewed', () => {
  it('on the same base, it is what the new commit has beyond the old one', async () => {
    const before = await pinOf('one', { 'a.txt': lines(60, { 2: 'two' }), 'b.txt': 'x\n' });
    const pin = await pinOf('two', { 'a.txt': lines(60, { 2: 'two', 50: 'fifty' }) }, 'one');
    const since = await diffs.since({ before, pin });
    expect(since).toMatchObject({ how: 'same-base', paths: ['a.txt'], additions: 1, deletions: 1 });
    expect(since.patch).toContain('\n+fifty\n');
    expect(since.patch).not.toContain('two');
    const wider = await diffs.file({ pin, before, path: 'a.txt', lines: 60 });
    expect(wider.patch).toContain('\n two\n');
    expect(wider.patch).toContain('\n+fifty\n');
  });

  it('on a new base, what the target brought is left out', async () => {
    const before = await pinOf('one', { 'a.txt': lines(60, { 2: 'two' }) });
    await repository.commit('target', { 'a.txt': lines(60, { 40: 'forty' }), 'new.txt': 'new\n' });
    const changed = lines(60, { 2: 'two', 40: 'forty', 50: 'fifty' });
    const pin = await pinOf('two', { 'a.txt': changed });
    const since = await diffs.since({ before, pin });
    expect(since).toMatchObject({ how: 'rebased', paths: ['a.txt'] });
    expect(since.patch.match(/^[-+][^-+].*$/gm)).toEqual(['-line 50', '+fifty']);
  });

  it('where that conflicts, both commits are compared in the files that either changes', async () => {
    const before = await pinOf('one', { 'a.txt': lines(60, { 2: 'two' }) });
    await repository.commit('target', { 'a.txt': lines(60, { 2: 'zwei' }), 'new.txt': 'new\n' });
    const pin = await pinOf('two', { 'a.txt': lines(60, { 2: 'zwei, two' }) });
    const since = await diffs.since({ before, pin });
    expect(since).toMatchObject({ how: 'conflicts', paths: ['a.txt'] });
  });
});

it('a file is shown with as many unchanged lines as are asked for, from the commit', async () => {
  const pin = await pinOf('work', { 'a.txt': lines(60, { 30: 'thirty' }), 'b.txt': 'x\n' });
  await repository.write({ 'a.txt': 'what is being written\n' });
  const shown = async (count: number) =>
    (await diffs.file({ pin, path: 'a.txt', lines: count })).patch;
  expect((await shown(10)).match(/^@@.*@@/gm)).toEqual(['@@ -20,21 +20,21 @@']);
  expect((await shown(1_000)).match(/^ line /gm)).toHaveLength(59);
  expect(await diffs.file({ pin, path: 'no.txt', lines: 3 })).toEqual({
    patch: '',
    truncated: false,
  });
});

it('what the base calls generated is known; what the commit calls so counts for nothing', async () => {
  const attributes = '*.gen linguist-generated\nb.txt -linguist-generated\n';
  await repository.commit('attributes', { '.gitattributes': attributes });
  const mine = `${attributes}a.txt linguist-generated\n`;
  const changed = { '.gitattributes': mine, 'a.txt': 'x\n', 'b.txt': 'x\n', 'd/x.gen': 'x\n' };
  const pin = await pinOf('work', { ...changed, 'api.gen': 'b\n' });
  expect(await diffs.generated({ pin })).toEqual(['api.gen', 'd/x.gen']);
});
