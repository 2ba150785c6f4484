// Agents that are started again after their program broke, over the death of the hub, and never against the operator.

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { hostState } from '../harness/host-world.ts';
import { runMusher, type Serving } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;
/** One line for each start; while it says `break` below, each start breaks. */
let starts: string;
let mode: string;

beforeEach(async () => {
  world = await makeServeWorld();
  starts = join(world.repository.root, '..', 'starts');
  mode = join(world.repository.root, '..', 'mode');
  appendFileSync(starts, '');
  writeFileSync(mode, 'break');
});

afterEach(() => world.dispose());

const countStarts = () => readFileSync(starts, 'utf8').split('\n').length - 1;

async function addBreaking(serving: Serving): Promise<void> {
  const script = `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(starts)}, 'x\\n');
    if (fs.readFileSync(${JSON.stringify(mode)}, 'utf8') === 'break') process.exit(3);
    setInterval(() => {}, 1000);`;
  const command = [process.execPath, '-e', script];
  const data = { name: 'a', profile: 'script', command, restart: 'on-failure' };
  await serving.operator.command('agent.add', data);
}

function untilWaiting(serving: Serving, tries: number): Promise<AgentRecord> {
  return waitFor(`restart ${tries} to be told`, async () => {
    const record = await agentRecord(serving, 'a');
    const { restart } = record;
    return restart?.tries === tries && restart.nextMs !== undefined
      ? record
      : new Error(JSON.stringify(record));
  });
}

it('a program that breaks is started again, later each time, also by the next hub', async () => {
  const serving = await world.serve();
  await addBreaking(serving);
  const { restart, exit } = await untilWaiting(serving, 3);
  expect((restart?.nextMs ?? 0) - (exit?.atMs ?? 0)).toBeGreaterThanOrEqual(4_000);
  await serving.kill('SIGKILL');
  expect(countStarts()).toBe(3);
  writeFileSync(mode, 'run');
  const again = await world.serve();
  const record = await untilAgent(again, 'a', 'running');
  expect(record).toMatchObject({ session: 4, restart: { policy: 'on-failure', tries: 3 } });
  await waitFor('its fourth start', () => countStarts() === 4 || countStarts());
});

it('one whose terminal host was killed is started again in the next', async () => {
  writeFileSync(mode, 'run');
  const serving = await world.serve();
  await addBreaking(serving);
  await untilAgent(serving, 'a', 'running');
  process.kill((await hostState(world.repository.env)).pid, 'SIGKILL');
  const record = await waitFor('its second session', async () => {
    const now = await agentRecord(serving, 'a');
    return now.session === 2 && now.state === 'running' ? now : new Error(JSON.stringify(now));
  });
  expect(record.restart).toMatchObject({ tries: 1 });
});

it('a restart that is to come is taken back by a stop, and what was stopped stays stopped', async () => {
  const serving = await world.serve();
  const { operator } = serving;
  await addBreaking(serving);
  await untilWaiting(serving, 3);
  await operator.command('agent.stop', { agent: 'a' });
  expect((await agentRecord(serving, 'a')).restart?.nextMs).toBeUndefined();
  writeFileSync(mode, 'run');
  await operator.command('agent.start', { agent: 'a' });
  await untilAgent(serving, 'a', 'running');
  await operator.command('agent.stop', { agent: 'a' });
  const stopped = await untilAgent(serving, 'a', 'stopped');
  expect(stopped.exit).toMatchObject({ by: 'operator' });
  expect(stopped.restart?.nextMs).toBeUndefined();
});

it('`--restart` and `restart-policy` choose when', async () => {
  const serving = await world.serve();
  const env = {
    ...world.repository.env,
    MUSHER_URL: serving.url,
    MUSHER_TOKEN: serving.operatorToken,
  };
  const musher = async (...words: string[]) => {
    const { code, stdout, stderr } = await runMusher(words, { env });
    return { code, said: stdout + stderr };
  };
  const script = ['--', process.execPath, '-e', 'process.exit(3)'];
  const add = ['agent', 'add', 'a', '--profile', 'script', '--restart', 'always'];
  expect(await musher(...add, ...script)).toMatchObject({ code: 0 });
  await untilWaiting(serving, 3);
  expect(await musher('agent', 'restart-policy', 'a', 'never')).toEqual({
    code: 0,
    said: 'a is restarted: never.\n',
  });
  expect((await agentRecord(serving, 'a')).restart?.nextMs).toBeUndefined();
  expect((await musher('agent', 'restart-policy', 'a', 'often')).code).toBe(2);
});
