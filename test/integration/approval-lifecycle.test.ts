// What becomes of requests while their branches and targets move, by real git.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBranches } from '../../main/adapters/git/branches.ts';
import { createMergePreviews } from '../../main/adapters/git/merge-preview.ts';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Branches, MergePreviews, Review } from '../../main/features/approvals/ports.ts';
import { selectApprovals } from '../../main/features/approvals/index.ts';
import { openHub } from '../../main/hub/hub.ts';
import { mortalClock } from '../harness/clock.ts';
import { seededRandom, spoilt } from '../harness/hub.ts';
import { memoryStore, type MemoryTables, newTables } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { waitFor } from '../harness/wait.ts';

let repository: TestRepository;
let branches: Branches;
let previews: MergePreviews;
let review: Review;
const ran: string[] = [];

beforeEach(async () => {
  repository = await makeRepository({ 'a.txt': 'a\n', 'long.txt': lines('x') });
  const real = createGit({ clock: systemClock, env: repository.env });
  const git: Git = {
    ...real,
    run(ask) {
      ran.push(ask.args[0] ?? '');
      return real.run(ask);
    },
  };
  const context = { git, repository };
  branches = createBranches(context, silentLogger);
  previews = createMergePreviews(context);
  review = createReview(context);
  ran.length = 0;
});
afterEach(() => repository.dispose());

/** Twenty lines; the first and the last can be told apart. */
function lines(first: string, last = 'x'): string {
  return [first, ...Array.from({ length: 18 }, (_, at) => `line ${at}`), last, ''].join('\n');
}

const agent = 'agent/a';
async function look(commit: string, known = commit) {
  const ask = { approval: 'a-1', branch: agent, commit, target: 'main', known };
  const [facts] = await branches.look([ask]);
  return facts;
}

it('a branch says whether it has the commit, and how many lie on top that the target has not', async () => {
  const commit = await repository.commitOn(agent, { 'b.txt': 'b\n' }, 'main');
  // Neither a name that begins the same nor one below it is taken for it.
  await repository.git(['branch', 'agent/ab']);
  ran.length = 0;
  expect(await look(commit)).toBeUndefined();
  expect(ran).toEqual(['for-each-ref']);
  const second = await repository.commitOn(agent, { 'c.txt': 'c\n' });
  expect(await look(commit)).toMatchObject({ tip: second, holds: true, newer: 1 });
  expect(await look(commit, second)).toBeUndefined();

  await repository.commitOn('main', { 'm.txt': '1\n' }, 'main');
  await repository.commitOn('main', { 'm.txt': '2\n' });
  const folder = `${repository.worktreesFolder}/merged`;
  await repository.git(['worktree', 'add', '-q', folder, agent]);
  await repository.git(['merge', '-q', '--no-edit', 'main'], folder);
  expect(await look(commit)).toMatchObject({ holds: true, newer: 2 });
  await repository.git(['worktree', 'remove', '--force', folder]);
});

it.each([
  ['reset', () => repository.git(['update-ref', `refs/heads/${agent}`, 'main'])],
  [
    'amended, and its commit pruned',
    async () => {
      await repository.git(['update-ref', `refs/heads/${agent}`, 'main']);
      await repository.commitOn(agent, { 'b.txt': 'other\n' });
      await repository.git(['reflog', 'expire', '--expire=now', '--all']);
      await repository.git(['gc', '--quiet', '--prune=now']);
    },
  ],
  ['deleted', () => repository.git(['update-ref', '-d', `refs/heads/${agent}`])],
] as const)('a branch that was %s has it no more', async (how, happen) => {
  const commit = await repository.commitOn(agent, { 'b.txt': 'b\n' }, 'main');
  await happen();
  const facts = await look(commit);
  expect(facts).toMatchObject({ holds: false, newer: 0 });
  expect(facts?.tip === undefined).toBe(how === 'deleted');
});

async function ask(commit: string, part: { only?: boolean } = {}) {
  const own = { agent: 'a', branch: agent, commit, target: 'main', ...part };
  const { pin } = await review.examine(own);
  return async () => previews.preview({ pin });
}

it('a merge is what the diff shows, or says which files are not', async () => {
  await repository.commit('second', { 'second.txt': 's\n' });
  const commit = await repository.commitOn(
    agent,
    { 'a.txt': 'b\n', 'long.txt': lines('first') },
    'main',
  );
  const preview = await ask(commit);
  const plain = { outcome: 'clean', ahead: 0, isForward: true, files: [], fileCount: 0 };
  expect(await preview()).toMatchObject(plain);
  ran.length = 0;
  expect(await preview()).toMatchObject(plain);
  expect(ran).toEqual(['rev-parse']);

  await repository.commitOn('main', { 'other.txt': 'o\n' }, 'main');
  expect(await preview()).toMatchObject({ outcome: 'clean', ahead: 1, isForward: false });
  await repository.commitOn('main', { 'long.txt': lines('x', 'last') });
  expect(await preview()).toMatchObject({ outcome: 'differs', ahead: 2, files: ['long.txt'] });
  await repository.commitOn('main', { 'a.txt': 'c\n' });
  const stuck = { outcome: 'conflicts', ahead: 3, files: ['a.txt'], fileCount: 1 };
  expect(await preview()).toMatchObject(stuck);
  // Back to before the base: what was taken away there would come again, which the diff does not show.
  await repository.git(['update-ref', 'refs/heads/main', 'main~4']);
  const again = { outcome: 'differs', ahead: 0, behind: 1, files: ['second.txt'] };
  expect(await preview()).toMatchObject(again);
});

it('part of a branch is looked at by itself, and may need what comes before it', async () => {
  await repository.commitOn(agent, { 'a.txt': 'first\n' }, 'main');
  const free = await ask(await repository.commitOn(agent, { 'b.txt': 'b\n' }), { only: true });
  const bound = await ask(await repository.commitOn(agent, { 'a.txt': 'third\n' }), { only: true });
  const apart = { isApart: true, isForward: false, behind: 0, ahead: 0 };
  expect(await free()).toMatchObject({ ...apart, outcome: 'clean', fileCount: 0 });
  expect(await bound()).toMatchObject({ ...apart, outcome: 'conflicts', files: ['a.txt'] });
});

it('a file that the target renamed comes out where the diff has none', async () => {
  const commit = await repository.commitOn(agent, { 'long.txt': lines('first') }, 'main');
  const preview = await ask(commit);
  await repository.commitOn('main', { 'long.txt': null, 'moved.txt': lines('x') }, 'main');
  expect(await preview()).toMatchObject({
    outcome: 'differs',
    files: ['long.txt', 'moved.txt'],
  });
});

it('what the target has already is empty, or merged', async () => {
  const commit = await repository.commitOn(agent, { 'a.txt': 'b\n' }, 'main');
  const preview = await ask(commit);
  await repository.commitOn('main', { 'a.txt': 'b\n', 'more.txt': 'm\n' }, 'main');
  expect(await preview()).toMatchObject({ outcome: 'empty', ahead: 1 });
  await repository.git(['update-ref', 'refs/heads/main', commit]);
  expect(await preview()).toMatchObject({ outcome: 'merged', ahead: 1 });
  await repository.git(['checkout', '-q', '--detach']);
  await repository.git(['update-ref', '-d', 'refs/heads/main']);
  await expect(preview()).rejects.toMatchObject({ wire: { code: 'TARGET_UNKNOWN' } });
});

/** Ten programs start for what a hub learns here, on a machine that does other things as well. */
const patient = { timeoutMs: 30_000 };

/** The real hub over what a former one left. */
async function begin(tables: MemoryTables) {
  const clock = mortalClock();
  const store = spoilt(memoryStore(() => systemClock.now(), tables));
  const { features } = world({ review, branches });
  const random = seededRandom(tables.events.length + 1);
  const hub = await openHub({ features, store, clock, random, log: silentLogger });
  await hub.start();
  const states = () =>
    Object.fromEntries(
      selectApprovals(hub.state())
        .byId.values()
        .map(({ agent: id, state, newer }) => [id, newer ? `${state} +${newer.count}` : state]),
    );
  return {
    ...{ hub, states },
    crash: () => {
      store.crash();
      clock.die();
    },
    until: (expected: object) =>
      waitFor(
        'the states of the requests',
        () => {
          const now = JSON.stringify(states());
          return now === JSON.stringify(expected) ? {} : now;
        },
        patient,
      ),
  };
}

it('a hub follows its requests while it runs, and catches up after a crash', async () => {
  const { git } = repository;
  await git(['checkout', '-q', '-b', 'operator']);
  await repository.commitOn('work', { 'work.txt': 'x\n' }, 'main');
  const make = async (name: string, parent: string) => {
    const commit = await git(['commit-tree', 'work^{tree}', '-p', parent, '-m', name]);
    await git(['update-ref', `refs/heads/agent/${name}`, commit]);
    return commit;
  };
  const remove = (name: string) => git(['update-ref', '-d', `refs/heads/agent/${name}`]);
  const tables = newTables();
  const first = await begin(tables);
  const sayTo = (hub: typeof first.hub) => (type: string, data: object, agent?: string) =>
    hub.dispatch({ type, data }, agent === undefined ? 'operator' : `agent:${agent}`);
  const say = sayTo(first.hub);
  for (const name of ['reset', 'deleted', 'ahead', 'queued']) {
    await say('agent.add', { name });
    const commit = await make(name, 'main');
    const { result } = await say('approval.request', { commit }, name);
    if (name !== 'queued') continue;
    await say('queue.hold', {});
    await say('approval.approve', { ...(result as object), commit });
  }
  await git(['update-ref', 'refs/heads/agent/reset', 'main']);
  await make('ahead', 'agent/ahead');
  const reset = 'withdrawn';
  await first.until({ reset, deleted: 'pending', ahead: 'pending +1', queued: 'approved' });
  first.crash();

  await Promise.all([remove('deleted'), remove('queued')]);
  await make('ahead', 'agent/ahead');
  const second = await begin(tables);
  const after = { reset, deleted: 'withdrawn', ahead: 'pending +2' };
  await second.until({ ...after, queued: 'approved' });
  // A yes was for exactly its commit, wherever the branch is by now.
  await sayTo(second.hub)('queue.release', {});
  await second.until({ ...after, queued: 'merged' });
  expect(await git(['show', 'main:work.txt'])).toBe('x');
  await second.hub.stop();
  await first.hub.stop().catch(() => undefined);
}, 120_000);
