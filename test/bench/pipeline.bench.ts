// What giving stories away costs: a look at 10,000 of them from nothing, as a start has it; one after a change, beside one with 100; and for how long
// the loop stands still while the pipeline begins with 10,000 in the backlog.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '../../preload/contract/config.ts';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { selectAgents } from '../../main/features/agents/index.ts';
import { plan } from '../../main/features/pipeline/plan.ts';
import type { Scene } from '../../main/features/pipeline/scene.ts';
import { selectPipeline } from '../../main/features/pipeline/slice.ts';
import { StoryIndexer } from '../../main/features/pipeline/story-index.ts';
import { selectStories } from '../../main/features/stories/index.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';
import { longestTurn } from './stall.ts';

const many = 10_000;
const few = 100;
const passes = 15;
const changes = 300;

interface Cost {
  readonly passMs: number;
  readonly lookUs: number;
  readonly stallMs: number;
}

export const bench: Bench = {
  name: 'pipeline',
  async run() {
    // The first of each warms.
    const rounds = [few, many, few, many, few, many, few, many];
    const costs: Array<{ size: number; cost: Cost }> = [];
    for (const size of rounds) costs.push({ size, cost: await measure(size) });
    const of = (size: number, what: keyof Cost) =>
      median(costs.slice(2).flatMap((one) => (one.size === size ? [one.cost[what]] : [])));
    const look = { value: of(many, 'lookUs'), limit: of(few, 'lookUs') };
    const rows: BenchNumber[] = [
      { name: 'pipeline.pass', value: of(many, 'passMs'), unit: 'ms' },
      { name: 'pipeline.look', ...look, unit: 'µs', ratio: look.value / look.limit },
      { name: 'pipeline.stall', value: of(many, 'stallMs'), unit: 'ms' },
    ];
    return rows;
  },
};

async function measure(size: number): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: Date.now });
  const { features, outside } = world();
  outside.configs = [configSchema.parse({ pipeline: { profile: 'claude' } })];
  outside.importing = {
    items: Array.from({ length: size }, (_, n) => itemOf(n)),
    faults: [],
    skipped: 0,
  };
  const hub = await openHub({
    ...{ features, store, clock: systemClock, random: Math.random, log: silentLogger },
  });
  try {
    await hub.start();
    await hub.dispatch({ type: 'story.import', data: { paths: ['/x.md'] } }, 'operator');
    // The shortest: what a busy machine adds is not the plan’s.
    const passMs = Math.min(...Array.from({ length: passes }, () => passOver(hub)));
    const lookUs = await lookAfterChanges(hub, size);
    const stallMs = await longestTurn(() => begin(hub));
    return { passMs, lookUs, stallMs };
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A third could begin; the others wait for one of the first hundred. */
function itemOf(n: number) {
  const dependsOn = n % 3 === 0 ? [] : [`n${((n * 7) % 33) * 3}`];
  return {
    key: `n${n}`,
    name: `n${n}`,
    aliases: [],
    fields: { title: `story ${n}` },
    dependsOn,
    isClosed: false,
  };
}

function sceneOf(hub: Hub, indexer: StoryIndexer): Scene {
  const stories = selectStories(hub.state());
  return {
    ...{ stories, index: indexer.of(stories), agents: selectAgents(hub.state()) },
    pipeline: { ...selectPipeline(hub.state()), isOn: true },
    settings: { profile: 'claude', maxAgents: 3, maxNoProgress: 3, maxAttempts: 8, maxOf: {} },
    profiles: { get: () => ({ needsCommand: false, prompt: 'argument', wakeable: true }) },
    ...{ nowMs: 0, sinceMs: 0 },
  };
}

/** Of the processor: what else the machine does counts for less than by the clock. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function passOver(hub: Hub): number {
  const before = cpuMs();
  const { steps } = plan(sceneOf(hub, new StoryIndexer()));
  const spent = cpuMs() - before;
  if (steps.length !== 3) throw new Error(`expected three to begin, found ${steps.length}`);
  return spent;
}

/** Each puts a story aside or back, and the look is at what that left. */
async function lookAfterChanges(hub: Hub, size: number): Promise<number> {
  const indexer = new StoryIndexer();
  plan(sceneOf(hub, indexer));
  let spent = 0;
  for (let n = 0; n < changes; n++) {
    const story = `s-${((Math.floor(n / 2) * 7919) % size) + 1}`;
    const type = n % 2 === 0 ? 'story.hold' : 'story.release';
    await hub.dispatch({ type, data: { story } }, 'operator');
    const before = cpuMs();
    plan(sceneOf(hub, indexer));
    spent += cpuMs() - before;
  }
  return (spent / changes) * 1_000;
}

async function begin(hub: Hub): Promise<void> {
  await hub.dispatch({ type: 'pipeline.start', data: {} }, 'operator');
  const isDone = () =>
    selectPipeline(hub.state())
      .works.values()
      .filter((one) => one.handed).length === 3;
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 1));
}
