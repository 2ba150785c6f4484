// Part of a branch, on real git: what is asked for, what the target gets of it, and what is refused.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { RequestFacts, Review } from '../../main/features/approvals/ports.ts';
import type { MergeStrategy } from '../../preload/contract/merge-queue.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let review: Review;
/** Of the branch, the first at 1; at 0 what it came from. */
let made: string[];

const numbers = (over: Record<number, string> = {}) =>
  Array.from({ length: 20 }, (_, at) => `${over[at + 1] ?? at + 1}\n`).join('');

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n', 'lines.txt': numbers() });
  await repository.git(['checkout', '-q', '--detach']);
  made = [await repository.git(['rev-parse', 'main'])];
  const git = createGit({ clock: systemClock, env: repository.env });
  review = createReview({ git, repository });
});
afterEach(() => repository.dispose());

const on = (branch: string, files: Files) => repository.commitOn(branch, files);

async function work(...all: Files[]): Promise<void> {
  for (const files of all) made.push(await on('work', files));
}

const at = (place: number): string => made[place] ?? 'none';
const plain = () =>
  work({ '1.txt': '1\n' }, { '2.txt': '2\n' }, { '3.txt': '3\n' }, { '4.txt': '4\n' });

interface Part {
  readonly from?: number;
  readonly only?: boolean;
}

/** The commits up to the one at `to`. */
function ask(to: number, { from, only }: Part = {}): Promise<RequestFacts> {
  const begin = from === undefined ? {} : { from: at(from) };
  const own = { agent: 'a', branch: 'work', target: 'main' };
  return review.examine({ ...own, commit: at(to), ...begin, ...(only && { only }) });
}

function merge({ pin }: RequestFacts, strategy: MergeStrategy = 'rebase', approval = 'a-1') {
  const rest = { approval, title: 'Part', agent: 'a', updateCheckout: false, event: 7 };
  return review.merge({ ...rest, pin, strategy });
}

const files = async () =>
  (await repository.git(['ls-tree', '-r', '--name-only', 'main'])).split('\n');
const show = (path: string) => repository.git(['show', `main:${path}`]);
const subjects = () => repository.git(['log', '--format=%s', `${at(0)}..main`]);

interface Failure {
  readonly code: string;
  readonly details?: Record<string, unknown>;
}

async function failureOf(done: Promise<unknown>): Promise<Failure> {
  return done.then(
    () => ({ code: 'passed' }),
    (error) => error.wire ?? { code: String(error) },
  );
}

describe('what is asked for', () => {
  beforeEach(plain);

  it.each([
    [
      'the whole branch, or what it has up to a commit',
      [
        [4, {}, undefined, 0],
        [2, {}, undefined, 0],
      ],
    ],
    [
      'some in the middle, or one alone',
      [
        [3, { from: 1 }, 1, 1],
        [3, { only: true }, 2, 2],
      ],
    ],
    [
      'the branch after all, where the target has what comes before',
      [
        [1, { only: true }, undefined, 0],
        [2, { from: 0 }, undefined, 0],
      ],
    ],
  ] as const)('is %s', async (_, asks) => {
    for (const [to, part, base, before] of asks) {
      const facts = await ask(to, part);
      const count = to - before;
      const begins = { base: at(base ?? 0), ...(base !== undefined && { fork: at(0) }) };
      expect(facts.pin).toMatchObject({ commit: at(to), ...begins });
      expect('fork' in facts.pin).toBe(base !== undefined);
      expect(facts).toMatchObject({ place: { before, of: 4 }, commitCount: count });
      expect(facts.files.map(({ path }) => path)).toEqual(
        Array.from({ length: count }, (__, index) => `${before + index + 1}.txt`),
      );
    }
  });

  it('is said with what lies around it', async () => {
    const { pin } = await ask(3, { from: 1 });
    const around = await review.commits({ pin, branch: 'work' });
    const ids = Object.entries(around).map(([name, lines]) => [
      name,
      lines.map(({ commit }) => commit),
    ]);
    expect(Object.fromEntries(ids)).toEqual({
      ...{ later: [at(4)], commits: [at(3), at(2)], earlier: [at(1)] },
    });
    const { later } = await review.commits({ pin, branch: 'main' });
    expect(later).toEqual([]);
  });

  it('can be looked at one by one, and nothing else can', async () => {
    const { pin } = await ask(3, { from: 1 });
    const one = (place: number) =>
      review.alone({ approval: 'a-1', pin, commit: at(place).slice(0, 12) });
    const { patch, files: changed, alone } = await one(2);
    expect(alone).toMatchObject({ commit: at(2), author: 'Ann', additions: 1, deletions: 0 });
    expect(changed.map(({ path }) => path)).toEqual(['2.txt']);
    expect(patch).toContain('+2');
    for (const place of [0, 1, 4])
      expect((await failureOf(one(place))).code).toBe('COMMIT_NOT_ASKED');
  });

  it('stands beside requests for other commits, and beside no other', async () => {
    const pins = {
      ...{ first: (await ask(1)).pin, second: (await ask(2, { only: true })).pin },
      ...{ last: (await ask(4, { only: true })).pin, whole: (await ask(4)).pin },
    };
    const open = Object.entries(pins).map(([approval, pin]) => ({ approval, pin }));
    const own = { agent: 'a', branch: 'work', target: 'main', open };
    const besideOf = async (to: number, from?: number) =>
      (
        await review.examine({
          ...{ ...own, commit: at(to), ...(from !== undefined && { from: at(from) }) },
        })
      ).beside;
    expect(await besideOf(3, 2)).toEqual(['first', 'second', 'last']);
    expect(await besideOf(3, 1)).toEqual(['first', 'last']);
    expect(await besideOf(3)).toEqual(['last']);
    expect(await besideOf(4)).toEqual([]);
  });
});

describe('is not to be asked for', () => {
  const codeOf = async (...about: Parameters<typeof ask>) => (await failureOf(ask(...about))).code;

  it('what is on another line, comes after, is nothing, or does not exist', async () => {
    await plain();
    made.push(await on('other', { 'x.txt': 'x\n' }), 'feedfeedfeed');
    expect(await codeOf(2, { from: 5 })).toBe('FROM_NOT_ANCESTOR');
    expect(await codeOf(2, { from: 3 })).toBe('FROM_NOT_ANCESTOR');
    expect(await codeOf(2, { from: 2 })).toBe('RANGE_EMPTY');
    expect(await codeOf(4, { from: 6 })).toBe('COMMIT_UNKNOWN');
    await on('main', { '2.txt': '2\n' });
    expect(await codeOf(2, { only: true })).toBe('COMMIT_EMPTY');
  });

  it('a change and its end', async () => {
    await work({ '1.txt': '1\n' }, { '2.txt': '2\n' }, { '2.txt': null });
    expect(await codeOf(3, { from: 1 })).toBe('RANGE_EMPTY');
  });

  it('a merge commit, alone or among others', async () => {
    await mergedIn();
    expect(await codeOf(2, { only: true })).toBe('RANGE_HAS_MERGE');
    expect(await codeOf(3, { from: 1 })).toBe('RANGE_HAS_MERGE');
  });
});

/** The second commit of the branch brings the target in. */
async function mergedIn(): Promise<void> {
  await work({ '1.txt': '1\n' });
  await on('main', { 'theirs.txt': 'theirs\n' });
  const folder = join(repository.worktreesFolder, 'merging');
  await repository.git(['worktree', 'add', '-q', folder, 'work']);
  await repository.git(['merge', '-q', '--no-edit', 'main'], folder);
  await repository.git(['worktree', 'remove', folder]);
  made.push(await repository.git(['rev-parse', 'work']));
  await work({ '3.txt': '3\n' }, { '4.txt': '4\n' });
}

describe('what the target gets', () => {
  it.each([
    ['rebase', 'work on work\nwork on work'],
    ['squash', 'Part'],
  ] as const)('by %s is what was shown and nothing before or after it', async (strategy, said) => {
    await plain();
    const asked = await ask(3, { from: 1 });
    const merged = await merge(asked, strategy);
    expect(await files()).toEqual(['2.txt', '3.txt', 'lines.txt', 'readme.md']);
    expect(await subjects()).toBe(said);
    expect(await repository.git(['log', '-1', '--format=%(trailers:only)', 'main'])).toContain(
      'Musher-Agent: a\nMusher-Approval: a-1\nMusher-Event: 7',
    );
    expect(merged).toMatchObject({ from: at(0), checkoutUpdated: false });
    expect(merged.commits).toHaveLength(said.split('\n').length);
    // Asked again, as after a crash, it is the same merge.
    expect(await merge(asked, strategy)).toEqual(merged);
  });

  it('is one commit alone, with its author and message', async () => {
    await plain();
    await merge(await ask(3, { only: true }), 'squash');
    expect(await files()).toEqual(['3.txt', 'lines.txt', 'readme.md']);
    expect(await repository.git(['log', '-1', '--format=%an|%s', 'main'])).toBe('Ann|work on work');
  });

  it('is the same lines where others moved them, and the branch drops them by a rebase', async () => {
    await work({ '1.txt': '1\n' }, { 'lines.txt': numbers({ 15: 'fifteen' }) }, { '3.txt': '3\n' });
    const asked = await ask(2, { only: true });
    await on('main', { 'lines.txt': `0\n${numbers()}` });
    await merge(asked);
    expect(await show('lines.txt')).toBe(`0\n${numbers({ 15: 'fifteen' })}`.trim());
    const folder = join(repository.worktreesFolder, 'rebasing');
    await repository.git(['worktree', 'add', '-q', folder, 'work']);
    await repository.git(['rebase', '-q', 'main'], folder);
    expect(await repository.git(['diff', '--name-only', 'main', 'HEAD'], folder)).toBe(
      '1.txt\n3.txt',
    );
    expect(await repository.git(['rev-list', '--count', 'main..HEAD'], folder)).toBe('2');
  });

  it('is a renamed file that others changed elsewhere, and a binary one', async () => {
    const bytes = (end: string) => `\0\u0001${'x'.repeat(200)}${end}`;
    await work(
      { '1.txt': '1\n' },
      { 'lines.txt': null, 'named.txt': numbers({ 3: 'three' }), 'logo.bin': bytes('a') },
      { 'logo.bin': bytes('b') },
    );
    await on('main', { 'lines.txt': numbers({ 18: 'eighteen' }) });
    await merge(await ask(3, { from: 1 }));
    expect(await show('named.txt')).toBe(numbers({ 3: 'three', 18: 'eighteen' }).trim());
    expect(await files()).toEqual(['logo.bin', 'named.txt', 'readme.md']);
    expect(await show('logo.bin')).toBe(bytes('b'));
  });

  it('is the commit itself once it has what comes before', async () => {
    await plain();
    const asked = await ask(3, { from: 1 });
    expect(await review.fits({ pin: asked.pin })).toEqual({ isApart: true });
    await merge(await ask(1), 'merge', 'a-0');
    expect(await review.fits({ pin: asked.pin })).toEqual({ isApart: false });
    const { mergeCommit } = await merge(asked, 'ff-only');
    expect(mergeCommit).toBe(at(3));
  });
});

describe('is refused, and the target stays', () => {
  const grown = () =>
    work({ 'a.txt': '1\n' }, { 'a.txt': '1\n2\n' }, { 'a.txt': '1\n2\n3\n', 'b.txt': 'b\n' });
  const cases: Record<
    string,
    () => Promise<readonly [Part & { to: number }, MergeStrategy, string]>
  > = {
    'what would bring along what comes before': async () => {
      await plain();
      return [{ to: 3, from: 1 }, 'merge', 'RANGE_STRATEGY'];
    },
    'what does not apply without what comes before': async () => {
      await grown();
      return [{ to: 2, only: true }, 'rebase', 'RANGE_CONFLICTED'];
    },
    'what the target has in part': async () => {
      await plain();
      await on('main', { '3.txt': '3\n' });
      return [{ to: 3, from: 1 }, 'squash', 'RANGE_UNFIT'];
    },
    'lines that the target has in part': async () => {
      const both = { 3: 'three', 17: 'seventeen' };
      await work({ '1.txt': '1\n' }, { 'lines.txt': numbers(both) });
      await on('main', { 'lines.txt': numbers({ 3: 'three' }) });
      return [{ to: 2, only: true }, 'rebase', 'RANGE_UNFIT'];
    },
    'commits that conflict one by one': async () => {
      await work(
        { '1.txt': '1\n' },
        { 'lines.txt': numbers({ 1: 'mine' }) },
        { 'lines.txt': numbers(), '3.txt': '3\n' },
      );
      await on('main', { 'lines.txt': numbers({ 1: 'theirs' }) });
      return [{ to: 3, from: 1 }, 'rebase', 'RANGE_CONFLICTED'];
    },
  };
  it.each(Object.entries(cases))('%s', async (_, prepare) => {
    const [{ to, ...part }, strategy, code] = await prepare();
    const before = await repository.git(['rev-parse', 'main']);
    expect((await failureOf(ask(to, part).then((asked) => merge(asked, strategy)))).code).toBe(
      code,
    );
    expect(await repository.git(['rev-parse', 'main'])).toBe(before);
  });

  it('until what comes before is merged, also by copies', async () => {
    await grown();
    const [first, rest] = [await ask(1), await ask(3, { from: 1 })];
    expect(await review.fits({ pin: rest.pin })).toMatchObject({
      ...{ isApart: true, unfit: { code: 'RANGE_CONFLICTED', details: { files: ['a.txt'] } } },
    });
    await on('main', { 'c.txt': 'c\n' });
    await merge(first, 'squash', 'a-0');
    expect(await review.fits({ pin: rest.pin })).toEqual({ isApart: true });
    await merge(rest);
    expect(await show('a.txt')).toBe('1\n2\n3');
  });
});
