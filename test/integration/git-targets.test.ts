// Targets that move without the hub, by real git and real files.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGit } from '../../main/adapters/git/run.ts';
import { createTargets } from '../../main/adapters/git/targets.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Targets } from '../../main/features/targets/ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { waitFor } from '../harness/wait.ts';

let repository: TestRepository;
let targets: Targets;
let base: string;
const ends: (() => unknown)[] = [];

beforeEach(async () => {
  repository = await makeRepository({ 'a.txt': 'a\n' });
  const git = createGit({ clock: systemClock, env: repository.env });
  const context = { git, repository };
  targets = createTargets(context, silentLogger);
  base = await tip();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await repository.dispose();
});

const tip = () => repository.git(['rev-parse', 'refs/heads/main']);
const back = async (from: string) => targets.restore({ target: 'main', from, to: base });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'passed',
    (error) => error.wire?.code ?? String(error),
  );

it('a branch that moves is told, however git keeps it, and no other', async () => {
  const told: string[] = [];
  ends.push(
    targets.watch(
      () => ['main', 'team/next'],
      (branch) => told.push(branch),
    ),
  );
  const untilTold = (branch: string) =>
    waitFor(`${branch} to be told`, () => told.includes(branch) || told.join(', '));
  await untilTold('team/next');
  told.length = 0;
  await repository.commitOn('other', { 'x.txt': 'x\n' });
  await repository.git(['branch', 'team/next']);
  await untilTold('team/next');
  expect(told).not.toContain('main');
  await repository.commit('more', { 'b.txt': 'b\n' });
  await untilTold('main');
  await repository.git(['pack-refs', '--all']);
  told.length = 0;
  await repository.git(['update-ref', 'refs/heads/team/next', 'main']);
  await untilTold('team/next');
});

it('who did it, and how, is what the reflog says since', async () => {
  await repository.commit('one', { 'b.txt': 'b\n' });
  const second = await repository.commit('two', { 'b.txt': 'c\n' });
  expect(await targets.between({ target: 'main', from: base, to: second })).toMatchObject({
    ...{ added: 2, removed: 0, checkouts: [repository.root] },
    moves: [
      { from: base, who: 'Ann <ann@example.com>', what: 'commit: one' },
      { to: second, what: 'commit: two', atMs: Date.UTC(2026, 0, 2, 3, 4, 5) },
    ],
  });
  await repository.git(['reset', '-q', '--hard', base]);
  const rewound = await targets.between({ target: 'main', from: second, to: base });
  expect(rewound).toMatchObject({ added: 0, removed: 2 });
  expect(rewound.moves.at(-1)?.what).toMatch(/^reset: moving to/);
});

it('it is moved back with its clean checkout, and what it was moved back from is kept', async () => {
  const moved = await repository.commit('unasked', { 'a.txt': 'other\n', 'b.txt': 'b\n' });
  const { keptRef } = await back(moved);
  expect(await tip()).toBe(base);
  expect(await repository.git(['status', '--porcelain'])).toBe('');
  expect(await readFile(join(repository.root, 'a.txt'), 'utf8')).toBe('a\n');
  expect(await repository.git(['rev-parse', keptRef])).toBe(moved);
  // Asked again after a crash.
  expect(await back(moved)).toEqual({ keptRef });
});

it('where files would be lost, or it moved on, nothing is moved', async () => {
  const moved = await repository.commit('unasked', { 'a.txt': 'other\n' });
  await repository.write({ 'a.txt': 'precious\n' });
  expect(await codeOf(back(moved))).toBe('TARGET_HELD');
  expect(await readFile(join(repository.root, 'a.txt'), 'utf8')).toBe('precious\n');
  const later = await repository.commit('later', {});
  expect(await codeOf(back(moved))).toBe('TARGET_MOVED_ON');
  expect(await tip()).toBe(later);
});
