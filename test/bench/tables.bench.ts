// What an event costs as there is more: through the real hub, SQLite and one page, with 100, 1,000 and 10,000 rows in a
// slice; and what a delta between two frames costs the hub and the page.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyDelta,
  fromSnapshot,
  joinParts,
  type Mirror,
  type Snapshot,
} from '../../preload/contract/sync.ts';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import { toyFeature } from '../harness/hub-toy.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const sizes = [100, 1_000, 10_000] as const;
const rounds = 5;
const events = 4_000;
const perTurn = 20;

interface Cost {
  readonly eventMs: number;
  readonly deltaMs: number;
}

export const bench: Bench = {
  name: 'tables',
  async run() {
    const costs = new Map<number, Cost[]>(sizes.map((size) => [size, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const size of sizes) {
        const cost = await measure(size);
        // The first round warms.
        if (round > 0) costs.get(size)?.push(cost);
      }
    }
    const of = (size: number, what: keyof Cost) =>
      median((costs.get(size) ?? []).map((cost) => cost[what]));
    return [
      ...rowsOf('event', (size) => of(size, 'eventMs')),
      ...rowsOf('delta', (size) => of(size, 'deltaMs')),
    ];
  },
};

/** Each size beside the smallest: the ratio says what more rows cost. */
function rowsOf(name: string, cost: (size: number) => number): BenchNumber[] {
  const limit = cost(sizes[0]) * 1_000;
  return sizes.map((size) => {
    const value = cost(size) * 1_000;
    return { name: `tables.${name}.${size}`, value, unit: 'µs', limit, ratio: value / limit };
  });
}

async function measure(size: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: Date.now });
  const hub = await openHub({
    features: [toyFeature()],
    store,
    clock: systemClock,
    random: Math.random,
    log: silentLogger,
  });
  try {
    await hub.start();
    // The log is as long for each size: its index is another cost than the rows.
    await add(hub, Math.max(...sizes), (n) => `row-${n % size}`);
    return await change(hub, size);
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function change(hub: Hub, size: number): Promise<Cost> {
  let mirror: Mirror | undefined;
  let deltaMs = 0;
  let deltas = 0;
  const parts: Snapshot[] = [];
  const opened = Promise.withResolvers<void>();
  const page = hub.openRecords(0, {
    onSnapshot(part) {
      parts.push(part);
      if (part.more) return;
      mirror = fromSnapshot(joinParts(parts));
      opened.resolve();
    },
    onLive: () => undefined,
    onDelta(delta) {
      const startedMs = performance.now();
      mirror = mirror && applyDelta(mirror, delta);
      deltaMs += performance.now() - startedMs;
      deltas += Object.keys(delta.put).length;
    },
    pendingBytes: () => 0,
  });
  // The first picture of all rows is the cost of opening a page, not of an event.
  await opened.promise;
  const startedMs = performance.now();
  await add(hub, events, (n) => `row-${(n * 7919) % size}`);
  const eventMs = (performance.now() - startedMs) / events;
  page.close();
  return { eventMs, deltaMs: deltaMs / Math.max(1, deltas) };
}

async function add(hub: Hub, count: number, nameOf: (n: number) => string): Promise<void> {
  for (let done = 0; done < count; done += perTurn) {
    await Promise.all(
      Array.from({ length: Math.min(perTurn, count - done) }, (_, n) =>
        hub.dispatch({ type: 'toy.add', data: { name: nameOf(done + n) } }, 'operator'),
      ),
    );
  }
}
