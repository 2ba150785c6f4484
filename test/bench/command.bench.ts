// What the command costs beside a Node that does nothing, in turns: agents run it hundreds of times a day.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeServeWorld } from '../harness/serve-world.ts';
import { cliFile } from '../harness/serve.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const rounds = 15;

export const bench: Bench = {
  name: 'command',
  async run() {
    const world = await makeServeWorld();
    try {
      const { url, operatorToken } = await world.serve();
      const env = { ...world.repository.env, MUSHER_URL: url, MUSHER_TOKEN: operatorToken };
      const rows: BenchNumber[] = [];
      for (const verb of ['status', 'inbox']) rows.push(await besideBare(verb, env));
      return rows;
    } finally {
      await world.dispose();
    }
  },
};

async function besideBare(verb: string, env: NodeJS.ProcessEnv): Promise<BenchNumber> {
  const pairs: Array<{ bare: number; musher: number }> = [];
  await timed([cliFile, verb], env);
  for (let round = 0; round < rounds; round++)
    pairs.push({ bare: await timed(['-e', '0'], env), musher: await timed([cliFile, verb], env) });
  return {
    name: `command.${verb}`,
    value: median(pairs.map(({ musher }) => musher)),
    unit: 'ms',
    limit: median(pairs.map(({ bare }) => bare)),
    ratio: median(pairs.map(({ bare, musher }) => musher / bare)),
  };
}

async function timed(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return performance.now() - startedMs;
}
