import { expect, it } from 'vitest';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { type World, world } from '../../../test/harness/hub-ports.ts';
import { rosterOf } from './roster.ts';
import { selectAgents } from './slice.ts';

const minuteMs = 60_000;
const agentIn = (box: Box) => selectAgents(box.hub.state()).byId.get('a');

async function open(): Promise<{ box: Box; played: World }> {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  return { box, played };
}

/** Its terminal says something each second, for so long. */
async function stream({ box, played }: { box: Box; played: World }, forMs: number) {
  for (let spentMs = 0; spentMs < forMs; spentMs += 1_000) {
    played.outside.outputs.set('a.1', box.clock.now());
    await box.advance(1_000);
  }
}

it('what is said on a terminal is a sign of life within five seconds', async () => {
  const one = await open();
  expect(agentIn(one.box)?.liveness).toBe('unknown');
  await stream(one, 5_000);
  expect(agentIn(one.box)).toMatchObject({ liveness: 'active' });
  expect(one.box.clock.now() - (agentIn(one.box)?.lastSeenMs ?? 0)).toBeLessThanOrEqual(6_000);
});

it('who streams for an hour is never idle, and costs the log 15 events', async () => {
  const one = await open();
  await stream(one, 10_000);
  const { seq } = one.box.hub.head();
  await stream(one, 60 * minuteMs);
  expect(agentIn(one.box)?.liveness).toBe('active');
  expect(one.box.hub.head().seq - seq).toBeLessThanOrEqual(15);
});

it('the exact time is a live record while the program runs, and what is listed tells it', async () => {
  const { box, played } = await open();
  await stream({ box, played }, 20_000);
  const heardMs = box.clock.now() - 5_000;
  played.outside.outputs.set('a.1', heardMs);
  await box.advance(5_000);
  expect(agentIn(box)?.lastSeenMs).toBeLessThan(heardMs);
  expect(box.hub.live('output').toJSON()).toEqual({ a: { atMs: heardMs } });
  expect(await box.ask('agent.list')).toMatchObject({ agents: [{ lastSeenMs: heardMs }] });
  const roster = rosterOf(box.hub.state(), {
    outputs: box.hub.live('output'),
    nowMs: heardMs + 7_000,
  });
  expect(roster).toMatchObject([{ agent_id: 'a', last_seen_seconds: 7 }]);
  await box.dispatch('agent.stop', { agent: 'a' });
  await box.advance(5_000);
  expect(box.hub.live('output').size).toBe(0);
});

it('who was idle and says something is active again', async () => {
  const one = await open();
  await stream(one, 5_000);
  await one.box.advance(6 * minuteMs);
  expect(agentIn(one.box)?.liveness).toBe('idle');
  await stream(one, 5_000);
  expect(agentIn(one.box)?.liveness).toBe('active');
});

it('terminals that cannot be asked cost a line of the log, and are asked again', async () => {
  const one = await open();
  const { outputs } = one.played.outside;
  const broken = Object.assign(outputs, {
    [Symbol.iterator]: () => {
      throw new Error('no answer');
    },
  });
  await one.box.advance(5_000);
  expect(one.box.logged.at(-1)).toMatchObject({ level: 'warn', fields: { error: 'no answer' } });
  Reflect.deleteProperty(broken, Symbol.iterator);
  await stream(one, 5_000);
  expect(agentIn(one.box)?.liveness).toBe('active');
});
