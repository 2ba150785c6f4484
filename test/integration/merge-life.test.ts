// A merge from the yes to its undo, through the doors of a Musher that serves: queue, strategy, trailers, trace, word to the others.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { Trace } from '../../preload/contract/trace.ts';
import { makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;

beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
afterAll(() => world.dispose());

const record = (approval: string) =>
  serving.operator.query<ApprovalRecord>('approval.get', { approval, waitMs: 10_000 });

async function merged(approval: string, commit: string, more: object = {}) {
  await serving.operator.command('approval.approve', { approval, commit, ...more });
  const after = await record(approval);
  expect(after.state).toBe('merged');
  return after;
}

it('what is held waits in the list, is squashed once released, can be traced, and taken back', async () => {
  const { repository } = world;
  const { operator } = serving;
  const [one, two] = [await world.addAgent(serving, 'one'), await world.addAgent(serving, 'two')];
  // Agents work for what is checked out when they come; then the operator works elsewhere.
  await repository.git(['checkout', '-q', '-b', 'operator']);
  await repository.write({ 'readme.md': 'mine too\n' }, two.worktree);
  await repository.commit('first', { 'a.txt': 'a\n' }, one.worktree);
  const commit = await repository.commit('second', { 'readme.md': 'new\n' }, one.worktree);
  const asked = await one.command<{ approval: string }>('approval.request', { commit });
  const { approval } = asked;

  await operator.command('queue.hold', {});
  await operator.command('approval.approve', { approval, commit, strategy: 'squash' });
  const queue = await operator.query<{ targets: Array<{ waiting: unknown[] }> }>('queue.list', {});
  expect(queue.targets[0]?.waiting).toMatchObject([{ approval, strategy: 'squash', why: 'next' }]);
  await operator.command('queue.release', {});
  const { mergeCommit, queued } = await record(approval);
  const message = await repository.git(['log', '-1', '--format=%B', 'main']);
  expect(message).toContain(`Musher-Approval: ${approval}\nMusher-Event: ${queued?.seq}`);

  const why = await operator.query<Trace>('trace.why', { place: 'readme.md:1', at: 'main' });
  expect(why).toMatchObject({
    ...{ text: 'new', commit: { id: mergeCommit } },
    approval: { id: approval, reviewer: 'operator', event: queued?.seq },
    agent: { id: 'one' },
  });
  const before = await operator.query<Trace>('trace.why', { place: 'readme.md:1', at: 'main^' });
  expect(before.unknown[0]).toContain('No Musher of this repository merged');

  const told = await waitFor('the word to the other', async () => {
    const { items } = await two.query<{ items: Array<{ type: string; text: string }> }>(
      'inbox.read',
      { after: 0 },
    );
    return items.find(({ type }) => type === 'target.advanced') ?? 'nothing';
  });
  expect(told.text).toContain('main advanced by 1 commit');
  expect(told.text).toContain('two (readme.md)');

  const undo = await operator.command<{ approval: string; commit: string }>('approval.undo', {
    approval,
  });
  const diff = await operator.query<{ patch: string }>('approval.diff', {
    approval: undo.approval,
  });
  expect(diff.patch).toContain('-new');
  await merged(undo.approval, undo.commit);
  expect(await repository.git(['show', 'main:readme.md'])).toBe('hello');
  expect((await record(approval)).undoneBy).toBe(undo.approval);
  expect(await repository.git(['status', '--porcelain'])).toBe('');
}, 60_000);
