// Collisions of trees whose history, attributes or state are out of the ordinary; the oracle is a real `git merge`.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CollisionWorld, makeCollisionWorld } from '../harness/collision-world.ts';
import type { Files } from '../harness/repositories.ts';

let world: CollisionWorld;
afterEach(() => world.dispose());

async function open(base: Files | null = { f: lines(), g: 'g\n' }) {
  world = await makeCollisionWorld(base);
  return world;
}

const lines = (edits: Readonly<Record<number, string>> = {}, count = 20) =>
  Array.from({ length: count }, (_, n) => `${edits[n + 1] ?? `line ${n + 1}`}\n`).join('');
const { signal } = new AbortController();

/** The proof, and the same of a real merge; it must be the same. */
async function agreed(ours: string, theirs: string) {
  const found = await world.colliding(ours, theirs);
  expect(await world.merged(ours, theirs)).toEqual(found);
  return found;
}

describe('where it collides', () => {
  it('is told in the lines of each, and shown three ways', async () => {
    const { repository, proof } = await open();
    const [a, b] = [await world.worktree('a'), await world.worktree('b')];
    await repository.write({ f: `new\nnew\n${lines({ 5: 'a', 9: 'same', 18: 'a' })}` }, a);
    await repository.write({ f: lines({ 5: 'b', 9: 'same', 19: 'b' }), n: 'only here\n' }, b);
    expect(await world.between(a, b)).toMatchObject({
      collisions: {
        files: [
          {
            ...{ path: 'f', reason: 'content' },
            ranges: [
              [
                { start: 7, end: 7 },
                { start: 20, end: 21 },
              ],
              [
                { start: 5, end: 5 },
                { start: 18, end: 19 },
              ],
            ],
          },
        ],
      },
    });
    const pair = [a, b] as const;
    const view = await proof.view(pair, 'f', signal);
    expect(view).toMatchObject({ hunkCount: 2, sides: ['changed', 'changed'] });
    expect(view.hunks[1]).toEqual({
      base: { start: 18, lines: ['line 18', 'line 19'] },
      sides: [
        { start: 20, lines: ['a', 'line 19'] },
        { start: 18, lines: ['line 18', 'b'] },
      ],
    });
    expect(await proof.view(pair, 'n', signal)).toMatchObject({ hunks: [], hunkCount: 0 });
  });

  it('is told of files that both added, and of names that were made of one', async () => {
    const { repository, proof } = await open();
    const [a, b] = [await world.worktree('a'), await world.worktree('b')];
    await repository.write({ n: 'same\na\nsame\n', g: null, h: 'g\n' }, a);
    await repository.write({ n: 'same\nb\nb\nsame\n', g: null, i: 'g\n' }, b);
    const verdict = await world.between(a, b);
    const ranges = [[{ start: 2, end: 2 }], [{ start: 2, end: 3 }]];
    expect(verdict).toMatchObject({
      proved: [{ path: 'g' }, { path: 'h' }, { path: 'i' }, { path: 'n' }],
      collisions: { files: [{}, {}, {}, { path: 'n', reason: 'both-added', ranges }] },
    });
    const pair = [a, b] as const;
    expect(await proof.view(pair, 'g', signal)).toMatchObject({
      reason: 'rename-rename',
      sides: ['renamed to h', 'renamed to i'],
    });
  });
});

it('of three agents each pair collides where it does', async () => {
  const { repository } = await open();
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => world.worktree(name)));
  if (a === undefined || b === undefined || c === undefined) throw new Error('no worktree');
  await repository.write({ f: lines({ 2: 'a' }), g: 'a\n' }, a);
  await repository.write({ f: lines({ 2: 'b', 12: 'b' }) }, b);
  await repository.write({ f: lines({ 12: 'c' }), g: 'c\n' }, c);
  expect(await world.colliding(a, b)).toEqual(['f']);
  expect(await world.colliding(b, c)).toEqual(['f']);
  expect(await world.colliding(a, c)).toEqual(['g']);
  expect(await agreed(a, b)).toEqual(['f']);
});

it('branches that began at different commits are merged over what they have in common', async () => {
  const { repository } = await open();
  const a = await world.worktree('a');
  await repository.write({ f: lines({ 5: 'a' }), g: 'a\n' }, a);
  await repository.commit('main goes on', { f: lines({ 5: 'main' }), h: 'h\n' });
  const b = await world.worktree('b');
  await repository.write({ h: 'b\n' }, b);
  expect(await agreed(a, b)).toEqual(['f']);
});

it('of branches that merged each other before, the merged bases count', async () => {
  const { repository } = await open();
  const [a, b] = [await world.worktree('a'), await world.worktree('b')];
  const one = await repository.commit('a', { f: lines({ 5: 'a' }) }, a);
  const other = await repository.commit('b', { f: lines({ 15: 'b' }), g: 'b\n' }, b);
  await repository.git(['merge', '-q', '-m', 'b into a', other], a);
  await repository.git(['merge', '-q', '-m', 'a into b', one], b);
  await repository.write({ f: lines({ 5: 'a', 15: 'more a' }) }, a);
  await repository.write({ f: lines({ 5: 'more b', 15: 'b' }), g: 'more b\n' }, b);
  expect(await agreed(a, b)).toEqual([]);
  await repository.write({ f: lines({ 5: 'other a', 15: 'more a' }) }, a);
  await repository.git(['reset', '-q', '--soft', other], b);
  expect(await agreed(a, b)).toEqual(['f']);
});

it('a submodule that both moved otherwise collides', async () => {
  const { repository } = await open();
  const inner = join(repository.root, '..', 'inner');
  await repository.git(['init', '-q', '-b', 'main', inner]);
  const commits = [];
  for (const text of ['1', '2', '3'])
    commits.push(await repository.commit(text, { x: text }, inner));
  const link = async (commit: string, cwd: string) =>
    repository.git(['update-index', '--add', '--cacheinfo', `160000,${commit},sub`], cwd);
  await link(String(commits[0]), repository.root);
  await repository.git(['commit', '-q', '-m', 'a submodule']);
  const [a, b] = [await world.worktree('a'), await world.worktree('b')];
  for (const [n, cwd] of [
    [1, a],
    [2, b],
  ] as const) {
    await link(String(commits[n]), cwd);
    await repository.git(['commit', '-q', '-m', 'moved'], cwd);
  }
  expect(await world.between(a, b)).toMatchObject({
    proved: [{ path: 'sub', reason: 'submodule' }],
  });
  expect(await agreed(a, b)).toEqual(['sub']);
});

describe('what the repository says of files', () => {
  it('line ends that the user has converted are no change', async () => {
    const { repository } = await open();
    await repository.git(['config', 'core.autocrlf', 'true']);
    const [a, b] = [await world.worktree('a'), await world.worktree('b')];
    await repository.write({ f: lines({ 5: 'a' }).replaceAll('\n', '\r\n') }, a);
    await repository.write({ f: lines({ 15: 'b' }) }, b);
    expect(await agreed(a, b)).toEqual([]);
  });

  it('no filter and no merge driver of it is run; a pointer of Git LFS is what it would be', async () => {
    const { repository } = await open();
    const witness = join(repository.root, '..', 'witness');
    const run = `touch '${witness}'; cat`;
    for (const [name, value] of Object.entries({
      'filter.lfs.clean': run,
      'filter.other.clean': run,
      'filter.other.required': 'true',
      'merge.own.driver': `touch '${witness}'`,
    }))
      await repository.git(['config', name, value]);
    const oid = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 4\n`;
    // Committed by hand: adding would run them.
    const attributes = '*.bin filter=lfs\n*.txt filter=other\nf merge=own\n';
    await repository.git(['config', '--unset', 'filter.other.required']);
    const blob = async (text: string) => {
      await repository.write({ '../blob': text });
      return repository.git(['hash-object', '-w', '--no-filters', '../blob']);
    };
    await repository.commit('attributes', { '.gitattributes': attributes });
    const [a, b] = [await world.worktree('a'), await world.worktree('b')];
    const add = `100644,${await blob(pointer)},x.bin`;
    await repository.git(['update-index', '--add', '--cacheinfo', add], a);
    await repository.git(['commit', '-q', '-m', 'by pointer'], a);
    await repository.write({ 'x.bin': pointer, f: lines({ 5: 'a' }) }, a);
    await repository.write({ 'x.bin': 'foo\n', 't.txt': 't\n', f: lines({ 5: 'b' }) }, b);
    const tell = (path: string, ...paths: readonly string[]) => {
      const changes = new Map(
        paths.map((one) => [one, { kind: 'modified', isStaged: false } as const]),
      );
      return repository
        .git(['rev-parse', 'HEAD'], path)
        .then((head) =>
          world.proof.tell(path, { head, changes, atMs: 0, seenBy: 'events' }, 'all'),
        );
    };
    await tell(a, 'f', 'x.bin');
    await tell(b, 'f', 'x.bin', 't.txt');
    expect(await world.proof.between(a, b)).toMatchObject({
      proved: [{ path: 'f', reason: 'content' }],
    });
    await repository.write({ 'x.bin': 'other\n' }, b);
    await tell(b, 'f', 'x.bin', 't.txt');
    expect(await world.proof.between(a, b)).toMatchObject({
      proved: [{ path: 'f' }, { path: 'x.bin' }],
    });
    await expect(readFile(witness)).rejects.toThrow('ENOENT');
  });
});
