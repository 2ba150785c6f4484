import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import { makePng } from '../harness/png.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

let repository: TestRepository;
let review: Review;

beforeEach(async () => {
  repository = await makeRepository({
    'readme.md': 'hello\n',
    'gone.txt': 'gone\n',
    'old.txt': lines(40),
  });
  const git = createGit({ clock: systemClock, env: repository.env });
  review = createReview({ git, repository });
});
afterEach(() => repository.dispose());

function lines(count: number): string {
  return Array.from({ length: count }, (_, at) => `line ${at}\n`).join('');
}

function examine(commit: string, branch = 'work', target = 'main') {
  return review.examine({ agent: 'a', branch, commit, target });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'passed',
    (error) => error.wire?.code ?? String(error),
  );
}

async function requested(files: Files) {
  const commit = await repository.commitOn('work', files);
  const facts = await examine(commit);
  const shown = await review.diff({ approval: 'ap-1', pin: facts.pin });
  return { commit, facts, shown };
}

it('a request is pinned to commit, tree, base and the hash of the patch', async () => {
  const base = await repository.git(['rev-parse', 'main']);
  await repository.commitOn('work', { 'b.txt': 'b\n' });
  const { commit, facts, shown } = await requested({ 'readme.md': 'hello\nworld\n' });
  expect(facts).toEqual({
    pin: {
      commit,
      tree: await repository.git(['rev-parse', `${commit}^{tree}`]),
      base,
      target: 'main',
      diffHash: createHash('sha256').update(shown.patch).digest('hex'),
    },
    subject: 'work on work',
    files: [
      { path: 'b.txt', status: 'added', additions: 1, deletions: 0 },
      { path: 'readme.md', status: 'modified', additions: 1, deletions: 0 },
    ],
    fileCount: 2,
    additions: 2,
    deletions: 0,
    commitCount: 2,
    place: { before: 0, of: 2 },
    beside: [],
  });
  expect(shown).toMatchObject({ truncated: false, files: facts.files });
  expect(
    (await review.commits({ pin: facts.pin })).commits.map((line) => [
      line.commit,
      line.subject,
      line.author,
      line.atMs,
    ]),
  ).toEqual([
    [commit, 'work on work', 'Ann', Date.parse('2026-01-02T03:04:05Z')],
    [
      await repository.git(['rev-parse', `${commit}^`]),
      'work on work',
      'Ann',
      Date.parse('2026-01-02T03:04:05Z'),
    ],
  ]);
});

it('renames, binary, mode-only, empty, deleted, linked and oddly named files are told', async () => {
  await repository.commit('more', { 'tool.sh': '#!/bin/sh\n', 'was-file': 'x\n' });
  const odd = process.platform === 'win32' ? 'ünïcode' : 'new\nline "q" \t ünïcode :x';
  const { facts } = await requested({
    'old.txt': null,
    'new.txt': lines(40),
    'gone.txt': null,
    'image.bin': Buffer.from([0, 1, 2, 255]),
    'empty.txt': '',
    'tool.sh': null,
    [odd]: 'odd\n',
  });
  expect(facts.files).toEqual(
    expect.arrayContaining([
      { path: 'new.txt', oldPath: 'old.txt', status: 'renamed', additions: 0, deletions: 0 },
      { path: 'gone.txt', status: 'deleted', additions: 0, deletions: 1 },
      { path: 'image.bin', status: 'added' },
      { path: 'empty.txt', status: 'added', additions: 0, deletions: 0 },
      { path: odd, status: 'added', additions: 1, deletions: 0 },
    ]),
  );
  expect(facts.fileCount).toBe(6);
});

it.runIf(process.platform !== 'win32')(
  'a changed mode and a file that became a link are changes',
  async () => {
    await repository.commit('more', { 'tool.sh': '#!/bin/sh\n', 'was-file': 'x\n' });
    await repository.commitOn('work', { 'was-file': null });
    const { facts, shown } = await requested({
      'tool.sh': { run: '#!/bin/sh\n' },
      'was-file': { link: 'readme.md' },
    });
    expect(facts.files).toEqual([
      { path: 'tool.sh', status: 'modified', additions: 0, deletions: 0 },
      { path: 'was-file', status: 'type-changed', additions: 1, deletions: 1 },
    ]);
    expect(shown.patch).toContain('old mode 100644\nnew mode 100755\n');
  },
);

it('a moved submodule is shown by its two commits', async () => {
  const old = '1'.repeat(40);
  const next = '2'.repeat(40);
  const link = (id: string) => ['update-index', '--add', '--cacheinfo', `160000,${id},module`];
  await repository.git(link(old));
  await repository.git(['commit', '-qm', 'module']);
  await repository.git(['checkout', '-q', '-b', 'work']);
  await repository.git(link(next));
  await repository.git(['commit', '-qm', 'bump']);
  const facts = await examine(await repository.git(['rev-parse', 'HEAD']));
  const shown = await review.diff({ approval: 'ap-1', pin: facts.pin });
  expect(facts.files).toEqual([{ path: 'module', status: 'modified', additions: 1, deletions: 1 }]);
  expect(shown.patch).toContain(`-Subproject commit ${old}\n+Subproject commit ${next}\n`);
});

it('no configuration and no attribute has a say in the patch', async () => {
  const plain = await requested({
    'readme.md': 'hello\r\nworld\n',
    'x.js': 'let x\n',
    'new.txt': lines(40),
    'old.txt': null,
  });
  await repository.userConfig({
    'diff.external': 'false',
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.algorithm': 'patience',
    'diff.context': '9',
    'diff.renames': 'false',
    'diff.submodule': 'log',
    'diff.hidden.textconv': 'tac',
    'color.ui': 'always',
    'core.autocrlf': 'true',
    'core.quotePath': 'true',
    'core.pager': 'false',
    'log.showSignature': 'true',
    'alias.diff-tree': '!false',
  });
  await repository.git(['config', 'diff.relative', 'true']);
  await repository.write({
    '.gitattributes': '* -diff\n*.js diff=hidden\n',
    '.git/info/attributes': '* binary\n',
  });
  expect(await examine(plain.commit)).toEqual(plain.facts);
  expect(await review.diff({ approval: 'ap-1', pin: plain.facts.pin })).toEqual(plain.shown);
});

it('a replaced commit does not show another one', async () => {
  const { commit, facts } = await requested({ 'readme.md': 'harmful\n' });
  const harmless = await repository.commitOn('harmless', { 'readme.md': 'harmless\n' });
  await repository.git(['replace', commit, harmless]);
  const shown = await review.diff({ approval: 'ap-1', pin: facts.pin });
  expect(shown.patch).toContain('+harmful');
  expect(await examine(commit)).toEqual(facts);
});

it('a large patch is cut where a file begins, and its hash is still of all bytes', async () => {
  const { facts, shown } = await requested({
    'a.txt': 'a'.repeat(3_000_000),
    'b.txt': 'b'.repeat(3_000_000),
  });
  const flags = ['--full-index', '--histogram', '--src-prefix=a/', '--dst-prefix=b/'];
  const whole = `${await repository.git(['diff-tree', '-p', ...flags, facts.pin.base, facts.pin.commit])}\n`;
  expect(shown.truncated).toBe(true);
  expect(shown.patch).toBe(whole.slice(0, whole.indexOf('diff --git a/b.txt')));
  expect(facts.pin.diffHash).toBe(createHash('sha256').update(whole).digest('hex'));
  expect(shown.files).toHaveLength(2);
});

it('a patch whose first file is too large is cut to nothing', async () => {
  const { shown } = await requested({ 'a.txt': 'a'.repeat(5_000_000) });
  expect(shown).toMatchObject({ patch: '', truncated: true });
});

it('more than 200 files are counted, and 200 are listed', async () => {
  const files = Object.fromEntries(Array.from({ length: 230 }, (_, at) => [`f/${at}`, 'x\n']));
  const { facts } = await requested(files);
  expect(facts.files).toHaveLength(200);
  expect(facts).toMatchObject({ fileCount: 230, additions: 230 });
});

it('another diff than the pinned one is APPROVAL_MOVED', async () => {
  const { facts } = await requested({ 'a.txt': 'a\n' });
  const pin = { ...facts.pin, diffHash: '0'.repeat(64) };
  expect(await codeOf(review.diff({ approval: 'ap-1', pin }))).toBe('APPROVAL_MOVED');
});

it('a commit that cannot be requested is refused by its own code', async () => {
  const { git } = repository;
  const start = await git(['rev-parse', 'main']);
  const commit = await repository.commitOn('work', { 'a.txt': 'a\n' });
  const foreign = await repository.commitOn('other', { 'b.txt': 'b\n' });
  const empty = await repository.commitOn('empty', {});
  const tree = await git(['rev-parse', 'main^{tree}']);
  const root = await git(['commit-tree', tree, '-m', 'another root']);
  await git(['update-ref', 'refs/heads/unrelated', root]);
  await git(['update-ref', `refs/heads/${'d'.repeat(8)}`, commit]);
  expect({
    unknown: await codeOf(examine('f'.repeat(40))),
    noId: await codeOf(examine('HEAD')),
    tree: await codeOf(examine(tree)),
    branchLikeId: await codeOf(examine('d'.repeat(8))),
    foreign: await codeOf(examine(foreign)),
    noBranch: await codeOf(examine(commit, 'no-such')),
    onTarget: await codeOf(examine(start)),
    empty: await codeOf(examine(empty, 'empty')),
    unrelated: await codeOf(examine(root, 'unrelated')),
    target: await codeOf(examine(commit, 'work', 'no-such')),
    option: await codeOf(examine(commit, 'work', '--all')),
    short: await codeOf(examine(commit.slice(0, 12).toUpperCase())),
  }).toEqual({
    unknown: 'COMMIT_UNKNOWN',
    noId: 'COMMIT_UNKNOWN',
    tree: 'COMMIT_UNKNOWN',
    branchLikeId: 'COMMIT_UNKNOWN',
    foreign: 'COMMIT_NOT_YOURS',
    noBranch: 'COMMIT_NOT_YOURS',
    onTarget: 'COMMIT_ON_TARGET',
    empty: 'COMMIT_EMPTY',
    unrelated: 'COMMIT_UNRELATED',
    target: 'TARGET_UNKNOWN',
    option: 'TARGET_UNKNOWN',
    short: 'passed',
  });
});

it('a change that the target got by another way is COMMIT_EMPTY', async () => {
  const commit = await repository.commitOn('work', { 'a.txt': 'a\n' });
  await repository.commit('the same by hand', { 'a.txt': 'a\n', 'c.txt': 'c\n' });
  expect(await codeOf(examine(commit))).toBe('COMMIT_EMPTY');
});

it('digits that fit more than one commit are COMMIT_AMBIGUOUS', async () => {
  const twice = await findTwins();
  await repository.git(['update-ref', 'refs/heads/work', twice]);
  expect(await codeOf(examine(twice.slice(0, 4)))).toBe('COMMIT_AMBIGUOUS');
  expect(await codeOf(examine(twice))).toBe('COMMIT_UNRELATED');
});

/** Of a thousand commits, written by one git, one whose first four digits another has too. */
async function findTwins(): Promise<string> {
  const commits = Array.from(
    { length: 1_000 },
    (_, at) => `commit refs/heads/many\ncommitter A <a@x> ${at} +0000\ndata 1\n.\n`,
  );
  const importing = promisify(execFile)('git', ['fast-import', '--quiet'], {
    cwd: repository.root,
    env: repository.env,
  });
  importing.child.stdin?.end(commits.join(''));
  await importing;
  const ids = (await repository.git(['rev-list', 'many'])).split('\n');
  const byDigits = Map.groupBy(ids, (id) => id.slice(0, 4));
  const [twin] = [...byDigits.values()].find((same) => same.length > 1) ?? [];
  if (twin === undefined) throw new Error('no two of a thousand commits begin alike');
  return twin;
}

it('a pin keeps the commit, can be set again, and is never set to another commit', async () => {
  const commit = await repository.commitOn('work', { 'a.txt': 'a\n' });
  const other = await repository.commitOn('other', { 'b.txt': 'b\n' });
  await review.pin('ap-1', commit);
  await review.pin('ap-1', commit);
  expect(await codeOf(review.pin('ap-1', other))).toBe('APPROVAL_MOVED');
  await repository.git(['branch', '-D', 'work']);
  await repository.git(['reflog', 'expire', '--expire=now', '--all']);
  await repository.git(['gc', '-q', '--prune=now']);
  expect(await repository.git(['rev-parse', 'refs/musher/approvals/ap-1'])).toBe(commit);
  expect(await repository.gitPasses(['cat-file', '-e', commit])).toBe(true);
});

it('pins of forgotten approvals go where nothing is lost by it, others after 90 days', async () => {
  const held = await repository.commitOn('work', { 'a.txt': 'a' });
  await repository.git([
    'worktree',
    'add',
    '-q',
    '--detach',
    join(repository.worktreesFolder, 'w'),
    held,
  ]);
  await repository.git(['branch', '-D', 'work']);
  const alone = await repository.git([
    'commit-tree',
    `${held}^{tree}`,
    '-p',
    'main',
    '-m',
    'alone',
  ]);
  for (const [approval, commit] of [
    ['held', held],
    ['kept', held],
    ['alone', alone],
  ] as const)
    await review.pin(approval, commit);
  const isRemembered = (approval: string) => approval === 'kept';
  const fresh = await reviewAt(1);
  expect(await fresh.sweepPins({ isRemembered })).toEqual(['held']);
  expect(await fresh.sweepPins({ isRemembered })).toEqual([]);
  await repository.git(['gc', '-q', '--prune=now']);
  expect(await repository.gitPasses(['cat-file', '-e', alone])).toBe(true);
  expect(await (await reviewAt(89)).sweepPins({ isRemembered })).toEqual([]);
  expect(await (await reviewAt(91)).sweepPins({ isRemembered })).toEqual(['alone']);
  const left = await repository.git([
    'for-each-ref',
    '--format=%(refname)',
    'refs/musher/approvals',
  ]);
  expect(left).toBe('refs/musher/approvals/kept');
});

/** Some days after all commits of the test. */
async function reviewAt(days: number): Promise<Review> {
  const nowMs = Date.parse(repository.env.GIT_COMMITTER_DATE ?? '') + days * 86_400_000;
  const git = createGit({ clock: { ...systemClock, now: () => nowMs }, env: repository.env });
  return createReview({ git, repository });
}

it('the target tells whether it moved and how its checkout stands', async () => {
  const { facts } = await requested({ 'a.txt': 'a\n' });
  const { pin } = facts;
  const path = repository.root;
  expect(await review.target({ pin })).toEqual({ moved: false, checkout: { path, clean: true } });
  await repository.write({ 'readme.md': 'changed\n' });
  expect(await review.target({ pin })).toEqual({ moved: false, checkout: { path, clean: false } });
  await repository.commit('moved', {});
  await repository.git(['checkout', '-q', '--detach']);
  expect(await review.target({ pin })).toEqual({ moved: true });
  await repository.git(['worktree', 'add', '-q', join(repository.worktreesFolder, 'm'), 'main']);
  expect(await review.target({ pin })).toMatchObject({ moved: true, checkout: { clean: true } });
  expect(await codeOf(review.target({ pin: { ...pin, target: 'no-such' } }))).toBe(
    'TARGET_UNKNOWN',
  );
});

it('a repository with SHA-256 ids is reviewed like any other', async () => {
  const other = await makeRepository({ a: 'a\n' }, { args: ['--object-format=sha256'] });
  try {
    const commit = await other.commitOn('work', { a: 'b\n' });
    const git = createGit({ clock: systemClock, env: other.env });
    const own = createReview({ git, repository: other });
    const facts = await own.examine({ agent: 'a', branch: 'work', commit, target: 'main' });
    expect(facts).toMatchObject({ pin: { commit }, additions: 1, deletions: 1 });
  } finally {
    await other.dispose();
  }
});

it('binary files tell their sizes, and pictures are shown from both sides', async () => {
  const [old, fresh] = [makePng(4, 3), makePng(40, 30)];
  const odd = process.platform === 'win32' ? 'odd name.png' : 'odd\nname.png';
  await repository.commit('a logo', { 'logo.png': old, 'data.bin': Buffer.from([0, 1, 2]) });
  const { facts, shown } = await requested({
    'logo.png': fresh,
    'new.png': old,
    'data.bin': null,
    [odd]: old,
    'bomb.png': makePng(20_000, 20_000, { rows: 1 }),
    'fake.png': Buffer.from([0, 9, 9]),
    'heavy.png': Buffer.concat([old, Buffer.alloc(2 * 1024 * 1024)]),
  });
  const sizes = Object.fromEntries(shown.files.map((file) => [file.path, file.sizes]));
  expect(sizes).toMatchObject({
    'logo.png': { before: old.length, after: fresh.length },
    'new.png': { after: old.length },
    'data.bin': { before: 3 },
  });
  expect(facts.files.some((file) => 'sizes' in file)).toBe(false);
  const pictures = (path: string) => review.pictures({ pin: facts.pin, path });
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  expect(await pictures('logo.png')).toEqual({
    before: { type: 'image/png', width: 4, height: 3, base64: base64(old) },
    after: { type: 'image/png', width: 40, height: 30, base64: base64(fresh) },
  });
  expect(await pictures(odd)).toMatchObject({ after: { width: 4 } });
  for (const path of ['bomb.png', 'fake.png', 'heavy.png', 'data.bin', 'readme.md', '../x'])
    expect(await pictures(path), path).toEqual({});
});

it('one that is pinned many times at once is pinned', async () => {
  const commit = await repository.commitOn('work', { 'a.txt': 'a\n' });
  await Promise.all(Array.from({ length: 6 }, () => review.pin('ap-many', commit)));
  expect(await repository.git(['rev-parse', 'refs/musher/approvals/ap-many'])).toBe(commit);
});
