// Several agents of a real Musher from the command line: what became of each, and what is kept of a purged one.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';

let world: ServeWorld;
let serving: Serving;

beforeEach(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  for (const name of ['one', 'two', 'three']) await world.addAgent(serving, name);
});

afterEach(() => world.dispose());

async function musher(words: string) {
  const { url, operatorToken } = serving;
  const env = { ...world.repository.env, MUSHER_URL: url, MUSHER_TOKEN: operatorToken };
  const { code, stdout, stderr } = await runMusher(words.split(' '), { env });
  return { code, stdout, stderr };
}

it('what can be done is done, what cannot is refused with its reason', async () => {
  await serving.operator.command('agent.stop', { agent: 'two' });
  await untilAgent(serving, 'two', 'stopped');
  const { code, stdout } = await musher('agent pause one two four');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Paused one\.\nNot two: .* is stopped.*\nNot four: There is no agent/);
  expect(await musher('agent resume --all')).toMatchObject({ code: 0, stdout: 'Resumed one.\n' });
  expect(await musher('agent stop --all')).toMatchObject({
    code: 0,
    stdout: 'Stopping one.\nStopping three.\n',
  });
  for (const name of ['one', 'three']) await untilAgent(serving, name, 'stopped');
});

it('a purged agent leaves its branch and its snapshot in git', async () => {
  const { worktreePath = '' } = await agentRecord(serving, 'one');
  await writeFile(join(worktreePath, 'work.txt'), 'mine');
  await serving.operator.command('agent.destroy', { agent: 'one' });
  const { snapshotRef = '', branch } = await untilAgent(serving, 'one', 'destroyed');
  expect((await musher('agent purge one')).code).toBe(2);
  expect((await agentRecord(serving, 'one')).state).toBe('destroyed');
  expect(await musher('agent purge one --yes')).toMatchObject({ code: 0, stdout: 'Forgot one.\n' });
  await expect(agentRecord(serving, 'one')).rejects.toThrow('there is no agent one');
  const { git } = world.repository;
  expect(await git(['show', `${snapshotRef}:work.txt`])).toBe('mine');
  expect(await git(['rev-parse', branch])).toMatch(/^[0-9a-f]{40}/);
});
