// The hub dies somewhere between the asking for a pause, the host that holds the program, and the log.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { beside } from '../harness/host-world.ts';
import { seededRandom } from '../harness/hub.ts';
import { rounds } from '../harness/rounds.ts';
import { agentRecord, makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ServeWorld;

beforeEach(async () => {
  world = await makeServeWorld();
});

afterEach(() => world.dispose());

it('whenever the hub is killed, the next one says what is true, and both ways stay open', async () => {
  let serving = await world.serve();
  await world.addAgent(serving, 'a');
  const host = beside(world.repository.env);
  const random = seededRandom(11);
  for (let round = 0; round < rounds(1, 30); round++) {
    const { operator } = serving;
    const type = (await agentRecord(serving, 'a')).paused ? 'agent.resume' : 'agent.pause';
    const asked = operator.command(type, { agent: 'a' }).catch(() => undefined);
    // Somewhere between the asking and the answer, or after it.
    for (let n = Math.floor(random() * 4); n > 0; n--) await host.list();
    await serving.kill('SIGKILL');
    await asked;
    serving = await world.serve();
    await waitFor('the record to be as the host has it', async () => {
      const [terminal] = await host.list();
      const { paused } = await agentRecord(serving, 'a');
      return (paused !== undefined) === (terminal?.isPaused ?? false) || { terminal, paused };
    });
  }
  await host.dispose();
  expect(await serving.operator.query('log.verify')).toMatchObject({ ok: true });
});
