// Status by what stands on a real screen, and its history from a real log, by the command and over a kill of the hub.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServeWorld } from '../harness/serve-world.ts';
import { agentRecord, makeServeWorld } from '../harness/serve-world.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
let serving: Serving;
let env: Record<string, string>;

/** Shows what it is told, alone on its screen. */
const program = `process.stdin.on('data', (text) => process.stdout.write('\\u001b[2J\\u001b[H' + text));
process.stdout.write('thinking hard');`;

beforeAll(async () => {
  world = await makeServeWorld();
  const data = join(world.repository.root, '..', 'data');
  await mkdir(data);
  const profile = [
    '[profiles.mute]',
    `program = ${JSON.stringify(process.execPath)}`,
    `args = ["-e", ${JSON.stringify(program)}]`,
    'busy = ["thinking"]',
    'waiting = ["allow *?"]',
  ];
  await writeFile(join(data, 'config.toml'), profile.join('\n'));
  env = { ...world.repository.env, MUSHER_DATA: data };
  serving = await world.serve({ env });
});
afterAll(() => world?.dispose());

/** A word is told five seconds after the one before it, or later. */
const timeoutMs = 30_000;
const untilStatus = (wanted: string) =>
  waitFor(
    wanted,
    async () => {
      const { value, source } = (await agentRecord(serving, 'a')).status;
      return `${value} by ${source}` === wanted || `${value} by ${source}`;
    },
    { timeoutMs },
  );
const say = (text: string) => serving.operator.command('agent.type', { agent: 'a', text });

interface History {
  readonly changes: ReadonlyArray<{
    readonly seq: number;
    readonly state: string;
    readonly status: { readonly value: string; readonly source: string };
  }>;
}

async function musher(...args: string[]): Promise<string> {
  const as = { MUSHER_URL: serving.url, MUSHER_TOKEN: serving.operatorToken };
  const { code, stdout, stderr } = await runMusher(args, { env: { ...env, ...as } });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}
const history = async (...args: string[]): Promise<History> =>
  JSON.parse(await musher('agent', 'history', 'a', '--json', ...args)) as History;

it('a CLI without hooks works, waits and works by its screen, and all of it is history', async () => {
  await serving.operator.command('agent.add', { name: 'a', profile: 'mute' });
  await untilStatus('working by screen');
  await say('allow rm -rf dist?');
  await untilStatus('waiting by screen');
  const status = await musher('agent', 'status', 'a');
  expect(status).toMatch(/^a is waiting since .*, confidence low, active/);
  expect(status).toMatch(/→\s+screen\s+waiting\s+.*low/);
  expect(status).toMatch(/output\s+alive/);

  const before = await history('--since', '1h');
  expect(before.changes.map(({ status: { value, source } }) => `${value} by ${source}`)).toContain(
    'waiting by screen',
  );
  const text = await musher('agent', 'history', 'a', '--limit', '2');
  expect(text).toMatch(/waiting\s+screen\s+active\s+agent\.screen_told/);
  expect(text).toMatch(/For older ones: --before \d+/);

  await serving.kill('SIGKILL');
  serving = await world.serve({ env });
  const after = await history();
  expect(after.changes.slice(-before.changes.length)).toEqual(before.changes);
  await say('thinking again');
  await untilStatus('working by screen');
  await serving.operator.command('agent.stop', { agent: 'a' });
});
