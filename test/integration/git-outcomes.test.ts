import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLines } from '../../main/adapters/git/blame.ts';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import type { Lines } from '../../main/features/trace/ports.ts';
import type { MergeStrategy } from '../../preload/contract/merge-queue.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let review: Review;
let lines: Lines;

const ten = (...changed: Array<[number, string]>) => {
  const all = Array.from({ length: 10 }, (_, at) => `line ${at}`);
  for (const [at, text] of changed) all[at] = text;
  return `${all.join('\n')}\n`;
};

beforeEach(async () => {
  repository = await makeRepository({ 'ten.txt': ten(), 'readme.md': 'hello\n' });
  await repository.git(['checkout', '-q', '--detach']);
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository };
  review = createReview(context);
  lines = createLines(context);
});
afterEach(() => repository.dispose());

async function merged(branch: string, files: Files, strategy: MergeStrategy = 'merge') {
  const commit = await repository.commitOn(branch, files);
  const { pin } = await review.examine({ agent: 'a', branch, commit, target: 'main' });
  const ask = { approval: `a-${branch}`, pin, title: `Add ${branch}`, agent: 'a', strategy };
  const facts = await review.merge({ ...ask, updateCheckout: false, event: 1 });
  return { ...facts, approval: ask.approval, title: ask.title, pin };
}

const at = (commit: string, file = 'ten.txt') => repository.git(['show', `${commit}:${file}`]);
const on = (files: Files) => repository.commitOn('main', files);
interface Failure {
  readonly code: string;
  readonly details?: { readonly files?: string[]; readonly why?: string };
}
const failureOf = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => ({ code: 'passed' }),
    (error) => error.wire,
  );

describe('an undo', () => {
  it.each(['merge', 'squash', 'rebase'] as const)(
    'of a %s takes back that alone, and taken back itself brings it again',
    async (strategy) => {
      await repository.commitOn('work', { 'new.txt': 'x\n' });
      await on({ 'readme.md': 'meanwhile\n' });
      const done = await merged('work', { 'ten.txt': ten([0, 'mine']) }, strategy);
      await on({ 'ten.txt': ten([0, 'mine'], [9, 'later']) });
      const undo = await review.revert({ ...done, subject: 'Undo "Add work"' });
      expect(undo.pin.base).toBe(await repository.git(['rev-parse', 'main']));
      expect(await at(undo.pin.commit)).toBe(ten([9, 'later']).trim());
      expect(await repository.git(['ls-tree', '--name-only', undo.pin.commit])).toBe(
        'readme.md\nten.txt',
      );
      const shown = await review.diff({ approval: 'u', pin: undo.pin });
      expect(shown.patch).toContain('+line 0');
      const ask = { approval: 'u-1', pin: undo.pin, title: undo.subject, agent: 'operator' };
      const back = await review.merge({ ...ask, strategy: 'merge', updateCheckout: false });
      const redo = await review.revert({ ...ask, ...back, subject: 'Redo "Add work"' });
      expect(await at(redo.pin.commit)).toBe(ten([0, 'mine'], [9, 'later']).trim());
    },
  );

  it.each<[string, string, () => Promise<unknown>]>([
    ['later work that conflicts', 'UNDO_CONFLICTED', () => on({ 'ten.txt': ten([0, 'other']) })],
    ['what later work took back', 'UNDO_EMPTY', () => on({ 'ten.txt': ten() })],
    [
      'what is not on the target any more',
      'UNDO_LOST',
      () => repository.git(['update-ref', 'refs/heads/main', 'main^']),
    ],
  ])('of %s is refused', async (_name, code, change) => {
    const done = await merged('work', { 'ten.txt': ten([0, 'mine']) });
    await change();
    const failure = await failureOf(review.revert({ ...done, subject: 'Undo' }));
    expect(failure.code).toBe(code);
    if (code === 'UNDO_CONFLICTED') expect(failure.details?.files).toEqual(['ten.txt']);
  });
});

describe('a push', () => {
  const origin = () => join(repository.root, '..', 'origin.git');
  const there = (ref = 'main') => repository.git(['--git-dir', origin(), 'rev-parse', ref]);
  const ask = (commit: string) => ({ approval: 'a-1', remote: 'origin', target: 'main', commit });
  beforeEach(async () => {
    await repository.git(['clone', '-q', '--bare', repository.root, origin()]);
    await repository.git(['remote', 'add', 'origin', origin()]);
  });

  it('brings the merged commit, and one that the remote has by a later one is fine', async () => {
    const first = await merged('one', { 'a.txt': 'a\n' });
    const second = await merged('two', { 'b.txt': 'b\n' });
    await review.push(ask(second.mergeCommit));
    expect(await there()).toBe(second.mergeCommit);
    await review.push(ask(first.mergeCommit));
    expect(await there()).toBe(second.mergeCommit);
  });

  it('is never forced: what the remote has and we have not stays there', async () => {
    const done = await merged('one', { 'a.txt': 'a\n' });
    const other = await repository.commitOn('other', { 'z.txt': 'z\n' });
    await repository.git(['push', '-q', 'origin', `${other}:refs/heads/main`]);
    await repository.git(['update-ref', '-d', 'refs/remotes/origin/main']);
    const failure = await failureOf(review.push(ask(done.mergeCommit)));
    expect(failure).toMatchObject({ code: 'PUSH_REJECTED', details: { why: /./ } });
    expect(await there()).toBe(other);
  });

  it('that a hook of the remote refuses says what it said; a hook here is not run', async () => {
    await mkdir(join(origin(), 'hooks'), { recursive: true });
    const hook = { run: '#!/bin/sh\necho "no work on Sundays"\nexit 1\n' };
    await repository.write({ 'hooks/pre-receive': hook }, origin());
    await repository.write({ '.git/hooks/pre-push': { run: '#!/bin/sh\ntouch pushed\nexit 1\n' } });
    const done = await merged('one', { 'a.txt': 'a\n' });
    const failure = await failureOf(review.push(ask(done.mergeCommit)));
    expect(failure).toMatchObject({
      ...{ code: 'PUSH_HOOK_REFUSED' },
      details: { why: expect.stringContaining('no work on Sundays') },
    });
  });

  it('to a remote that is not there, or that wants a password, fails and asks nobody', async () => {
    const { mergeCommit } = await merged('one', { 'a.txt': 'a\n' });
    expect((await failureOf(review.push({ ...ask(mergeCommit), remote: 'elsewhere' }))).code).toBe(
      'PUSH_FAILED',
    );
    await repository.git(['config', 'credential.helper', `!touch ${repository.root}/asked; false`]);
    await repository.git(['remote', 'set-url', 'origin', 'ext::sh -c touch% ran']);
    expect((await failureOf(review.push(ask(mergeCommit)))).code).toBe('PUSH_FAILED');
    expect(await repository.git(['status', '--porcelain'])).toBe('');
  });
});

it('what a target got is said with who changed the same files, committed or not', async () => {
  const from = await repository.git(['rev-parse', 'main']);
  const worktreePath = join(repository.worktreesFolder, 'b');
  await repository.git(['worktree', 'add', '-q', '-b', 'agent/b', worktreePath, 'main']);
  await repository.write({ 'ten.txt': 'not committed\n' }, worktreePath);
  await repository.commitOn('agent/c', { 'readme.md': 'mine\n', 'c.txt': 'c\n' });
  const { mergeCommit: to } = await merged('work', {
    'ten.txt': ten([1, 'x']),
    'readme.md': 'y\n',
  });
  const agents = [
    { agent: 'a', branch: 'work' },
    { agent: 'b', branch: 'agent/b', worktreePath },
    { agent: 'c', branch: 'agent/c', worktreePath: '/nowhere' },
    { agent: 'gone', branch: 'agent/gone' },
  ];
  expect(await review.advance({ target: 'main', from, to, agents })).toEqual({
    ...{ target: 'main', from, to, commits: [{ commit: to, subject: 'work on work' }] },
    ...{ commitCount: 1, files: ['readme.md', 'ten.txt'], fileCount: 2 },
    agents: [
      { agent: 'a', touches: [] },
      { agent: 'b', touches: ['ten.txt'] },
      { agent: 'c', touches: ['readme.md'] },
      { agent: 'gone', touches: [] },
    ],
  });
});

describe('a line', () => {
  it('leads to its commit through a rename of its file, and to what brought that', async () => {
    const first = await merged('one', { 'ten.txt': ten([3, 'mine']) });
    await on({ 'meanwhile.txt': 'x\n' });
    await repository.commitOn(
      'two',
      { 'ten.txt': null, 'dir/other.txt': ten([3, 'mine'], [4, 'yours']) },
      'one',
    );
    const second = await merged('two', { 'more.txt': 'x\n' });
    const place = (line: number) => lines.blame({ path: 'dir/other.txt', line, at: 'main' });
    expect(await place(4)).toMatchObject({
      ...{ id: first.mergeCommit, path: 'ten.txt', line: 4, text: 'mine', author: 'Ann' },
    });
    const yours = await place(5);
    expect(yours).toMatchObject({ path: 'dir/other.txt', text: 'yours' });
    const bringer = (commit: string) => lines.broughtBy({ commit, at: 'main' });
    expect(await bringer(yours.id)).toBe(second.mergeCommit);
    expect(await bringer(first.mergeCommit)).toBe(first.mergeCommit);
  });

  it.each([
    ['a file that is not there', { path: 'none.txt', line: 1, at: 'main' }],
    ['a line that is not there', { path: 'ten.txt', line: 11, at: 'main' }],
    ['a revision that is not there', { path: 'ten.txt', line: 1, at: 'none' }],
  ])('of %s is not found', async (_, ask) =>
    expect((await failureOf(lines.blame(ask))).code).toBe('TRACE_NOT_FOUND'),
  );

  it('is not told otherwise by settings of the repository, nor is a program of its choice run', async () => {
    const { mergeCommit } = await merged('one', {
      'ten.txt': ten([3, 'mine']),
      '.gitattributes': '* diff=x\n',
    });
    await repository.write({ '.git/ignored-revs': `${mergeCommit}\n` });
    await repository.git(['config', 'blame.ignoreRevsFile', '.git/ignored-revs']);
    await repository.git(['config', 'diff.x.textconv', 'touch ran; cat']);
    expect(await lines.blame({ path: 'ten.txt', line: 4, at: 'main' })).toMatchObject({
      id: mergeCommit,
    });
    expect(await repository.git(['status', '--porcelain'])).toBe('');
  });
});
