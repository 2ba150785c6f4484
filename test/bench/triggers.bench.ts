// What triggers cost the hub: 1,000 of them while 10,000 events a second are written, on SQLite. The loop must not stall, and each event that is looked at costs
// its share; beside it the same load with no trigger. What they cost beyond that says how many events a second of the processor they keep up with.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { createExpressions } from '../../main/adapters/triggers/expression-thread.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { triggersFeature } from '../../main/features/triggers/index.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { longestTurn } from './stall.ts';

const triggers = 1_000;
const perSecond = 10_000;
const seconds = 2;
const everyMs = 2;
const rounds = 2;
const stallLimitMs = 20;

export const bench: Bench = {
  name: 'triggers',
  async run() {
    const costs: Array<{ none: Cost; all: Cost }> = [];
    for (let round = 0; round < rounds; round++)
      costs.push({ none: await measure(0), all: await measure(triggers) });
    const none = best(costs.map((cost) => cost.none));
    const all = best(costs.map((cost) => cost.all));
    const stall = { value: all.stallMs, limit: Math.max(stallLimitMs, none.stallMs) };
    const cpu = { value: all.cpuUs, limit: none.cpuUs };
    const matched = { value: 1e6 / Math.max(1, all.cpuUs - none.cpuUs), limit: perSecond };
    const written = { value: all.perSecond, limit: none.perSecond };
    const rows: BenchNumber[] = [
      { name: 'triggers.stall', ...stall, unit: 'ms', ratio: stall.value / stall.limit },
      { name: 'triggers.perEvent', ...cpu, unit: 'µs', ratio: cpu.value / cpu.limit },
      {
        ...{ name: 'triggers.matched', ...matched, unit: 'events/s' },
        ratio: matched.value / matched.limit,
      },
      {
        ...{ name: 'triggers.written', ...written, unit: 'events/s' },
        ratio: written.value / written.limit,
      },
      { name: 'triggers.stall.none', value: none.stallMs, unit: 'ms' },
      { name: 'triggers.fired', value: all.fired, unit: 'firings' },
    ];
    return rows;
  },
};

interface Cost {
  readonly stallMs: number;
  /** Of the processor, for one event: written, looked at, and what it fires. */
  readonly cpuUs: number;
  readonly fired: number;
  readonly perSecond: number;
}

/** What else the machine does only adds. */
function best(costs: readonly Cost[]): Cost {
  return {
    stallMs: Math.min(...costs.map(({ stallMs }) => stallMs)),
    cpuUs: Math.min(...costs.map(({ cpuUs }) => cpuUs)),
    fired: Math.max(...costs.map(({ fired }) => fired)),
    perSecond: Math.max(...costs.map(({ perSecond }) => perSecond)),
  };
}

async function measure(count: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: Date.now });
  const others = world().features.filter(({ contract: { name } }) =>
    ['agents', 'messages', 'stories'].includes(name),
  );
  const webhooks = { send: async () => 'it answered 200' };
  const hub = await openHub({
    features: [...others, triggersFeature({ expressions: createExpressions(), webhooks })],
    ...{ store, clock: systemClock, random: Math.random, log: silentLogger },
  });
  try {
    await hub.start();
    await hub.dispatch({ type: 'agent.add', data: { name: 'a', start: false } }, 'operator');
    for (let n = 0; n < count; n++)
      await hub.dispatch({ type: 'trigger.add', data: triggerOf(n) }, 'operator');
    await load(hub, 1);
    const before = { head: hub.head().seq, cpu: process.cpuUsage(), atMs: performance.now() };
    const stallMs = await longestTurn(() => load(hub, seconds));
    await hub.drain();
    const { user, system } = process.cpuUsage(before.cpu);
    const written = seconds * perSecond;
    const took = (performance.now() - before.atMs) / 1_000;
    const fired = hub.head().seq - before.head - written;
    return { stallMs, cpuUs: (user + system) / written, fired, perSecond: written / took };
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** All ask about the events that come: most by what they are about, ten by an expression, which fire now and then. */
function triggerOf(n: number) {
  const asked = [
    { on: ['*'], story: `s-${n}` },
    { on: ['message.*'], agent: `agent-${n}` },
    { on: ['message.sent'], path: `src/${n}/**` },
    { on: ['message.*', 'agent.*'], stage: 'qa', agent: `agent-${n % 40}` },
  ];
  const by =
    n % 100 === 3
      ? { on: ['message.sent'], where: `data.body.endsWith("${n}")` }
      : asked[n % asked.length];
  const action = { command: 'story.add', data: { title: 'seen' } };
  return { ...by, ...action, cooldownMs: 500 };
}

/** So many in a second, in bursts: what a crowd of agents sends at its worst. */
async function load(hub: Hub, lasting: number): Promise<void> {
  const atOnce = (perSecond * everyMs) / 1_000;
  const bursts = (lasting * 1_000) / everyMs;
  const beganMs = performance.now();
  for (let burst = 0; burst < bursts; burst++) {
    const sent = Array.from({ length: atOnce }, (_, n) =>
      hub.dispatch(
        { type: 'message.send', data: { to: 'a', body: `${burst * atOnce + n}` } },
        'operator',
      ),
    );
    await Promise.all(sent);
    const lateMs = performance.now() - beganMs - (burst + 1) * everyMs;
    if (lateMs < 0) await new Promise((resolve) => setTimeout(resolve, -lateMs));
  }
}
