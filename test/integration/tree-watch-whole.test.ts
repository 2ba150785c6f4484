// The one watch for a whole tree that macOS and Windows have, by what Node has in its place where there is none.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchFolder, watchTree } from '../../main/adapters/trees/tree-watch.ts';
import { systemClock } from '../../main/base/clock.ts';
import { waitFor } from '../harness/wait.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'musher-whole-'));
  await mkdir(join(root, 'src', 'deep'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

function open() {
  const told: string[] = [];
  const tree = watchTree(
    {
      ...{ root, clock: systemClock, watch: watchFolder },
      findIgnored: () => Promise.reject(new Error('nobody is asked here')),
      onPath: (path) => told.push(path),
      onUnknown: () => told.push('anything'),
      onRoot: () => told.push('root'),
      onBlind: (error) => told.push(String(error)),
    },
    'darwin',
  );
  const until = (what: string) => waitFor(what, () => told.includes(what) || told.join(' '));
  return { tree, told, until };
}

it('tells paths with a slash, that rules moved, and that the way to git is another one', async () => {
  const { tree, told, until } = open();
  await tree.start([]);
  await writeFile(join(root, 'src', 'deep', 'a.ts'), '1');
  await until('src/deep/a.ts');
  await writeFile(join(root, 'src', '.gitignore'), 'out');
  await until('anything');
  await writeFile(join(root, '.git'), 'gitdir: elsewhere');
  await until('root');
  tree.dispose();
  const before = told.length;
  await writeFile(join(root, 'src', 'b.ts'), '1');
  const other = open();
  await other.tree.start([]);
  await writeFile(join(root, 'src', 'c.ts'), '1');
  await other.until('src/c.ts');
  other.tree.dispose();
  expect(told.length).toBe(before);
});

it('with submodules everything is looked at, as their paths are none to git', async () => {
  await writeFile(join(root, '.gitmodules'), '');
  const { tree, told, until } = open();
  await tree.start([]);
  await writeFile(join(root, 'src', 'a.ts'), '1');
  await until('anything');
  expect(told).not.toContain('src/a.ts');
  tree.dispose();
});

it('one that is ended before it stands tells nothing', async () => {
  const early = open();
  const started = early.tree.start([]);
  early.tree.dispose();
  await started;
  const late = open();
  await late.tree.start([]);
  await writeFile(join(root, 'x.ts'), '1');
  await late.until('x.ts');
  late.tree.dispose();
  expect(early.told).toEqual([]);
});
