// From a send to its receipt: 2,000 direct messages a second to 200 agents that wait by long poll; and what 200 polls that
// wait for nothing cost the hub. One process sends and receives all of it, on the same cores as the hub, so it speaks HTTP
// by hand; how late its own loop was is told beside, and is part of each figure. The first seconds are not counted: 264
// connections are dialled, and both sides are compiled.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { Bench, BenchNumber } from './bench.ts';
import type { Target } from './load.ts';
import { startAgents } from './servers/agents.ts';
import { Connection, Pool } from './servers/lean-client.ts';
import { type Server, startMusher } from './servers/start.ts';

const agents = 200;
const senders = 64;
const perSecond = 2_000;
/** A batch of them each 10 ms. */
const batchMs = 10;
const warmSeconds = 3;
const seconds = 8;
const parkedMs = 10_000;
const limits = { parked: 1, p50: 25, p99: 25, 'p99.second': 25 } as const;

export const bench: Bench = {
  name: 'delivery',
  async run() {
    const musher = await startMusher();
    try {
      const targets = await startAgents(musher, agents);
      const idle = await cpuPercent(musher.pid, parkedMs);
      const parked = await whileParked(musher, targets);
      const { latencies, hubPercent, ownDelayMs } = await deliver(musher, targets);
      return [
        row('parked', Math.max(0, parked - idle), '%'),
        row('p50', quantile(latencies, 0.5), 'ms'),
        row('p99', quantile(latencies, 0.99), 'ms'),
        row('p99.second', medianOfSeconds(latencies), 'ms'),
        { name: 'delivery.received', value: latencies.length / seconds, unit: '1/s' },
        { name: 'delivery.hub', value: hubPercent, unit: '% of a core' },
        { name: 'delivery.client.p99', value: ownDelayMs, unit: 'ms' },
      ];
    } finally {
      await musher.stop();
    }
  },
};

function row(name: keyof typeof limits, value: number, unit: string): BenchNumber {
  const limit = limits[name];
  return { name: `delivery.${name}`, value, unit, limit, ratio: value / limit };
}

/** What the hub takes of a core while every agent waits for nothing. */
async function whileParked({ pid }: Server, targets: readonly Target[]): Promise<number> {
  const polls = targets.map((target) => {
    const connection = new Connection(target.url);
    const over = read(connection, target, 1_000_000);
    return { connection, over };
  });
  await pause(1_000);
  const percent = await cpuPercent(pid, parkedMs);
  for (const { connection } of polls) connection.close();
  await Promise.allSettled(polls.map(({ over }) => over));
  return percent;
}

interface Delivered {
  /** Milliseconds from each send to its receipt. */
  readonly latencies: number[];
  readonly hubPercent: number;
  /** How late a timer of this process was, beyond its own millisecond. */
  readonly ownDelayMs: number;
}

async function deliver(musher: Server, targets: readonly Target[]): Promise<Delivered> {
  const latencies: number[] = [];
  const pool = new Pool(musher, senders);
  const connections = targets.map((target) => new Connection(target.url));
  const readers = targets.map((target, at) =>
    receive(connections[at] as Connection, target, latencies),
  );
  await sendFor(pool, warmSeconds);
  while (latencies.length < perSecond * warmSeconds) await pause(batchMs);
  latencies.length = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [hubPercent] = await Promise.all([
    cpuPercent(musher.pid, seconds * 1_000),
    sendFor(pool, seconds),
  ]);
  delay.disable();
  await pause(1_000);
  for (const connection of connections) connection.close();
  await Promise.allSettled(readers);
  pool.close();
  return { latencies, hubPercent, ownDelayMs: delay.percentile(99) / 1e6 - 1 };
}

async function sendFor(pool: Pool, forSeconds: number): Promise<void> {
  const all = perSecond * forSeconds;
  const started = performance.now();
  for (let sent = 0; sent < all; ) {
    const due = Math.min(((performance.now() - started) / 1000) * perSecond, all);
    for (; sent < due; sent++) {
      const data = { to: `agent-${(sent * 7919) % agents}`, body: String(performance.now()) };
      void pool.post('message.send', data);
    }
    await pause(batchMs);
  }
}

/** Until its connection is closed. */
async function receive(connection: Connection, target: Target, latencies: number[]) {
  for (let after = 0; ; ) {
    const { items, cursor } = await read(connection, target, after);
    const nowMs = performance.now();
    for (const { text } of items) latencies.push(nowMs - Number(text));
    after = cursor;
  }
}

interface Read {
  readonly items: ReadonlyArray<{ readonly text: string }>;
  readonly cursor: number;
}

function read(connection: Connection, { token }: Target, after: number): Promise<Read> {
  return connection.post(token, 'inbox.read', { after, waitMs: 60_000 }) as Promise<Read>;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Of one core, over so long. Where there is no /proc, by ps, which is coarser. */
async function cpuPercent(pid: number, forMs: number): Promise<number> {
  const before = await cpuSeconds(pid);
  await pause(forMs);
  return (((await cpuSeconds(pid)) - before) / (forMs / 1000)) * 100;
}

async function cpuSeconds(pid: number): Promise<number> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'time=', '-p', String(pid)]);
    return stdout
      .trim()
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0);
  }
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // User and system time, in ticks of a hundredth.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The p99 of each second, and of these the median: a machine that was taken away for a second does not decide it. */
function medianOfSeconds(latencies: readonly number[]): number {
  const ofSeconds = Array.from({ length: seconds }, (_, at) =>
    quantile(latencies.slice(at * perSecond, (at + 1) * perSecond), 0.99),
  );
  return quantile(ofSeconds, 0.5);
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
