import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Gate } from '../../main/adapters/git/merge.ts';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let review: Review;

beforeEach(async () => {
  repository = await makeRepository({ 'readme.md': 'hello\n', 'gone.txt': 'gone\n' });
  review = await reviewWith();
});
afterEach(() => repository.dispose());

async function reviewWith(gate?: Gate, env = repository.env): Promise<Review> {
  const git = createGit({ clock: systemClock, env });
  return createReview({ git, repository, gate });
}

type MergeAsk = Parameters<Review['merge']>[0];

async function requested(branch: string, files: Files, from?: string): Promise<MergeAsk> {
  const commit = await repository.commitOn(branch, files, from);
  const { pin } = await review.examine({ agent: branch, branch, commit, target: 'main' });
  return {
    approval: `ap-${branch}`,
    pin,
    title: `Add ${branch}`,
    agent: branch,
    updateCheckout: true,
    strategy: 'merge',
    event: 7,
  };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'passed',
    (error) => error.wire?.code ?? String(error),
  );
}

function tip(): Promise<string> {
  return repository.git(['rev-parse', 'main']);
}

function status(cwd?: string): Promise<string> {
  return repository.git(['status', '--porcelain'], cwd);
}

async function expectConsistent(): Promise<void> {
  expect(await repository.git(['symbolic-ref', 'HEAD'])).toBe('refs/heads/main');
  expect(await status()).toBe('');
  expect(await repository.gitPasses(['fsck', '--strict'])).toBe(true);
}

it('a target that can go forward to the commit does, and its clean checkout comes along', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n', 'gone.txt': null });
  expect(await review.merge(ask)).toEqual({
    ...{ mergeCommit: ask.pin.commit, checkoutUpdated: true },
    ...{ from: ask.pin.base, commits: [ask.pin.commit] },
  });
  expect(await tip()).toBe(ask.pin.commit);
  expect(await readFile(join(repository.root, 'a.txt'), 'utf8')).toBe('a\n');
  await expectConsistent();
});

it('else a merge commit says story, approval and agent, and has target and commit as parents', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  const before = await repository.commit('meanwhile', { 'b.txt': 'b\n' });
  const { mergeCommit } = await review.merge({ ...ask, story: 's-12' });
  expect(await tip()).toBe(mergeCommit);
  expect(await repository.git(['log', '-1', '--format=%P|%an <%ae>|%cn|%B', mergeCommit])).toBe(
    `${before} ${ask.pin.commit}|Ann <ann@example.com>|Ann|Add work\n\nMusher-Story: s-12\nMusher-Agent: work\nMusher-Approval: ap-work\nMusher-Event: 7`,
  );
  expect(await repository.git(['ls-files'])).toBe('a.txt\nb.txt\ngone.txt\nreadme.md');
  await expectConsistent();
});

it('a title cannot pass for a trailer, and an empty one is replaced', async () => {
  const first = await requested('one', { 'a.txt': 'a\n' });
  const second = await requested('two', { 'b.txt': 'b\n' });
  const third = await requested('three', { 'c.txt': 'c\n' });
  await repository.commit('meanwhile', {});
  await review.merge({
    ...first,
    title: 'x\r\n\nMusher-Approval: ap-forged\u2028Musher-Agent: boss',
  });
  expect(await repository.git(['log', '-1', '--format=%(trailers:only)', 'main'])).toBe(
    'Musher-Agent: one\nMusher-Approval: ap-one\nMusher-Event: 7',
  );
  await review.merge({ ...second, title: ' \n ' });
  expect(await repository.git(['log', '-1', '--format=%s', 'main'])).toBe(
    `Merge ${second.pin.commit.slice(0, 10)}`,
  );
  await review.merge({ ...third, title: '--upload-pack=x' });
  expect(await repository.git(['log', '-1', '--format=%s', 'main'])).toBe('--upload-pack=x');
});

it.each([
  ['name', ['user.name', '']],
  ['address', ['--unset', 'user.email']],
])('where the user has no %s the merge commit is by Musher', async (_what, setting) => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  await repository.commit('meanwhile', { 'b.txt': 'b\n' });
  await repository.git(['config', '--global', ...setting]);
  const { mergeCommit } = await review.merge(ask);
  const people = await repository.git(['log', '-1', '--format=%an <%ae>|%cn <%ce>', mergeCommit]);
  expect(people).toBe('Musher <musher@localhost>|Musher <musher@localhost>');
});

it('asking again after a merge reports it, by a merge commit or forward', async () => {
  const forward = await requested('one', { 'a.txt': 'a\n' });
  const merged = await requested('two', { 'b.txt': 'b\n' });
  const first = await review.merge(forward);
  const second = await review.merge(merged);
  await repository.commit('later', { 'c.txt': 'c\n' });
  expect(await review.merge(forward)).toEqual(first);
  expect(await review.merge(merged)).toEqual(second);
  expect(await review.merge({ ...merged, updateCheckout: false })).toEqual(second);
});

it('conflicts are listed and move nothing', async () => {
  const ask = await requested('work', {
    'readme.md': 'mine\n',
    'a "b"\tü.txt': 'x\n',
    'ok.txt': 'ok\n',
  });
  const before = await repository.commit('meanwhile', {
    'readme.md': 'theirs\n',
    'a "b"\tü.txt': 'y\n',
  });
  const files = ['a "b"\tü.txt', 'readme.md'];
  await expect(review.merge(ask)).rejects.toMatchObject({
    wire: {
      code: 'MERGE_CONFLICTED',
      message: expect.stringContaining('2 file(s): a "b"\tü.txt, readme.md'),
      details: { commit: ask.pin.commit, target: 'main', count: 2, files },
    },
  });
  expect(await tip()).toBe(before);
  await expectConsistent();
  const other = await requested('other', { 'fine.txt': 'fine\n' });
  expect(await codeOf(review.merge(other))).toBe('passed');
});

const inTheWay: [string, Files, string[][]][] = [
  ['a changed file', { 'readme.md': 'mine\n' }, []],
  ['a staged file', { 'staged.txt': 'mine\n' }, [['add', 'staged.txt']]],
  ['an untracked file in the way', { 'a.txt': 'mine\n' }, []],
  ['an ignored file in the way', { 'a.txt': 'mine\n', '.git/info/exclude': 'a.txt\n' }, []],
  ['a file where a folder is to be', { dir: 'mine\n' }, []],
  ['an ignored file where a folder is to be', { dir: 'mine\n', '.git/info/exclude': 'dir\n' }, []],
  ['a folder where a file is to be', { 'a.txt/mine': 'mine\n' }, []],
  [
    'an ignored folder where a file is to be',
    { 'a.txt/mine': 'mine\n', '.git/info/exclude': 'mine\n' },
    [],
  ],
  [
    'a hidden change',
    { 'readme.md': 'mine\n' },
    [['update-index', '--assume-unchanged', 'readme.md']],
  ],
  ['a merge under way', {}, [['update-ref', 'MERGE_HEAD', 'HEAD']]],
];

it('TARGET_DIRTY: what is in the way is left as it is, and the target too', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n', 'dir/b.txt': 'b\n', 'readme.md': 'new\n' });
  const before = await tip();
  for (const [name, files, commands] of inTheWay) {
    await repository.write(files);
    for (const args of commands) await repository.git(args);
    const looked = await status();
    expect(await codeOf(review.merge(ask)), name).toBe('TARGET_DIRTY');
    expect(await tip()).toBe(before);
    expect(await status(), name).toBe(looked);
    for (const [path, text] of Object.entries(files))
      expect(await readFile(join(repository.root, path), 'utf8'), name).toBe(text);
    await repository.write({ '.git/info/exclude': '' });
    await repository.git(['update-index', '--no-assume-unchanged', 'readme.md']);
    await repository.git(['reset', '-q', '--hard']);
    await repository.git(['clean', '-fdq']);
    await expectConsistent();
  }
});

it('files that are not in the way stay', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n', 'dir/b.txt': 'b\n' });
  const files = { 'notes.txt': 'mine\n', 'dir/other.txt': 'mine\n', 'build/x': 'ignored\n' };
  await repository.write({ ...files, '.git/info/exclude': 'build\n' });
  expect(await codeOf(review.merge(ask))).toBe('passed');
  for (const [name, text] of Object.entries(files)) {
    expect(await readFile(join(repository.root, name), 'utf8')).toBe(text);
  }
  expect(await status()).toBe('?? dir/other.txt\n?? notes.txt');
});

it('touched files do not count as changed', async () => {
  const ask = await requested('work', { 'readme.md': 'new\n' });
  await repository.write({ 'readme.md': 'other\n' });
  await repository.write({ 'readme.md': 'hello\n' });
  expect(await codeOf(review.merge(ask))).toBe('passed');
  await expectConsistent();
});

it('a file that becomes a folder, and back, comes along with renames by case', async () => {
  await repository.commit('shapes', { swap: 'file\n', 'pool/a': 'a\n', README: 'x\n' });
  const ask = await requested('work', { swap: null, pool: null, README: null });
  const next = await requested('work', { 'swap/in': 'in\n', pool: 'file\n', Readme: 'x\n' });
  expect(await codeOf(review.merge({ ...next, approval: 'ap-next' }))).toBe('passed');
  expect(await codeOf(review.merge(ask))).toBe('passed');
  await expectConsistent();
});

it('a checkout that is to be left alone is TARGET_CHECKED_OUT', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  const before = await tip();
  expect(await codeOf(review.merge({ ...ask, updateCheckout: false }))).toBe('TARGET_CHECKED_OUT');
  expect(await tip()).toBe(before);
  await expectConsistent();
});

it('a target that is checked out nowhere moves alone', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  await repository.git(['checkout', '-q', '-b', 'elsewhere']);
  const merged = await review.merge({ ...ask, updateCheckout: false });
  expect(merged).toMatchObject({ mergeCommit: ask.pin.commit, checkoutUpdated: false });
  expect(await tip()).toBe(ask.pin.commit);
  expect(await status()).toBe('');
});

it('every checkout of the target comes along, or none', async () => {
  const second = join(repository.worktreesFolder, 'second');
  await repository.git(['worktree', 'add', '-q', '--force', second, 'main']);
  const ask = await requested('work', { 'a.txt': 'a\n' });
  await repository.write({ 'readme.md': 'mine\n' }, second);
  expect(await codeOf(review.merge(ask))).toBe('TARGET_DIRTY');
  await repository.write({ 'readme.md': 'hello\n', 'a.txt': 'in the way\n' }, second);
  expect(await codeOf(review.merge(ask))).toBe('TARGET_DIRTY');
  await expectConsistent();
  await rm(join(second, 'a.txt'));
  expect(await codeOf(review.merge(ask))).toBe('passed');
  expect([await status(), await status(second)]).toEqual(['', '']);
});

it('a branch that is being rebased counts as checked out and dirty', async () => {
  await repository.commit('one', { 'readme.md': 'one\n' });
  const ask = await requested('work', { 'a.txt': 'a\n' });
  await repository.git(['branch', 'onto', 'main~1']);
  await repository.commitOn('onto', { 'readme.md': 'clash\n' });
  expect(await repository.gitPasses(['rebase', 'onto'])).toBe(false);
  const before = await tip();
  expect(await codeOf(review.merge(ask))).toBe('TARGET_DIRTY');
  expect(await tip()).toBe(before);
});

it('a target that moves while merging is tried again from where it is then', async () => {
  await repository.git(['checkout', '-q', '--detach']);
  const ask = await requested('work', { 'a.txt': 'a\n' });
  const moved = await repository.commitOn('mover', { 'b.txt': 'b\n' });
  const racing = await reviewWith(async () => {
    await repository.git(['update-ref', 'refs/heads/main', moved, ask.pin.base]).catch(() => {});
  });
  const { mergeCommit, from } = await racing.merge(ask);
  expect(from).toBe(moved);
  expect(await repository.git(['log', '-1', '--format=%P', mergeCommit])).toBe(
    `${moved} ${ask.pin.commit}`,
  );
});

it('one that moves each time is TARGET_MOVED after three tries, and files go back', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  let tries = 0;
  const racing = await reviewWith(async () => {
    tries += 1;
    await repository.commit(`meanwhile ${tries}`, {});
  });
  expect(await codeOf(racing.merge(ask))).toBe('TARGET_MOVED');
  expect(tries).toBe(3);
  await expectConsistent();
  expect(await repository.git(['ls-files'])).toBe('gone.txt\nreadme.md');
  expect(await codeOf(review.merge(ask))).toBe('passed');
});

it('a target that vanishes while merging is no target any more', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  await repository.git(['checkout', '-q', '--detach']);
  const racing = await reviewWith(async () => {
    await repository.git(['update-ref', '-d', 'refs/heads/main']);
  });
  expect(await codeOf(racing.merge(ask))).toBe('TARGET_UNKNOWN');
});

it('two merges at once both happen, one after the other', async () => {
  const first = await requested('one', { 'a.txt': 'a\n' });
  const second = await requested('two', { 'b.txt': 'b\n' });
  const merged = await Promise.all([review.merge(first), review.merge(second)]);
  expect(await tip()).toBe(merged[1]?.mergeCommit);
  expect(await repository.git(['ls-files'])).toBe('a.txt\nb.txt\ngone.txt\nreadme.md');
  await expectConsistent();
});

it('a merge that another Musher overtakes goes on top of that one', async () => {
  await repository.git(['checkout', '-q', '--detach']);
  const first = await requested('one', { 'a.txt': 'a\n' });
  const second = await requested('two', { 'b.txt': 'b\n' });
  const other = await reviewWith();
  const overtaken = await reviewWith(async () => {
    await other.merge(second);
  });
  expect(await codeOf(overtaken.merge(first))).toBe('passed');
  const names = await repository.git(['ls-tree', '--name-only', 'main']);
  expect(names).toBe('a.txt\nb.txt\ngone.txt\nreadme.md');
});

it('a crash before anything moved, and one after the files moved, is mended by asking again', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n', 'gone.txt': null });
  const before = await repository.commit('meanwhile', { 'b.txt': 'b\n' });
  const dying = await reviewWith(async () => {
    throw new Error('crash');
  });
  await expect(dying.merge(ask)).rejects.toThrow('crash');
  expect(await tip()).toBe(before);
  await expectConsistent();
  const result = await repository.git(
    ['rev-parse', 'HEAD'],
    join(repository.worktreesFolder, '.integration'),
  );
  await repository.git(['read-tree', '-m', '-u', before, result]);
  expect(await status()).not.toBe('');
  expect(await review.merge(ask)).toMatchObject({ checkoutUpdated: true });
  expect(await repository.git(['ls-files'])).toBe('a.txt\nb.txt\nreadme.md');
  await expectConsistent();
});

it('a gate sees exactly the merge result', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n', 'gone.txt': null });
  await repository.commit('meanwhile', { 'b.txt': 'b\n' });
  const seen: string[] = [];
  const gated = await reviewWith(async ({ path, commit }) => {
    seen.push(commit, await repository.git(['rev-parse', 'HEAD'], path), await status(path));
    seen.push(await repository.git(['ls-files'], path));
    await writeFile(join(path, 'left-behind'), 'x');
    await writeFile(join(path, 'a.txt'), 'changed');
  });
  const { mergeCommit } = await gated.merge(ask);
  expect(seen).toEqual([mergeCommit, mergeCommit, '', 'a.txt\nb.txt\nreadme.md']);
  seen.length = 0;
  const next = await requested('next', { 'c.txt': 'c\n' });
  await gated.merge(next);
  expect(seen.slice(2)).toEqual(['', 'a.txt\nb.txt\nc.txt\nreadme.md']);
});

it.each<[string, (path: string) => Promise<unknown>]>([
  ['vanished', (path) => rm(path, { recursive: true })],
  ['lost its link', (path) => rm(join(path, '.git'))],
  ['has a stale lock', () => repository.write({ '.git/worktrees/.integration/index.lock': '' })],
  ['has a damaged index', () => repository.write({ '.git/worktrees/.integration/index': 'xxx' })],
  [
    'lost what git knows of it',
    () => rm(join(repository.commonDir, 'worktrees'), { recursive: true }),
  ],
  ['is on a branch', (path) => repository.git(['checkout', '-q', '-b', 'stray'], path)],
  ['is locked', (path) => repository.git(['worktree', 'lock', path])],
  [
    'vanished and is locked',
    async (path) => {
      await repository.git(['worktree', 'lock', path]);
      await rm(path, { recursive: true });
    },
  ],
])('an integration worktree that %s is mended', async (_name, damage) => {
  const gated = await reviewWith(async () => {});
  await gated.merge(await requested('one', { 'a.txt': 'a\n' }));
  const path = join(repository.worktreesFolder, '.integration');
  const before = await tip();
  await damage(path);
  const stray = await repository.git(['for-each-ref', 'refs/heads/stray']);
  expect(await codeOf(gated.merge(await requested('two', { 'b.txt': 'b\n' })))).toBe('passed');
  expect(await repository.git(['rev-parse', 'HEAD'], path)).toBe(await tip());
  expect(await tip()).not.toBe(before);
  expect(await repository.git(['for-each-ref', 'refs/heads/stray'])).toBe(stray);
});

it('a stranger’s folder at the place of the integration worktree is moved aside', async () => {
  const path = join(repository.worktreesFolder, '.integration');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'mine.txt'), 'mine');
  const gated = await reviewWith(async () => {});
  expect(await codeOf(gated.merge(await requested('one', { 'a.txt': 'a\n' })))).toBe('passed');
  const names = await readdir(repository.worktreesFolder);
  const aside = names.find((name) => name.startsWith('.integration.kept-')) ?? 'none';
  expect(await readFile(join(repository.worktreesFolder, aside, 'mine.txt'), 'utf8')).toBe('mine');
});

it('hostile settings, hooks and aliases do not interfere', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  await repository.commit('meanwhile', { 'b.txt': 'b\n' });
  const before = await tip();
  const hooks = join(repository.env.HOME ?? '', 'hooks');
  const hook = { run: '#!/bin/sh\nexit 1\n' };
  const names = [
    'pre-commit',
    'commit-msg',
    'pre-merge-commit',
    'post-checkout',
    'reference-transaction',
    'post-index-change',
  ];
  await repository.write(Object.fromEntries(names.map((name) => [name, hook])), hooks);
  await repository.write(Object.fromEntries(names.map((name) => [`.git/hooks/${name}`, hook])));
  await repository.userConfig({
    'core.hooksPath': hooks,
    'commit.gpgSign': 'true',
    'gpg.program': 'false',
    'merge.ff': 'only',
    'merge.renames': 'false',
    'merge.verifySignatures': 'true',
    'core.autocrlf': 'true',
    'core.safecrlf': 'true',
    'core.editor': 'false',
    'color.ui': 'always',
    'status.short': 'true',
    'status.branch': 'true',
    'status.showUntrackedFiles': 'all',
    'status.relativePaths': 'true',
    'core.fsmonitor': 'true',
    'alias.read-tree': '!false',
    'submodule.recurse': 'true',
  });
  const { mergeCommit } = await review.merge(ask);
  expect(await repository.git(['rev-parse', `${mergeCommit}^1`])).toBe(before);
  expect(await repository.git(['diff-tree', '-r', '--name-only', before, mergeCommit])).toBe(
    'a.txt',
  );
  expect(await status()).not.toMatch(/^[^#]/m);
});

it('a pin whose parts do not belong together is refused', async () => {
  const ask = await requested('work', { 'a.txt': 'a\n' });
  const other = await requested('other', { 'b.txt': 'b\n' });
  const before = await tip();
  const mixed = { ...ask, pin: { ...ask.pin, tree: other.pin.tree } };
  expect(await codeOf(review.merge(mixed))).toBe('APPROVAL_MOVED');
  const unknown = { ...ask, pin: { ...ask.pin, commit: 'f'.repeat(40) } };
  expect(await codeOf(review.merge(unknown))).toBe('COMMIT_UNKNOWN');
  expect(await tip()).toBe(before);
});
