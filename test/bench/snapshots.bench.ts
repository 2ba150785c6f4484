// What keeping costs in a worktree of 20,000 files, beside `git status` (what any look costs) and `git add -A && git write-tree` by hand on
// the same files in the same run; and the list of fifty worktrees beside `git worktree list`, the size of one beside `du`. How long each holds up the loop.
import { execFile } from 'node:child_process';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createSnapshots } from '../../main/adapters/git/snapshots.ts';
import { createUpkeep } from '../../main/adapters/git/upkeep.ts';
import { systemClock } from '../../main/base/clock.ts';
import { listWorktrees } from '../../main/features/worktrees/upkeep/list.ts';
import { Table } from '../../preload/contract/table.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';
import { longestTurn } from './stall.ts';
import { fileAt, filesInFolder, folders, makeTrees, type TreesFixture } from './trees-fixture.ts';

const run = promisify(execFile);
const trees = 50;
const rounds = 3;
const amounts = [10, 1_000, folders * filesInFolder];
const limits = { stallMs: 50 };

export const bench: Bench = {
  name: 'snapshots',
  async run() {
    // The list reads no files of agents’ trees: two have any.
    const fixture = await makeTrees(trees, 2);
    try {
      console.log(`load ${loadavg()[0]?.toFixed(1)}`);
      const rows: BenchNumber[] = [];
      for (const amount of amounts) rows.push(...(await keeping(fixture, amount)));
      return [...rows, ...(await listing(fixture))];
    } finally {
      await fixture.dispose();
    }
  },
};

async function open({ env, roots }: TreesFixture, runs = { count: 0 }) {
  const own = createGit({ clock: systemClock, env });
  const git: Git = {
    ...own,
    run(ask) {
      runs.count += 1;
      return own.run(ask);
    },
  };
  const root = join(dirname(dirname(roots[0] ?? '')), 'repo');
  return { git, repository: await openRepository(git, root) };
}

/** Each round changes so many files anew, and keeps them by both: the second finds blobs that the first has written, so they take turns. */
async function keeping(fixture: TreesFixture, amount: number): Promise<BenchNumber[]> {
  const { env, roots } = fixture;
  const [ours = '', byHand = ''] = roots;
  const runs = { count: 0 };
  const snapshots = createSnapshots(await open(fixture, runs));
  let most = 0;
  const times = { ours: [] as number[], byHand: [] as number[], status: [] as number[] };
  let stallMs = 0;
  for (let round = 0; round < rounds; round++) {
    await change(ours, amount, `ours ${round}`);
    await change(byHand, amount, `hand ${round}`);
    const keep = async () => {
      const before = runs.count;
      const stall = await longestTurn(() =>
        snapshots.take({ agent: 'a0', worktreePath: ours, why: 'timer' }),
      );
      stallMs = Math.max(stallMs, stall);
      most = Math.max(most, runs.count - before);
    };
    times.status.push(await time(() => run('git', ['status', '--porcelain'], quiet(ours, env))));
    times.ours.push(await time(keep));
    times.byHand.push(await time(() => addByHand(byHand, env)));
  }
  const [oursMs, handMs, statusMs] = [times.ours, times.byHand, times.status].map(median);
  const name = `snapshots.of${amount}`;
  return [
    row(name, oursMs ?? Number.NaN, handMs ?? Number.NaN),
    { name: `${name}.git`, value: most, unit: 'processes' },
    { name: `${name}.status`, value: statusMs ?? Number.NaN, unit: 'ms' },
    row(`${name}.stall`, stallMs, limits.stallMs),
  ];
}

async function change(root: string, amount: number, text: string): Promise<void> {
  for (let index = 0; index < amount; index++) {
    const name = fileAt(index % folders, Math.floor(index / folders));
    await writeFile(join(root, name), `${text} ${index}\n`.repeat(10));
  }
}

/** With an index of its own, as whoever would not touch the agent's. */
async function addByHand(root: string, env: TreesFixture['env']): Promise<void> {
  const index = `${root}.index`;
  const { stdout } = await run('git', ['rev-parse', '--git-path', 'index'], { cwd: root, env });
  await copyFile(stdout.trim(), index);
  const own = quiet(root, { ...env, GIT_INDEX_FILE: index });
  await run('git', ['add', '-A'], own);
  await run('git', ['write-tree'], own);
  await rm(index);
}

async function listing(fixture: TreesFixture): Promise<BenchNumber[]> {
  const context = await open(fixture);
  const ports = {
    upkeep: createUpkeep(context),
    worktrees: { defaultBase: async () => 'main' },
  };
  // As in the app: of agents' trees the watch knows what changed.
  const agents = fixture.roots.map((worktreePath, index) => ({
    ...{ id: `a${index}`, state: 'running', worktreePath, branch: `agent/a${index}` },
  }));
  const records = fixture.roots.map((path) => ({ path, changeCount: 0 }));
  const ctx = {
    hub: { agents: { byId: Table.of(agents.map((one) => [one.id, one] as const)) } },
    live: () => new Map(records.map((one, index) => [`a${index}`, one])),
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof listWorktrees>[2];
  const rows: BenchNumber[] = [];
  const gitMs = await medianOf(() =>
    run('git', ['worktree', 'list', '--porcelain'], quiet(context.repository.root, fixture.env)),
  );
  let listStallMs = 0;
  const oursMs = await medianOf(async () => {
    const list = async () => {
      const found = await listWorktrees(ports, { sizes: false }, ctx);
      if (!found.ok || found.value.worktrees.length !== trees + 1) throw new Error('not all');
    };
    listStallMs = Math.max(listStallMs, await longestTurn(list));
  });
  const duMs = await medianOf(() => run('du', ['-s', fixture.roots[0] ?? '']));
  let sizeStallMs = 0;
  const sizeMs = await medianOf(async () => {
    const size = () => ports.upkeep.size(fixture.roots[0] ?? '');
    sizeStallMs = Math.max(sizeStallMs, await longestTurn(size));
  });
  rows.push(
    row('snapshots.list', oursMs, gitMs),
    row('snapshots.list.stall', listStallMs, limits.stallMs),
    row('snapshots.size', sizeMs, duMs),
    row('snapshots.size.stall', sizeStallMs, limits.stallMs),
  );
  return rows;
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await time(work));
  return median(times);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}

const quiet = (cwd: string, env: TreesFixture['env']) => ({
  ...{ cwd, env: { ...env, GIT_OPTIONAL_LOCKS: '0' }, maxBuffer: 1 << 28 },
});

const row = (name: string, value: number, limit: number): BenchNumber => ({
  ...{ name, value, limit, unit: 'ms' },
  ratio: value / limit,
});
