// Durable publishes per second over HTTP with 64 connections, beside a bare Fastify route, in turns.
import type { Bench } from './bench.ts';
import type { Load, Target } from './load.ts';
import { median, publish } from './load.ts';
import { startBench } from './servers/start.ts';

const rounds = 5;
const seconds = 3;

export const bench: Bench = {
  name: 'publish',
  async run() {
    const servers = await startBench();
    try {
      await publish(servers.bare, 1);
      await publish(servers.musher, 1);
      const pairs = await inTurns(servers);
      const ratio = median(pairs.map(({ bare, musher }) => musher.perSecond / bare.perSecond));
      return [
        {
          name: 'publish.perSecond',
          value: median(pairs.map(({ musher }) => musher.perSecond)),
          unit: '1/s',
          limit: median(pairs.map(({ bare }) => bare.perSecond)),
          ratio,
        },
        {
          name: 'publish.p99',
          value: median(pairs.map(({ musher }) => musher.p99Ms)),
          unit: 'ms',
          limit: median(pairs.map(({ bare }) => bare.p99Ms)),
        },
      ];
    } finally {
      await servers.stop();
    }
  },
};

async function inTurns({
  bare,
  musher,
}: {
  bare: Target;
  musher: Target;
}): Promise<Array<{ bare: Load; musher: Load }>> {
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push({ bare: await publish(bare, seconds), musher: await publish(musher, seconds) });
  }
  return pairs;
}
