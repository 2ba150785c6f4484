// What the command costs beside a Node that does nothing, in turns: agents and their hooks run it all day.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeServeWorld, type TestAgent } from '../harness/serve-world.ts';
import { cliFile, type Serving } from '../harness/serve.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const rounds = 31;

const verbs: Readonly<Record<string, readonly string[]>> = {
  status: ['status'],
  inbox: ['inbox'],
  send: ['send', 'operator', 'the schema is in db/schema.sql'],
  report: ['report', 'working', 'adding the login form'],
  ask: ['ask', 'Which database?', '--option', 'postgres', '--option', 'sqlite'],
  learn: ['learn', 'the tests need a running redis'],
};

export const bench: Bench = {
  name: 'command',
  async run() {
    const world = await makeServeWorld();
    try {
      const serving = await world.serve();
      const agent = await world.addAgent(serving, 'one');
      const env = { ...world.repository.env, MUSHER_URL: serving.url, MUSHER_TOKEN: agent.token };
      // What stands on an agent's PATH: a shell between it and Node.
      const onPath = join(world.repository.commonDir, 'musher', 'bin', 'musher');
      const measure: Measure = { env, tidy: () => forgetQuestions(serving, agent) };
      const rows: BenchNumber[] = [];
      for (const [verb, argv] of Object.entries(verbs))
        rows.push(await besideBare(verb, [process.execPath, cliFile, ...argv], measure));
      rows.push(await besideBare('onPath', [onPath, 'inbox'], measure));
      return rows;
    } finally {
      await world.dispose();
    }
  },
};

/** An agent may have few that are open. */
async function forgetQuestions({ operator }: Serving, agent: TestAgent): Promise<void> {
  const { questions } = await agent.query<{ questions: { id: string }[] }>('question.list');
  for (const { id } of questions) await operator.command('question.cancel', { question: id });
}

interface Measure {
  readonly env: NodeJS.ProcessEnv;
  /** After each round. */
  tidy(): Promise<void>;
}

async function besideBare(
  verb: string,
  command: readonly string[],
  { env, tidy }: Measure,
): Promise<BenchNumber> {
  const pairs: Array<{ bare: number; musher: number }> = [];
  await timed(command, env);
  for (let round = 0; round < rounds; round++) {
    const bare = await timed([process.execPath, '-e', '0'], env);
    pairs.push({ bare, musher: await timed(command, env) });
    await tidy();
  }
  return {
    name: `command.${verb}`,
    value: median(pairs.map(({ musher }) => musher)),
    unit: 'ms',
    limit: median(pairs.map(({ bare }) => bare)),
    ratio: median(pairs.map(({ bare, musher }) => musher / bare)),
  };
}

async function timed(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [program = '', ...args] = command;
  const startedMs = performance.now();
  const child = spawn(program, args, { env, stdio: 'ignore' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return performance.now() - startedMs;
}
