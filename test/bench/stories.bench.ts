// What stories cost as there are more: a transition through the real hub and SQLite with 100 and with 10,000 stories in the state, of the processor's time;
// and a page of the list beside a walk over as many objects. And for how long an import of 10,000 holds the loop, of which most depend on one.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { storiesFeature } from '../../main/features/stories/index.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';
import { longestTurn } from './stall.ts';

const sizes = [100, 10_000] as const;
const rounds = 3;
const moves = 3_000;
const perTurn = 20;
const lists = 30;

const importLimitMs = 300;

interface Cost {
  /** The longest turn of the loop. */
  readonly importMs: number;
  readonly moveUs: number;
  readonly listMs: number;
}

export const bench: Bench = {
  name: 'stories',
  async run() {
    const costs = new Map<number, Cost[]>(sizes.map((size) => [size, []]));
    for (let round = 0; round <= rounds; round++)
      for (const size of sizes) {
        const cost = await measure(size);
        // The first round warms.
        if (round > 0) costs.get(size)?.push(cost);
      }
    const of = (size: number, what: keyof Cost) =>
      median((costs.get(size) ?? []).map((cost) => cost[what]));
    const [few, many] = sizes;
    const walk = await walkMs();
    const move = { value: of(many, 'moveUs'), limit: of(few, 'moveUs') };
    const list = { value: of(many, 'listMs'), limit: walk };
    const imported = { value: of(many, 'importMs'), limit: importLimitMs };
    const rows: BenchNumber[] = [
      {
        ...{ name: 'stories.import', ...imported, unit: 'ms' },
        ratio: imported.value / imported.limit,
      },
      { name: 'stories.move', ...move, unit: 'µs', ratio: move.value / move.limit },
      { name: 'stories.list', ...list, unit: 'ms', ratio: list.value / list.limit },
    ];
    return rows;
  },
};

/** A filter, a sort and a slice of 10,000 plain objects: what a list costs at best. */
async function walkMs(): Promise<number> {
  const all = Array.from({ length: 10_000 }, (_, n) => ({
    n: (n * 7919) % 10_000,
    title: `story ${n}`,
  }));
  const spent = await cpuMs(async () => {
    for (let at = 0; at < lists; at++)
      all
        .filter(({ title }) => title.toLowerCase().includes('story'))
        .sort((a, b) => a.n - b.n)
        .slice(0, 100);
  });
  return spent / lists;
}

async function measure(size: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: Date.now });
  const others = world().features.filter(({ contract }) => contract.name === 'agents');
  const items = Array.from({ length: size }, (_, n) => itemOf(n));
  const storyFiles = { read: async () => ({ items, faults: [], skipped: 0 }) };
  const config = { configs: () => [], onChange: () => () => {} };
  const hub = await openHub({
    features: [...others, storiesFeature({ storyFiles, config })],
    ...{ store, clock: systemClock, random: Math.random, log: silentLogger },
  });
  try {
    await hub.start();
    const importMs = await longestTurn(() =>
      hub.dispatch({ type: 'story.import', data: { paths: ['/x.md'] } }, 'operator'),
    );
    // What an import of thousands leaves to be done beside the loop (the index of words, a snapshot) is no part of a move.
    await go(hub, moves, (n) => moveOf(n, size));
    globalThis.gc?.();
    const moveUs = (await cpuMs(() => go(hub, moves, (n) => moveOf(n, size)))) / (moves / 1_000);
    return { importMs, moveUs, listMs: (await cpuMs(() => list(hub))) / lists };
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of the processor: what else the machine does counts for less than by the clock. */
async function cpuMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Two of three depend on the first, which has thousands of dependents then. */
function itemOf(n: number) {
  const dependsOn = n % 3 === 0 ? [] : ['n0'];
  const fields = { title: `story ${n}`, body: 'text', criteria: ['x'] };
  return { key: `n${n}`, name: `n${n}`, aliases: [], fields, dependsOn, isClosed: false };
}

/** Each story is held and released, then it is the next one's turn. */
function moveOf(n: number, size: number) {
  // A hundred of them, spread over all: what an index of 10,000 topics costs is SQLite's.
  const story = `s-${((Math.floor(n / 2) * 7919) % 100) * (size / 100) + 1}`;
  return { type: n % 2 === 0 ? 'story.hold' : 'story.release', data: { story } };
}

async function list(hub: Hub): Promise<void> {
  const { signal } = new AbortController();
  for (let at = 0; at < lists; at++)
    await hub.query(
      { type: 'story.list', data: { text: 'story', limit: 100 }, signal },
      'operator',
    );
}

/** Whatever is of one story comes in its order: two of a turn are decided one after the other. */
async function go(
  hub: Hub,
  count: number,
  of: (n: number) => { type: string; data: object },
): Promise<void> {
  for (let done = 0; done < count; done += perTurn)
    await Promise.all(
      Array.from({ length: Math.min(perTurn, count - done) }, (_, n) =>
        hub.dispatch(of(done + n), 'operator'),
      ),
    );
}
