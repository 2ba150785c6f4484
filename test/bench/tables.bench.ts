// What an event costs as there is more: through the real hub, SQLite and one page, with 100, 1,000 and 10,000 rows in a
// slice; and what a delta between two frames costs the page. A frame is over after 100 events of 100 rows, whatever the
// size, and the log has 100 topics: left to the clock, a frame of 800 events would be a delta of 100 rows with the one and of 800 with the other.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
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
import { frameMs } from '../../main/hub/records-feed.ts';
import { toyFeature } from '../harness/hub-toy.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const sizes = [100, 1_000, 10_000] as const;
const rounds = 7;
const events = 10_000;
const perTurn = 20;
const perFrame = 100;

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
      ...rowsOf('map', (size) => median(Array.from({ length: rounds }, () => mapMs(size)))),
    ];
  },
};

/** A row of an ordinary Map, changed in place: what more rows cost whoever keeps them. */
function mapMs(size: number): number {
  const map = new Map<string, object>();
  const changes = 200_000;
  const startedMs = performance.now();
  for (let n = 0; n < changes; n++) map.set(`row-${(n * 7919) % size}`, { total: n });
  return (performance.now() - startedMs) / changes;
}

/** Each size beside the smallest: the ratio says what more rows cost. */
function rowsOf(name: string, cost: (size: number) => number): BenchNumber[] {
  const limit = cost(sizes[0]) * 1_000;
  return sizes.map((size) => {
    const value = cost(size) * 1_000;
    return { name: `tables.${name}.${size}`, value, unit: 'µs', limit, ratio: value / limit };
  });
}

/** As few whatever there is: what an index of 10,000 topics costs is SQLite's. */
function topicOf({ seq }: EventEnvelope): string[] {
  return [`toy/${seq % 100}`];
}

/** The one frame that waits, ended by hand. */
function framesByHand() {
  let frame: (() => void) | undefined;
  return {
    schedule(fn: () => void, delayMs: number): () => void {
      if (delayMs !== frameMs) return systemClock.schedule(fn, delayMs);
      frame = fn;
      return () => {
        frame = undefined;
      };
    },
    end(): void {
      const ended = frame;
      frame = undefined;
      ended?.();
    },
  };
}

async function measure(size: number): Promise<Cost> {
  const frames = framesByHand();
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: Date.now });
  const hub = await openHub({
    features: [{ ...toyFeature(), topics: topicOf }],
    store,
    clock: { ...systemClock, schedule: frames.schedule },
    random: Math.random,
    log: silentLogger,
  });
  try {
    await hub.start();
    // The log is as long for each size: its index is another cost than the rows.
    await add(hub, Math.max(...sizes), (n) => `row-${n % size}`);
    return await change(hub, size, frames.end);
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function change(hub: Hub, size: number, endFrame: () => void): Promise<Cost> {
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
  for (let frame = 0; frame < events / perFrame; frame++) {
    await add(hub, perFrame, (n) => `row-${((frame * perFrame + n) * 7919) % size}`);
    endFrame();
  }
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
