// A hub with a million events and 10,000 rows: how soon it is there and in what memory, how fast agents that come back
// catch up, and how long its loop stands still while much is read. The limit of a start is reading and parsing the whole
// log once, which is what a start must not need; beside that, what it takes more than one with an empty log.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Feature } from '../../main/hub/feature.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';
import { agents, writeLog } from './servers/make-log.ts';
import { longestStall, medianStall } from './stall.ts';

const count = 1_000_000;
/** Just below the next snapshot. */
const afterSnapshot = 9_000;
/** What a start with all of it may take more than one with an empty log. */
const addedLimitMs = 300;
const opener = join(import.meta.dirname, 'servers/open-log.ts');
const maker = join(import.meta.dirname, 'servers/make-log.ts');

export const bench: Bench = {
  name: 'store',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'musher-store-'));
    try {
      return await measure(join(folder, 'log.sqlite'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(file: string): Promise<BenchNumber[]> {
  const made = await openStore(file);
  writeLog(made, count);
  const readAll = await timed(async () => {
    for (let after = 0; after < count; after += 500) made.page({ after, limit: 500 });
  });
  await made.close();
  await startAndStop(file);
  const starts = {
    clean: await startAndStop(file),
    killed: await startKilled(file),
    slice: await startAndStop(file, newVersionOf('terminals')),
    widest: await startAndStop(file, newVersionOf('agents')),
  };
  const rows = Object.entries(starts).map(([name, ms]) => ({
    ...{ name: `store.start.${name}`, value: ms, unit: 'ms', limit: readAll.ms },
    ratio: ms / readAll.ms,
  }));
  return [...rows, ...(await compareWithEmpty(file)), ...(await measureLoop(file, readAll.ms))];
}

interface Opened {
  readonly ms: number;
  readonly rss: number;
  readonly heapUsed: number;
}

/** In turns, each in a process of its own. */
async function compareWithEmpty(file: string): Promise<BenchNumber[]> {
  const pairs: Array<Record<'empty' | 'full', Opened>> = [];
  for (let round = 0; round < 5; round++)
    pairs.push({ empty: await openAlone(`${file}-empty`), full: await openAlone(file) });
  const of = (side: 'empty' | 'full', what: keyof Opened, unit = 1) =>
    median(pairs.map((pair) => pair[side][what] / unit));
  const added = median(pairs.map(({ empty, full }) => full.ms - empty.ms));
  const mib = 1024 * 1024;
  const memory = (name: string, what: keyof Opened) => {
    const [value, limit] = [of('full', what, mib), of('empty', what, mib)];
    return { name: `store.memory.${name}`, value, unit: 'MiB', limit, ratio: value / limit };
  };
  return [
    {
      ...{ name: 'store.start.added', value: added, unit: 'ms' },
      ...{ limit: addedLimitMs, ratio: added / addedLimitMs },
    },
    memory('rss', 'rss'),
    memory('heap', 'heapUsed'),
  ];
}

async function openAlone(file: string): Promise<Opened> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', opener, file]);
  return JSON.parse(stdout) as Opened;
}

async function measureLoop(file: string, readAllMs: number): Promise<BenchNumber[]> {
  const { hub } = await start(file, world().features);
  const caughtUp = await timed(() => catchUp(hub));
  const inboxes = await readInboxes(hub);
  const stalls = {
    verify: await medianStall(() => ask(hub, 'log.verify', {})),
    pages: await medianStall(() => readPages(hub)),
    catchUp: await medianStall(() => catchUp(hub)),
    slowPage: await medianStall(() => serveSlowPage(hub)),
  };
  await hub.stop();
  return [
    ...Object.entries({ ...stalls, snapshot: await snapshotStall(file) }).map(([name, ms]) => ({
      ...{ name: `store.stall.${name}`, value: ms, unit: 'ms', limit: 20, ratio: ms / 20 },
    })),
    { name: 'store.catchUp', value: (count * 1_000) / caughtUp.ms, unit: '1/s' },
    {
      ...{ name: 'store.inbox', value: inboxes, unit: '1/s' },
      ...{ limit: (count * 1_000) / readAllMs, ratio: (inboxes * readAllMs) / (count * 1_000) },
    },
  ];
}

/** Every agent reads its inbox from the beginning by pages, one after another, until a million messages were read. */
async function readInboxes(hub: Hub): Promise<number> {
  let read = 0;
  const { ms } = await timed(async () => {
    for (let agent = 0; read < count; agent = (agent + 1) % agents) {
      const actor = `agent:agent-${agent}` as const;
      for (let after = 0, isMore = true; isMore && read < count; ) {
        const data = { after, limit: 500 };
        const { signal } = new AbortController();
        const page = (await hub.query({ type: 'inbox.read', data, signal }, actor)) as Page;
        isMore = page.items.length > 0;
        after = page.cursor;
        read += page.items.length;
      }
    }
  });
  return (read * 1_000) / ms;
}

interface Page {
  readonly items: readonly unknown[];
  readonly cursor: number;
}

/** All slices are written: each of the three lives knows them as of another version. */
async function snapshotStall(file: string): Promise<number> {
  const stalls: number[] = [];
  for (const by of [1, 2, 3]) {
    const { hub } = await start(file, newVersionOf('questions', by));
    stalls.push(await longestStall(() => hub.stop()));
  }
  return median(stalls);
}

/** As the event stream does, for a client that takes everything at once. */
function catchUp(hub: Hub): Promise<void> {
  const head = hub.head().seq;
  let bytes = 0;
  return new Promise((resolve) => {
    const feed = hub.openEvents(0, {
      onEvents(events) {
        bytes += events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('').length;
        if (events.at(-1)?.seq !== head || bytes === 0) return;
        feed.close();
        resolve();
      },
    });
  });
}

const slowMs = 3_000;
/** What a page that takes 2 MB in 300 ms takes of a second. */
const takesPerMs = 7_000;

/** A page with 10,000 records that takes what it is sent slowly, while an agent writes 200 times a second. */
async function serveSlowPage(hub: Hub): Promise<void> {
  // The watch on the loop needs a turn before the first snapshot.
  await new Promise((resolve) => setTimeout(resolve, 10));
  let untaken = 0;
  let takenMs = performance.now();
  const pendingBytes = () => {
    const nowMs = performance.now();
    untaken = Math.max(0, untaken - (nowMs - takenMs) * takesPerMs);
    takenMs = nowMs;
    return untaken;
  };
  // As the session sends it.
  const send = (frame: object) => {
    untaken = pendingBytes() + JSON.stringify(frame).length;
  };
  const feed = hub.openRecords(0, { onSnapshot: send, onDelta: send, onLive: send, pendingBytes });
  const until = performance.now() + slowMs;
  while (performance.now() < until) {
    const text = `at ${performance.now()}`;
    const data = { to: 'agent-2', body: text };
    await hub.dispatch({ type: 'message.send', data }, 'agent:agent-1');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  feed.close();
}

/** Long pages from all over the log, one after another. */
async function readPages(hub: Hub): Promise<void> {
  for (let n = 1; n <= 100; n++)
    await ask(hub, 'log.page', { after: (n * 7_919_000) % count, limit: 500 });
}

function ask(hub: Hub, type: string, data: object): Promise<unknown> {
  return hub.query({ type, data, signal: new AbortController().signal }, 'operator');
}

function newVersionOf(name: string, by = 1_000): Feature[] {
  return world().features.map((one) =>
    one.contract.name === name ? { ...one, version: one.version + by } : one,
  );
}

async function startKilled(file: string): Promise<number> {
  const child = spawn(process.execPath, [maker, file, String(count + afterSnapshot)], {
    stdio: 'inherit',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error('the writer was to be killed');
  return startAndStop(file);
}

async function startAndStop(file: string, features = world().features): Promise<number> {
  const { hub, ms } = await start(file, features);
  await hub.stop();
  return ms;
}

async function start(file: string, features: readonly Feature[]) {
  let hub: Hub | undefined;
  const { ms } = await timed(async () => {
    hub = await openHub({
      ...{ features, store: await openStore(file), clock: systemClock },
      ...{ random: Math.random, log: silentLogger },
    });
  });
  if (hub === undefined) throw new Error('no hub');
  return { hub, ms };
}

function openStore(file: string) {
  return openLogStore(file, { now: systemClock.now });
}

async function timed(work: () => Promise<void>): Promise<{ ms: number }> {
  const startedMs = performance.now();
  await work();
  return { ms: performance.now() - startedMs };
}
