// Fifty worktrees of a repository of 20,000 files: how soon a write that collides is told, beside the bare watcher's event for
// the same write; a minute in which nothing changes; and 20,000 files written at once in a tree that collides in one of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { waitFor } from '../harness/wait.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { fileAt, files, nameOf, type Watched, watchTrees } from './conflicts-fixture.ts';
import { at } from './load.ts';
import { canMeasure, sleepMs } from './processes.ts';
import { longestStall, longestTurn } from './stall.ts';

const count = 50;
/** For each pair of neighbours. */
const rounds = 8;
const idleMs = 60_000;
const patience = { timeoutMs: 180_000 };
const limits = { seenMs: 400, burstMs: 3_000, stallMs: 50, corePercent: 1 };

export const bench: Bench = {
  name: 'conflicts',
  async run() {
    if (!canMeasure) return [];
    const watched = await watchTrees(count);
    try {
      await waitFor('all to be read', () => watched.states.size === count, patience);
      await quiet(watched);
      console.log(`load ${loadavg()[0]?.toFixed(1)}`);
      return [...(await latency(watched)), ...(await idle(watched)), ...(await burst(watched))];
    } finally {
      console.log(`load ${loadavg()[0]?.toFixed(1)}`);
      await watched.dispose();
    }
  },
};

/** Nothing that was begun is left to do. */
async function quiet({ runs }: Watched): Promise<void> {
  for (let before = -1; before !== runs.count; ) {
    before = runs.count;
    await sleepMs(1_500);
  }
}

/** One of two neighbours has changed the file long before: the other's write is measured. */
async function latency(watched: Watched): Promise<BenchNumber[]> {
  const { roots, states } = watched;
  const writes = Array.from({ length: (count / 2) * rounds }, (_, n) => {
    const tree = (n % (count / 2)) * 2;
    return { tree, name: fileAt((n * 97) % files) };
  });
  for (const { tree, name } of writes) await writeFile(placeOf(roots, tree + 1, name), 'theirs\n');
  await waitFor('the neighbours', () => allHave(states, roots), patience);
  await quiet(watched);
  const raw: number[] = [];
  const ours: number[] = [];
  for (const { tree, name } of writes) {
    const file = placeOf(roots, tree, name);
    const told = Promise.withResolvers<number>();
    const seen = Promise.withResolvers<number>();
    const watcher = watch(dirname(file), () => told.resolve(performance.now()));
    watched.onSeen = (collision) => {
      const isIt = collision.files.some(({ path }) => path === name);
      if (isIt && collision.agents.includes(nameOf(tree))) seen.resolve(performance.now());
    };
    const beganMs = performance.now();
    await writeFile(file, 'ours\n');
    raw.push((await told.promise) - beganMs);
    ours.push((await seen.promise) - beganMs);
    watcher.close();
  }
  raw.sort((a, b) => a - b);
  ours.sort((a, b) => a - b);
  return [
    { name: 'conflicts.raw.p95', value: at(raw, 0.95), unit: 'ms' },
    { name: 'conflicts.seen.p50', value: at(ours, 0.5), unit: 'ms' },
    row('conflicts.seen.p95', at(ours, 0.95), limits.seenMs, 'ms'),
  ];
}

function placeOf(roots: readonly string[], tree: number, name: string): string {
  return join(roots[tree] ?? '', name);
}

function allHave(states: Watched['states'], roots: readonly string[]): boolean {
  const has = (root: string) => states.get(root)?.changes.size === rounds;
  return roots.every((root, n) => n % 2 === 0 || has(root));
}

async function idle(watched: Watched): Promise<BenchNumber[]> {
  await quiet(watched);
  const before = { runs: watched.runs.count, cpu: process.cpuUsage(), ms: performance.now() };
  await sleepMs(idleMs);
  const { user, system } = process.cpuUsage(before.cpu);
  const percent = (user + system) / 10 / (performance.now() - before.ms);
  return [
    { name: 'conflicts.idle.git', value: watched.runs.count - before.runs, unit: 'a minute' },
    row('conflicts.idle.cpu', percent, limits.corePercent, '% of a core'),
  ];
}

/** In the last tree but one, by a process of its own. */
async function burst(watched: Watched): Promise<BenchNumber[]> {
  const { roots, runs } = watched;
  const root = roots[count - 2] ?? '';
  const before = runs.count;
  const beganMs = performance.now();
  let writtenMs = 0;
  const seen = Promise.withResolvers<void>();
  let turn = 0;
  const stall = await longestStall(async () => {
    turn = await longestTurn(async () => {
      await writeAll(root);
      writtenMs = performance.now() - beganMs;
      watched.onSeen = ({ agents, fileCount }) => {
        if (agents.includes(nameOf(count - 2)) && fileCount >= rounds) seen.resolve();
      };
      await seen.promise;
    });
  });
  const told = performance.now() - beganMs;
  await quiet(watched);
  const addMs = await plainAdd(root);
  console.log(
    `burst: written in ${Math.round(writtenMs)} ms, git run ${runs.count - before} times`,
  );
  return [
    row('conflicts.burst', told, limits.burstMs, 'ms'),
    row('conflicts.burst.per_add', told - writtenMs, addMs, 'ms'),
    row('conflicts.burst.stall', turn, limits.stallMs, 'ms'),
    { name: 'conflicts.burst.stall.wall', value: stall, unit: 'ms' },
  ];
}

/** What bare git takes for the same files, on the same disk under the same load: they are read and written once. */
async function plainAdd(cwd: string): Promise<number> {
  const beganMs = performance.now();
  const [code] = await once(spawn('git', ['add', '-A'], { cwd, stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error(`git add ended with ${code}`);
  return performance.now() - beganMs;
}

async function writeAll(cwd: string): Promise<void> {
  const script = `const { appendFileSync } = require('node:fs');
    const names = ${JSON.stringify(Array.from({ length: files }, (_, n) => fileAt(n)))};
    for (const name of names) appendFileSync(name, '// more\\n');`;
  const child = spawn(process.execPath, ['-'], { cwd, stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.end(script);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the files were not written: ${code}`);
}

const row = (...[name, value, limit, unit]: [string, number, number, string]) => ({
  ...{ name, value, limit, unit },
  ratio: value / limit,
});
