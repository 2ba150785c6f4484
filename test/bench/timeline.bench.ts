// Time travel in a log of a million events, with a project's usual mix of them: how soon the state at any place is there, how long the
// loop stands still meanwhile, and what it costs to keep states on the way. What a person waits for is held to half a
// second, a turn of the loop to 20 ms.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { createPast } from '../../main/adapters/sqlite/past-thread.ts';
import { waypointsFileOf } from '../../main/adapters/sqlite/waypoints-file.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import type { PastState } from '../../preload/contract/timeline.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { writeLong } from './long-log.ts';
import { medianStall } from './stall.ts';

const count = 1_000_000;
const places = 50;
const atMs = 500;
const stallMs = 20;
/** A person who drags the scrubber: so many events on, or back. */
const scrub = 100;

const entry = new URL('../../main/compose/past-worker.ts', import.meta.url);

export const bench: Bench = {
  name: 'timeline',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'musher-timeline-'));
    try {
      return await measure(join(folder, 'log.sqlite'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(file: string): Promise<BenchNumber[]> {
  const store = await openLogStore(file, { now: systemClock.now });
  await writeLong(store, count);
  const past = createPast({ file, entry, log: silentLogger });
  const { features } = world({ past });
  const hub = await openHub({
    ...{ features, store, clock: systemClock, random: Math.random, log: silentLogger },
  });
  // As somebody who waits would have it: nothing is kept yet, and all of it is folded on the way to the end.
  const makingMs = await msOf(() => look(hub, count));
  const rows: BenchNumber[] = [
    { name: 'timeline.made', value: (count * 1_000) / makingMs, unit: '1/s' },
  ];
  const { size } = await stat(waypointsFileOf(file));
  const wal = await stat(`${waypointsFileOf(file)}-wal`).catch(() => ({ size: 0 }));
  const kept = (size + wal.size) / 1024 / 1024;
  const log = (await stat(file)).size / 1024 / 1024;
  rows.push({ name: 'timeline.kept', value: kept, unit: 'MiB', limit: log, ratio: kept / log });
  // Anywhere, and the same places each time.
  const seqs = Array.from({ length: places }, (_, n) => 1 + ((n * 7_919_317 + 104_729) % count));
  const each: number[] = [];
  for (const seq of seqs) each.push(await msOf(() => look(hub, seq)));
  each.sort((a, b) => a - b);
  const limited = (name: string, value: number) =>
    rows.push({ name, value, unit: 'ms', limit: atMs, ratio: value / atMs });
  limited('timeline.at.worst', each.at(-1) ?? 0);
  limited('timeline.at.p50', each[Math.floor(each.length / 2)] ?? 0);
  const middle = count / 2 + 4_321;
  await look(hub, middle);
  limited('timeline.on', await msOf(() => look(hub, middle + scrub)));
  limited('timeline.back', await msOf(() => look(hub, middle - scrub)));
  limited('timeline.overview', await msOf(() => ask(hub, 'timeline.overview', {})));
  const stall = await medianStall(async () => {
    for (const seq of seqs.slice(0, 15)) await look(hub, seq);
  });
  rows.push({
    ...{ name: 'timeline.stall', value: stall, unit: 'ms', limit: stallMs },
    ratio: stall / stallMs,
  });
  await past.close();
  await hub.stop();
  return rows;
}

async function look(hub: Hub, seq: number): Promise<void> {
  for (;;) {
    const state = (await ask(hub, 'timeline.at', { at: String(seq), waitMs: 60_000 })) as PastState;
    if (state.progress === undefined) return;
  }
}

function ask(hub: Hub, type: string, data: object): Promise<unknown> {
  return hub.query({ type, data, signal: new AbortController().signal }, 'operator');
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
