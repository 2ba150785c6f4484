// Durable publishes per second over HTTP from 64 and from 256 connections, beside a bare Fastify route, in turns. The fewer
// other things the machine does, the lower the ratio: a client that is short of time holds back the faster side more.
import type { Bench, BenchNumber } from './bench.ts';
import type { Load, Target } from './load.ts';
import { median, publish } from './load.ts';
import { startBench } from './servers/start.ts';

const rounds = 7;
const seconds = 2;

interface Pair {
  readonly bare: Load;
  readonly musher: Load;
}

export const bench: Bench = {
  name: 'publish',
  async run() {
    const servers = await startBench();
    try {
      const few = await inTurns(servers, 64);
      const many = await inTurns(servers, 256);
      return [...rows('publish', few), ...rows('publish.256', many)];
    } finally {
      await servers.stop();
    }
  },
};

function rows(name: string, pairs: readonly Pair[]): BenchNumber[] {
  const of = (side: keyof Pair, what: keyof Load) => median(pairs.map((pair) => pair[side][what]));
  const ratio = median(pairs.map(({ bare, musher }) => musher.perSecond / bare.perSecond));
  const perSecond = { value: of('musher', 'perSecond'), limit: of('bare', 'perSecond'), ratio };
  const p99 = { value: of('musher', 'p99Ms'), limit: of('bare', 'p99Ms') };
  return [
    { name: `${name}.perSecond`, unit: '1/s', ...perSecond },
    { name: `${name}.p99`, unit: 'ms', ...p99 },
  ];
}

async function inTurns(
  { bare, musher }: Record<keyof Pair, Target>,
  connections: number,
): Promise<Pair[]> {
  await publish(bare, { connections, seconds: 1 });
  await publish(musher, { connections, seconds: 1 });
  const amount = { connections, seconds };
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ bare: await publish(bare, amount), musher: await publish(musher, amount) });
  return pairs;
}
