// From a send to its receipt: 2,000 direct messages a second to 200 agents that wait by long poll; and what 200 polls that
// wait for nothing cost the hub. One process sends and receives all of it, beside the hub on the same machine.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { promisify } from 'node:util';
import type { Bench, BenchNumber } from './bench.ts';
import type { Target } from './load.ts';
import { startAgents } from './servers/agents.ts';
import { type Server, startMusher } from './servers/start.ts';

const agents = 200;
const perSecond = 2_000;
/** A batch of them each 10 ms. */
const batchMs = 10;
const seconds = 8;
const parkedMs = 10_000;
const limits = { parked: 1, p50: 25, p99: 25 } as const;

export const bench: Bench = {
  name: 'delivery',
  async run() {
    const musher = await startMusher();
    try {
      const targets = await startAgents(musher, agents);
      const idle = await cpuPercent(musher.pid, parkedMs);
      const parked = await whileParked(musher, targets);
      const latencies = await deliver(musher, targets);
      return [
        row('parked', Math.max(0, parked - idle), '%'),
        row('p50', quantile(latencies, 0.5), 'ms'),
        row('p99', quantile(latencies, 0.99), 'ms'),
        { name: 'delivery.received', value: latencies.length / seconds, unit: '1/s' },
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
  const over = new AbortController();
  const polls = targets.map((target) =>
    read(target, { after: 1_000_000, waitMs: 60_000, signal: over.signal }),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const percent = await cpuPercent(pid, parkedMs);
  over.abort();
  await Promise.allSettled(polls);
  return percent;
}

/** Milliseconds from each send to its receipt. */
async function deliver(musher: Server, targets: readonly Target[]): Promise<number[]> {
  const over = new AbortController();
  const latencies: number[] = [];
  const readers = targets.map((target) => receive(target, latencies, over.signal));
  const started = performance.now();
  for (let sent = 0; sent < perSecond * seconds; ) {
    const due = Math.min(((performance.now() - started) / 1000) * perSecond, perSecond * seconds);
    for (; sent < due; sent++) void send(musher, `agent-${(sent * 7919) % agents}`);
    await new Promise((resolve) => setTimeout(resolve, batchMs));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  over.abort();
  await Promise.allSettled(readers);
  return latencies;
}

async function receive(target: Target, latencies: number[], signal: AbortSignal): Promise<void> {
  for (let after = 0; !signal.aborted; ) {
    const { items, cursor } = await read(target, { after, waitMs: 30_000, signal });
    const nowMs = performance.now();
    for (const { text } of items) latencies.push(nowMs - Number(text));
    after = cursor;
  }
}

interface Read {
  readonly items: ReadonlyArray<{ readonly text: string }>;
  readonly cursor: number;
}

function read(
  target: Target,
  { signal, ...data }: { after: number; waitMs: number; signal: AbortSignal },
): Promise<Read> {
  return post(target, { type: 'inbox.read', data, signal }) as Promise<Read>;
}

async function send(target: Target, to: string): Promise<void> {
  await post(target, { type: 'message.send', data: { to, body: String(performance.now()) } });
}

/** Connections are kept: what is measured is delivery, not dialling. */
const keeping = new http.Agent({ keepAlive: true, maxSockets: agents + 64 });

interface Ask {
  readonly type: string;
  readonly data: object;
  readonly signal?: AbortSignal;
}

function post({ url, token }: Target, { type, data, signal }: Ask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const options = { method: 'POST', agent: keeping, headers, ...(signal && { signal }) };
    const request = http.request(`${url}/v1/${type}`, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text)),
      );
    });
    request.on('error', reject).end(JSON.stringify(data));
  });
}

/** Of one core, over so long. Where there is no /proc, by ps, which is coarser. */
async function cpuPercent(pid: number, forMs: number): Promise<number> {
  const before = await cpuSeconds(pid);
  await new Promise((resolve) => setTimeout(resolve, forMs));
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

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
