// Fifty worktrees of a repository of 20,000 files are followed: what that costs to start and to hold, how soon a write is in the live
// record beside the bare watcher's event for the same write, a minute in which nothing changes, and 20,000 files written at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { createGit } from '../../main/adapters/git/run.ts';
import { createTrees } from '../../main/adapters/trees/trees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { TreeState } from '../../main/features/worktrees/ports.ts';
import { recordOf } from '../../main/features/worktrees/record.ts';
import { waitFor } from '../harness/wait.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { canMeasure, residentMb, sleepMs } from './processes.ts';
import { longestStall, longestTurn } from './stall.ts';
import { fileAt, filesInFolder, folders, makeTrees, type TreesFixture } from './trees-fixture.ts';

const count = 50;
const writes = 200;
const idleMs = 60_000;
const files = folders * filesInFolder;
const patience = { timeoutMs: 120_000 };
const limits = {
  startMs: 30_000,
  memoryMb: 200,
  recordMs: 400,
  burstMs: 3_000,
  stallMs: 50,
  corePercent: 1,
};

interface Seen {
  state?: TreeState;
  told: number;
  onState: (state: TreeState) => void;
}

interface Followed {
  readonly fixture: TreesFixture;
  readonly seen: readonly Seen[];
  readonly runs: { count: number };
}

const ends: Array<() => unknown> = [];

export const bench: Bench = {
  name: 'trees',
  async run() {
    if (!canMeasure) return [];
    const fixture = await makeTrees(count);
    try {
      console.log(`load ${loadavg()[0]?.toFixed(1)}`);
      const rows: BenchNumber[] = [];
      const followed = await start(fixture, rows);
      rows.push(
        ...(await latency(followed)),
        ...(await idle(followed)),
        ...(await burst(followed)),
      );
      console.log(`load ${loadavg()[0]?.toFixed(1)}`);
      return rows;
    } finally {
      for (const end of ends.splice(0)) end();
      await fixture.dispose();
    }
  },
};

async function start(fixture: TreesFixture, rows: BenchNumber[]): Promise<Followed> {
  const runs = { count: 0 };
  const git = createGit({ clock: systemClock, env: fixture.env });
  const trees = createTrees({
    ...git,
    run(ask) {
      runs.count++;
      return git.run(ask);
    },
  });
  globalThis.gc?.();
  const before = await residentMb([process.pid]);
  const seen: Seen[] = fixture.roots.map(() => ({ told: 0, onState: () => undefined }));
  const beganMs = performance.now();
  const stall = await both(async () => {
    for (const [index, root] of fixture.roots.entries())
      ends.push(trees.follow(root, listenerOf(seen[index])));
    await waitFor('all to be told', () => seen.every(({ told }) => told >= 1), patience);
  });
  const startMs = performance.now() - beganMs;
  if (seen.some(({ state }) => state?.seenBy !== 'events'))
    throw new Error('not all are seen by events');
  globalThis.gc?.();
  rows.push(
    row('trees.start', startMs, limits.startMs, 'ms'),
    ...stallRows('trees.start', stall),
    row('trees.memory', (await residentMb([process.pid])) - before, limits.memoryMb, 'MB'),
  );
  return { fixture, seen, runs };
}

function listenerOf(one: Seen | undefined) {
  return {
    onState(state: TreeState) {
      if (one === undefined) return;
      one.state = state;
      one.told++;
      one.onState(state);
    },
    onTrouble: console.log,
  };
}

/** Of each write: when the bare watcher of the file's folder told, and when the record had it. */
async function latency({ fixture, seen }: Followed): Promise<BenchNumber[]> {
  const raw: number[] = [];
  const ours: number[] = [];
  for (let index = 0; index < writes; index++) {
    const tree = index % count;
    const root = fixture.roots[tree] ?? '';
    const name = fileAt((index * 7) % folders, index % filesInFolder);
    const file = join(root, name);
    const told = Promise.withResolvers<number>();
    const shown = Promise.withResolvers<number>();
    const watcher = watch(dirname(file), () => told.resolve(performance.now()));
    const one = seen[tree];
    if (one)
      one.onState = (state) => {
        const { changes } = recordOf(root, state);
        if (changes.some(({ path }) => path === name)) shown.resolve(performance.now());
      };
    const beganMs = performance.now();
    await writeFile(file, `${index}\n`);
    raw.push((await told.promise) - beganMs);
    ours.push((await shown.promise) - beganMs);
    watcher.close();
    if (one) one.onState = () => undefined;
  }
  const at = (times: number[], part: number) =>
    times.sort((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
  return [
    { name: 'trees.raw.p95', value: at(raw, 0.95), unit: 'ms' },
    row('trees.record.p50', at(ours, 0.5), at(raw, 0.5), 'ms'),
    row('trees.record.p95', at(ours, 0.95), limits.recordMs, 'ms'),
  ];
}

async function idle({ runs }: Followed): Promise<BenchNumber[]> {
  await sleepMs(2_000);
  const before = { runs: runs.count, cpu: process.cpuUsage(), ms: performance.now() };
  await sleepMs(idleMs);
  const { user, system } = process.cpuUsage(before.cpu);
  const percent = (user + system) / 10 / (performance.now() - before.ms);
  return [
    { name: 'trees.idle.git', value: runs.count - before.runs, unit: 'a minute' },
    row('trees.idle.cpu', percent, limits.corePercent, '% of a core'),
  ];
}

/** All files of one tree, by a process of its own; then one more file of that tree. */
async function burst({ fixture, seen, runs }: Followed): Promise<BenchNumber[]> {
  const [root = ''] = fixture.roots;
  const [one] = seen;
  const before = runs.count;
  const beganMs = performance.now();
  let writtenMs = 0;
  const stall = await both(async () => {
    await writeAll(root);
    writtenMs = performance.now() - beganMs;
    await waitFor('all of them', () => one?.state?.changes.size === files, patience);
  });
  const wholeMs = performance.now() - beganMs;
  console.log(
    `burst: written in ${Math.round(writtenMs)} ms, git run ${runs.count - before} times`,
  );
  await sleepMs(2_000);
  const more = await both(async () => {
    const shown = Promise.withResolvers<void>();
    if (one) one.onState = (state) => recordOf(root, state).changeCount > files && shown.resolve();
    await writeFile(join(root, 'one-more.ts'), '1\n');
    await shown.promise;
  });
  return [
    row('trees.burst', wholeMs, limits.burstMs, 'ms'),
    ...stallRows('trees.burst', stall),
    ...stallRows('trees.burst.more', more),
  ];
}

async function writeAll(root: string): Promise<void> {
  const script = `const { appendFileSync } = require('node:fs');
    for (let folder = 0; folder < ${folders}; folder++)
      for (let file = 0; file < ${filesInFolder}; file++)
        appendFileSync('src/pkg' + (folder % 40) + '/mod' + folder + '/file' + file + '.ts', '// more\\n');`;
  const child = spawn(process.execPath, ['--eval', script], { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the files were not written: ${code}`);
}

/** How long the loop stood still, and how much of that was ours: on a machine that does much else the first is anything. */
async function both(work: () => Promise<unknown>): Promise<{ wallMs: number; ownMs: number }> {
  let ownMs = 0;
  const wallMs = await longestStall(async () => {
    ownMs = await longestTurn(work);
  });
  return { wallMs, ownMs };
}

const stallRows = (name: string, { wallMs, ownMs }: { wallMs: number; ownMs: number }) => [
  row(`${name}.stall`, ownMs, limits.stallMs, 'ms'),
  { name: `${name}.stall.wall`, value: wallMs, unit: 'ms' },
];

const row = (...[name, value, limit, unit]: [string, number, number, string]) => ({
  ...{ name, value, limit, unit },
  ratio: value / limit,
});
