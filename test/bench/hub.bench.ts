// How long the hub keeps the loop for itself while 10,000 commands are due, and while 10,000 effects wait to be
// worked: a real log, a real clock, and a loop that notes how far apart its turns are. An idle hub beside it, in the
// same run, says what the machine itself adds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Logger } from '../../main/base/logger.ts';
import type { SystemCommand } from '../../main/hub/feature.ts';
import type { Hub } from '../../main/hub/hub.ts';
import { openHub } from '../../main/hub/hub.ts';
import type { ToyOptions, ToyState } from '../harness/hub-toy.ts';
import { toyFeature } from '../harness/hub-toy.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const count = 10_000;
const rounds = 5;
const idleMs = 1_500;
const patienceMs = 120_000;
/** What no call on the loop may exceed. */
const limitMs = 20;

export const bench: Bench = {
  name: 'hub',
  async run() {
    const all: Array<Record<'idle' | 'due' | 'effects' | 'leftOver', number>> = [];
    for (let round = 0; round < rounds; round++) {
      all.push({
        idle: await inFolder(stallOfIdle),
        due: await inFolder(stallOfDue),
        effects: await inFolder(stallOfEffects),
        leftOver: await inFolder(stallOfLeftOver),
      });
    }
    const row = (name: keyof (typeof all)[number]): BenchNumber => {
      const value = median(all.map((one) => one[name]));
      return {
        name: `hub.stall.${name}`,
        value,
        unit: 'ms',
        limit: limitMs,
        ratio: value / limitMs,
      };
    };
    return [row('idle'), row('due'), row('effects'), row('leftOver')];
  },
};

async function inFolder(measure: (file: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  try {
    return await measure(join(folder, 'log.sqlite'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function stallOfIdle(file: string): Promise<number> {
  const hub = await open(file, {});
  const until = performance.now() + idleMs;
  const stall = await longestStall(
    () => hub.start(),
    () => performance.now() > until,
  );
  await hub.stop();
  return stall;
}

/** All due in one tick. */
async function stallOfDue(file: string): Promise<number> {
  const hub = await open(file, { due: onceDue((name) => ({ type: 'toy.add', data: { name } })) });
  const stall = await longestStall(
    () => hub.start(),
    () => toysOf(hub) === count,
  );
  await hub.stop();
  return stall;
}

/** All wanted within a second, each in a lane of its own, each reported by a command. */
async function stallOfEffects(file: string): Promise<number> {
  const hub = await open(file, { due: onceDue(work), run: reportOf });
  const stall = await longestStall(
    () => hub.start(),
    () => toysOf(hub) === count,
  );
  await hub.stop();
  return stall;
}

/** Left over from a life before, which ended only the few that it had begun, and met at once by the start. */
async function stallOfLeftOver(file: string): Promise<number> {
  const before = await open(file, { run: reportOf });
  await Promise.all(Array.from({ length: count }, (_, at) => before.system(work(`toy-${at}`))));
  await before.stop();
  const hub = await open(file, { run: reportOf });
  const stall = await longestStall(
    () => hub.start(),
    () => toysOf(hub) === count,
  );
  await hub.stop();
  return stall;
}

const work = (name: string): SystemCommand => ({ type: 'toy.work', data: { name, lane: name } });
const reportOf: ToyOptions['run'] = async ({ name }) => ({ type: 'toy.add', data: { name } });

function onceDue(commandOf: (name: string) => SystemCommand): NonNullable<ToyOptions['due']> {
  let isAsked = false;
  return () => {
    if (isAsked) return [];
    isAsked = true;
    return Array.from({ length: count }, (_, at) => commandOf(`toy-${at}`));
  };
}

/** The widest gap between two turns of the loop from `begin` until `isOver`. Throws when that takes too long. */
async function longestStall(begin: () => Promise<unknown>, isOver: () => boolean): Promise<number> {
  globalThis.gc?.();
  const until = performance.now() + patienceMs;
  let longest = 0;
  let last = performance.now();
  const begun = begin();
  while (!isOver()) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    const now = performance.now();
    if (now > until) throw new Error(`the hub was not done after ${patienceMs} ms`);
    longest = Math.max(longest, now - last);
    last = now;
  }
  await begun;
  return longest;
}

async function open(file: string, options: ToyOptions): Promise<Hub> {
  const store = await openLogStore(file, { now: () => Date.now() });
  return openHub({
    features: [toyFeature(options)],
    store,
    clock: systemClock,
    random: Math.random,
    log: complaining,
  });
}

const toysOf = (hub: Hub): number => (hub.state().toys as ToyState).byName.size;

/** A bench in which something fails measures nothing. */
const complaining: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => {
    throw new Error(`${message}: ${JSON.stringify(fields)}`);
  },
  child: () => complaining,
};
