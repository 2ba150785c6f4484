// From a write in a worktree to a conflict, and to its end, through the whole of Musher.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConflictRecord } from '../../preload/contract/conflict-records.ts';
import type { Serving } from '../harness/serve.ts';
import { makeServeWorld, type ServeWorld, untilAgent } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
beforeEach(async () => {
  world = await makeServeWorld();
  await world.repository.commit('files', { f: lines(), g: 'g\n' });
});
afterEach(() => world.dispose());

const lines = (edits: Readonly<Record<number, string>> = {}) =>
  Array.from({ length: 20 }, (_, n) => `${edits[n + 1] ?? n + 1}\n`).join('');

function untilConflict(serving: Serving, what: string, fits: (one: ConflictRecord) => boolean) {
  return waitFor(what, async () => {
    const { conflicts } = await serving.operator.query<{ conflicts: ConflictRecord[] }>(
      'conflict.list',
      { all: true },
    );
    return (
      conflicts.find((one) => one.kind === 'in-flight' && fits(one)) ?? JSON.stringify(conflicts)
    );
  });
}
const isOpen = ({ endedMs }: ConflictRecord) => endedMs === undefined;

it('what two write collides before either commits, over a restart too, and ends as it ended', async () => {
  const { repository } = world;
  const serving = await world.serve();
  const [a, b] = [await world.addAgent(serving, 'a'), await world.addAgent(serving, 'b')];
  await repository.write({ f: lines({ 5: 'b' }) }, b.worktree);
  await repository.write({ f: lines({ 5: 'a' }), g: null }, a.worktree);
  const found = await untilConflict(serving, 'a conflict', isOpen);
  expect(found).toMatchObject({
    severity: 'medium',
    files: [
      { path: 'f', reason: 'content', ranges: [[{ start: 5, end: 5 }], [{ start: 5, end: 5 }]] },
    ],
  });
  const view = await serving.operator.query('conflict.view', { conflict: found.id, path: 'f' });
  expect(view).toMatchObject({ hunkCount: 1, hunks: [{ base: { lines: ['5'] } }] });

  // A commit changes nothing of it, and neither does a program's end.
  const committed = await repository.commit('work', {}, a.worktree);
  await serving.operator.command('agent.stop', { agent: 'a' });
  await untilAgent(serving, 'a', 'stopped');
  await serving.stop();
  const again = await world.serve();
  await untilConflict(again, 'the same conflict', (one) => one.id === found.id && isOpen(one));
  await repository.write({ f: lines({ 15: 'b' }) }, b.worktree);
  const gone = await untilConflict(again, 'its end', (one) => one.id === found.id && !isOpen(one));
  expect(gone.end).toBe('gone');

  await repository.write({ f: lines({ 5: 'b' }) }, b.worktree);
  const next = await untilConflict(again, 'another', (one) => one.id !== found.id && isOpen(one));
  // Merged without Musher: it is the target's now.
  await repository.git(['merge', '-q', '--ff-only', committed]);
  const end = await untilConflict(again, 'its end', (one) => one.id === next.id && !isOpen(one));
  expect(end.end).toBe('gone');
  // Of that the other hears, whoever brought it there.
  const ofTarget = (one: ConflictRecord) => one.agents[0] === 'refs/heads/main';
  const left = await untilConflict(again, 'one with the target', (one) => ofTarget(one));
  expect(left).toMatchObject({ agents: ['refs/heads/main', 'b'], severity: 'medium' });
  const three = await again.operator.query('conflict.view', { conflict: left.id, path: 'f' });
  expect(three).toMatchObject({ hunks: [{ sides: [{ lines: ['a'] }, { lines: ['b'] }] }] });
  type Items = { items: { text?: string }[] };
  const { items } = await again.as(b.token).query<Items>('inbox.read', {});
  expect(items.map(({ text }) => text).join()).toMatch(/main has moved on, .*: f:5\n/);
  await repository.git(['checkout', '-q', '--', 'f'], b.worktree);
  await untilConflict(again, 'its end', (one) => one.id === left.id && !isOpen(one));
});

it('an agent that is destroyed collides with nobody, and leaves nothing of a proof behind', async () => {
  const { repository } = world;
  const serving = await world.serve();
  const [a, b] = [await world.addAgent(serving, 'a'), await world.addAgent(serving, 'b')];
  await repository.write({ g: null }, a.worktree);
  await repository.write({ g: 'b\n' }, b.worktree);
  const found = await untilConflict(serving, 'a conflict', isOpen);
  expect(found).toMatchObject({
    severity: 'high',
    files: [{ path: 'g', reason: 'modify-delete' }],
  });
  await serving.operator.command('agent.destroy', { agent: 'a' });
  const end = await untilConflict(serving, 'its end', (one) => !isOpen(one));
  expect(end.end).toBe('agent-gone');
  await serving.stop();
  expect(await repository.gitPasses(['fsck', '--no-dangling'])).toBe(true);
  const left = await readdir(join(repository.commonDir, 'musher'));
  expect(left).not.toContain('collisions');
});
