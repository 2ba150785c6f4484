// Paused agents: visible, kept over the death of the hub, and never in the way of their end.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beside, hostState, markedBy } from '../harness/host-world.ts';
import type { MusherClient } from '../harness/musher-client.ts';
import { isAlive, runMusher } from '../harness/serve.ts';
import {
  agentRecord,
  makeServeWorld,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;

beforeEach(async () => {
  world = await makeServeWorld();
});

afterEach(() => world.dispose());

/** Runs until it is asked to end, which it notes. */
async function addPolite(operator: MusherClient, name: string): Promise<string> {
  const file = join(world.repository.root, '..', `${name} saw it`);
  const script = `process.on('SIGTERM', () => { require('fs').writeFileSync(${JSON.stringify(file)}, ''); process.exit(0); });
    process.on('SIGHUP', () => {}); setInterval(() => {}, 1000); console.log('ready');`;
  const command = [process.execPath, '-e', script];
  await operator.command('agent.add', { name, profile: 'script', command });
  await waitFor('it to be ready', async () => {
    const screen = operator.query<{ text: string }>('agent.screen', { agent: name });
    return (await screen.catch(() => ({ text: '' }))).text.includes('ready');
  });
  return file;
}

it('a pause is told by the record, refuses what is typed, and outlives the hub', async () => {
  const serving = await world.serve();
  const { operator } = serving;
  await addPolite(operator, 'a');
  await untilAgent(serving, 'a', 'running');
  await operator.command('agent.pause', { agent: 'a' });
  const { paused } = await agentRecord(serving, 'a');
  expect(paused).toMatchObject({ by: 'operator', sinceMs: expect.any(Number) });
  await expect(operator.command('agent.type', { agent: 'a', text: 'x' })).rejects.toThrow(
    'AGENT_PAUSED',
  );
  await expect(operator.command('agent.pause', { agent: 'a' })).rejects.toThrow('is paused');
  await serving.kill('SIGKILL');
  const again = await world.serve();
  expect((await agentRecord(again, 'a')).paused).toEqual(paused);
  await again.operator.command('agent.resume', { agent: 'a' });
  expect((await agentRecord(again, 'a')).paused).toBeUndefined();
});

it('what the terminal host holds and no log knows of is found by the next hub', async () => {
  const serving = await world.serve();
  await addPolite(serving.operator, 'a');
  await serving.kill('SIGKILL');
  const host = beside(world.repository.env);
  const [terminal] = await host.list();
  await host.pause(terminal?.id ?? '');
  await host.dispose();
  const again = await world.serve();
  await waitFor('it to be known', async () => {
    const record = await agentRecord(again, 'a');
    return record.paused?.by === 'system' || JSON.stringify(record);
  });
});

it.each(['agent.stop', 'agent.restart', 'agent.destroy'])(
  '%s of a paused agent lets it end itself',
  async (type) => {
    const serving = await world.serve();
    const file = await addPolite(serving.operator, 'a');
    await serving.operator.command('agent.pause', { agent: 'a' });
    await serving.operator.command(type, { agent: 'a' });
    await waitFor('it to have seen the signal', () => existsSync(file));
    await waitFor('it to be over', async () => {
      const record = await agentRecord(serving, 'a');
      // Anew it runs: ended while it starts, it would be left, for it ignores that its terminal is gone.
      const isAnew = record.session === 2 && record.state === 'running';
      const isOver = ['stopped', 'destroyed'].includes(record.state) || isAnew;
      return (isOver && record.paused === undefined) || JSON.stringify(record);
    });
  },
);

it('`musher stop --agents` ends a paused agent as any other', async () => {
  const serving = await world.serve();
  const file = await addPolite(serving.operator, 'a');
  await serving.operator.command('agent.pause', { agent: 'a' });
  const { hostId } = await hostState(world.repository.env);
  const pids = await markedBy(hostId);
  const { env, root } = world.repository;
  const { code, stdout } = await runMusher(['stop', '--agents', '--repo', root], { env });
  expect([code, stdout]).toEqual([0, expect.stringContaining('Ended: a.')]);
  expect([pids.filter(isAlive), existsSync(file)]).toEqual([[], true]);
});
