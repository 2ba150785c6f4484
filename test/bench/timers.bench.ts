// Ten thousand timers: all due at once, the longest that firing keeps the loop from others (of its own processor time), through the real hub and SQLite; and what a look each second costs
// beside one with a hundred, while one of them changes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { type Clock, systemClock } from '../../main/base/clock.ts';
import { dueQueue } from '../../main/base/due-queue.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { selectTimers } from '../../main/features/timers/index.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import { Table } from '../../preload/contract/table.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench } from './bench.ts';
import { longestTurn } from './stall.ts';

const timers = 10_000;
/** What the loop may stand still, milliseconds. */
const stallMs = 50;
const hourMs = 3_600_000;
const looks = 2_000;

export const bench: Bench = {
  name: 'timers',
  async run() {
    const stall = await burst();
    const few = lookUs(100);
    const many = lookUs(timers);
    return [
      {
        name: 'timers.burst.stall',
        value: stall,
        limit: stallMs,
        unit: 'ms',
        ratio: stall / stallMs,
      },
      { name: 'timers.look', value: many, limit: few, unit: 'µs', ratio: many / few },
    ];
  },
};

/** Every kind, and every one does something. */
const kinds = [
  { everyMs: 2 * hourMs },
  { cron: '0 */3 * * *', zone: 'Europe/Berlin' },
  { inMs: hourMs },
  { cron: '30 9 * * 1-5', zone: 'America/New_York' },
];

async function burst(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: clock.now });
  const log = silentLogger;
  const { features } = world();
  const hub = await openHub({ features, store, clock, random: Math.random, log });
  try {
    await hub.start();
    await setAll(hub);
    return await longestTurn(async () => {
      // A laptop that slept over a week.
      aheadMs = 7 * 24 * hourMs;
      while (!isAllDone(hub)) await new Promise((resolve) => setTimeout(resolve, 200));
    });
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function setAll(hub: Hub): Promise<void> {
  for (let done = 0; done < timers; done += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, at) => {
        const target = `b${done + at}`;
        const data = { ...kinds[at % kinds.length], command: 'queue.hold', data: { target } };
        return hub.dispatch({ type: 'timer.add', data }, 'operator');
      }),
    );
}

function isAllDone(hub: Hub): boolean {
  const { open, over } = selectTimers(hub.state());
  let left = over.settled.length < Math.min(500, timers / kinds.length) ? 1 : 0;
  open.forEach(({ last }) => {
    if (last?.state !== 'done' && last?.state !== 'failed') left += 1;
  });
  return left === 0;
}

/** Microseconds for one second of a hub where some timer fires each second. */
function lookUs(size: number): number {
  const due = dueQueue<{ atMs: number }>(({ atMs }) => atMs);
  let table = Table.of(
    Array.from({ length: size }, (_, at) => [`t-${at}`, { atMs: 1_000_000 + at }] as const),
  );
  due(table, 0);
  const startMs = performance.now();
  for (let at = 0; at < looks; at++) {
    table = table.set(`t-${at % 100}`, { atMs: 2_000_000 + at });
    due(table, at);
  }
  return ((performance.now() - startMs) * 1_000) / looks;
}
