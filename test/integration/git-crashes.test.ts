import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import { photograph } from '../harness/photograph.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { rounds } from '../harness/rounds.ts';

const ask = { agent: 'ada', branch: 'agent/ada', base: 'main' };

/** Dies before its call number `last`: that one and all after it fail, so nothing is cleaned up by git either. */
function mortal(git: Git, last: number): Git & { calls(): number } {
  let calls = 0;
  return {
    ...git,
    calls: () => calls,
    async run(asked) {
      calls++;
      if (calls >= last) throw new Error('killed');
      return git.run(asked);
    },
  };
}

interface World {
  readonly repository: TestRepository;
  readonly git: Git;
}

interface Scenario {
  prepare(world: World): Promise<unknown>;
  work(world: World): Promise<unknown>;
  check(world: World): Promise<unknown>;
}

async function inWorld<T>(scenario: Scenario, use: (world: World) => Promise<T>): Promise<T> {
  const repository = await makeRepository({ 'readme.md': 'hello\n', 'gone.txt': 'gone\n' });
  try {
    const world = { repository, git: createGit({ clock: systemClock, env: repository.env }) };
    await scenario.prepare(world);
    return await use(world);
  } finally {
    await repository.dispose();
  }
}

async function countCalls(scenario: Scenario): Promise<number> {
  return inWorld(scenario, async (world) => {
    const counting = mortal(world.git, Number.POSITIVE_INFINITY);
    await scenario.work({ ...world, git: counting });
    await scenario.check(world);
    return counting.calls();
  });
}

async function crashAt(scenario: Scenario, call: number): Promise<void> {
  await inWorld(scenario, async (world) => {
    await expect(scenario.work({ ...world, git: mortal(world.git, call) })).rejects.toThrow();
    await scenario.work(world);
    await scenario.check(world);
  });
}

/** Before some calls, from the first to the last; before each one at length. */
function spread(calls: number): number[] {
  const count = Math.min(calls, rounds(2, calls));
  return Array.from({ length: count }, (_, at) => 1 + Math.round((at * (calls - 1)) / (count - 1)));
}

/** A few at a time, as each has a repository of its own. */
async function crashEverywhere(scenario: Scenario): Promise<void> {
  const calls = await countCalls(scenario);
  expect(calls).toBeGreaterThan(10);
  const waiting = spread(calls);
  const work = async () => {
    for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) {
      await crashAt(scenario, call);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

async function worktreesOf({ repository, git }: World) {
  return createWorktrees({ git, repository });
}

function place({ repository }: World): string {
  return join(repository.worktreesFolder, 'ada');
}

const files = { 'readme.md': 'mine\n', 'new.txt': 'new\n', 'gone.txt': null, 'deep/x.txt': 'x\n' };
const kept = { 'readme.md': '- mine\n', 'new.txt': '- new\n', 'deep/x.txt': '- x\n' };

const longMs = 240_000;

it(
  'making a worktree ends well wherever it was killed before',
  async () => {
    await crashEverywhere({
      prepare: async () => {},
      work: async (world) => (await worktreesOf(world)).provision(ask),
      async check(world) {
        const status = await world.repository.git(
          ['status', '--porcelain', '--branch'],
          place(world),
        );
        expect(status).toBe('## agent/ada');
      },
    });
  },
  longMs,
);

it(
  'retiring a worktree keeps all of it wherever it was killed before',
  async () => {
    await crashEverywhere({
      async prepare(world) {
        await (await worktreesOf(world)).provision(ask);
        await world.repository.write(files, place(world));
        await world.repository.git(['add', 'new.txt'], place(world));
      },
      work: async (world) =>
        (await worktreesOf(world)).retire({ agent: 'ada', worktreePath: place(world) }),
      async check(world) {
        expect(await readdir(world.repository.worktreesFolder)).not.toContain('ada');
        const worktrees = await worktreesOf(world);
        const { snapshotRef } = await worktrees.retire({
          agent: 'ada',
          worktreePath: place(world),
        });
        await worktrees.provision({ ...ask, snapshotRef: snapshotRef ?? 'none' });
        expect(await photograph(place(world))).toEqual(kept);
      },
    });
  },
  longMs,
);

it(
  'reviving a worktree brings all of it back wherever it was killed before',
  async () => {
    const refs = new Map<string, string>();
    await crashEverywhere({
      async prepare(world) {
        const worktrees = await worktreesOf(world);
        await worktrees.provision(ask);
        await world.repository.write(files, place(world));
        const { snapshotRef } = await worktrees.retire({
          agent: 'ada',
          worktreePath: place(world),
        });
        refs.set(world.repository.root, snapshotRef ?? 'none');
      },
      async work(world) {
        const snapshotRef = refs.get(world.repository.root) ?? 'none';
        await (await worktreesOf(world)).provision({ ...ask, snapshotRef });
      },
      check: async (world) => expect(await photograph(place(world))).toEqual(kept),
    });
  },
  longMs,
);

it(
  'merging part of a branch is done once, wherever it was killed before',
  async () => {
    await crashEverywhere({
      async prepare({ repository }) {
        await repository.git(['checkout', '-q', '-b', 'work']);
        for (const name of ['1', '2', '3'])
          await repository.commit(name, { [`${name}.txt`]: `${name}\n` });
        await repository.git(['checkout', '-q', 'main']);
        await repository.commit('meanwhile', { 'b.txt': 'b\n', 'gone.txt': null });
      },
      async work({ repository, git }) {
        const context = { git, repository };
        const names = ['work', 'work~2', 'work~3', 'work^{tree}'];
        const ids = (await repository.git(['rev-parse', ...names])).split('\n');
        const [commit = '', base = '', fork = '', tree = ''] = ids;
        const pin = { commit, base, fork, tree, target: 'main', diffHash: '' };
        const rest = { approval: 'ap-1', title: 'Part', agent: 'a', updateCheckout: true };
        return createReview(context).merge({ pin, strategy: 'rebase', ...rest });
      },
      async check({ repository }) {
        expect(await repository.git(['status', '--porcelain'])).toBe('');
        expect(await repository.git(['ls-files'])).toBe('2.txt\n3.txt\nb.txt\nreadme.md');
        expect(await repository.git(['rev-list', '--count', 'main'])).toBe('4');
      },
    });
  },
  longMs,
);

it.each([
  ['merge', 1],
  ['squash', 0],
] as const)(
  'merging by %s moves branch and checkout together, once, wherever it was killed before',
  async (strategy, merges) => {
    await crashEverywhere({
      async prepare({ repository }) {
        await repository.commitOn('work', { 'a.txt': 'a\n', 'gone.txt': null });
        await repository.commit('meanwhile', { 'b.txt': 'b\n' });
      },
      async work({ repository, git }) {
        const review = createReview({
          git,
          repository,
        });
        const commit = await repository.git(['rev-parse', 'work']);
        const tree = await repository.git(['rev-parse', 'work^{tree}']);
        const base = await repository.git(['rev-parse', 'work^']);
        const pin = { commit, tree, base, target: 'main', diffHash: '' };
        const rest = { approval: 'ap-1', title: 'Add work', agent: 'a', updateCheckout: true };
        return review.merge({ pin, strategy, ...rest });
      },
      async check({ repository }) {
        expect(await repository.git(['status', '--porcelain'])).toBe('');
        expect(await repository.git(['ls-files'])).toBe('a.txt\nb.txt\nreadme.md');
        const count = async (...flags: string[]) =>
          Number(await repository.git(['rev-list', '--count', '--first-parent', ...flags, 'main']));
        expect([await count('--merges'), await count()]).toEqual([merges, 3]);
      },
    });
  },
  longMs,
);
