import { describe, expect, it } from 'vitest';
import { beginMs, given, type Past } from '../../../../test/harness/given.ts';
import { life } from '../../../../test/harness/given-events.ts';
import { type Box, openBox } from '../../../../test/harness/hub.ts';
import { type World, world } from '../../../../test/harness/hub-ports.ts';
import type { Heartbeat } from '../ports.ts';
import { type Agent, selectAgents } from '../slice.ts';
import { statusOf } from '../view.ts';
import { whenOf } from './heartbeats.ts';

const minute = 60_000;
const running = life.running?.('a') ?? [];
const heartbeat: Past = {
  type: 'agent.heartbeat_heard',
  data: { agent: 'a', beatMs: beginMs },
};

async function open(): Promise<{ box: Box; played: World }> {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  return { box, played };
}

type One = Awaited<ReturnType<typeof open>>;

/** A file says so, written this moment. */
async function beat({ box, played }: One, over: Partial<Heartbeat> = {}): Promise<void> {
  const now = box.clock.now();
  played.outside.heartbeats = [{ agent: 'a', atMs: now, writtenMs: now, ...over }];
  played.outside.tellHeartbeats();
  await box.settle();
}

function agentIn({ box }: One): Agent {
  const agent = selectAgents(box.hub.state()).byId.get('a');
  if (agent === undefined) throw new Error('no agent');
  return agent;
}
const lives = ({ box }: One) => box.hub.live('heartbeat').toJSON();
const written = ({ box }: One) =>
  box.store.page({ after: 0, limit: 1_000, type: 'agent.heartbeat_heard' }).length;

describe('a heartbeat', () => {
  it('is a sign of life at once, and no proof of work', async () => {
    const one = await open();
    expect(agentIn(one).liveness).toBe('unknown');
    await beat(one, { machine: 'm-1', issue: '12' });
    expect(agentIn(one)).toMatchObject({ liveness: 'active' });
    expect(agentIn(one).lastSeenMs).toBeUndefined();
    expect(statusOf(agentIn(one)).value).toBe('unknown');
    const record = { atMs: one.box.clock.now(), isAhead: false, machine: 'm-1', issue: '12' };
    expect(lives(one)).toEqual({ a: record });
  });

  it('is among the evidence, believed little', async () => {
    const one = await open();
    await beat(one);
    const { evidence } = (await one.box.ask('agent.evidence', { agent: 'a' })) as {
      evidence: unknown[];
    };
    const sinceMs = one.box.clock.now();
    expect(evidence.at(-1)).toEqual({
      ...{ source: 'heartbeat', says: 'alive', sinceMs, confidence: 'low', wins: false },
    });
  });

  it('that no change told of is found within 30 seconds', async () => {
    const one = await open();
    const now = one.box.clock.now();
    one.played.outside.heartbeats = [{ agent: 'a', atMs: now, writtenMs: now }];
    await one.box.advance(29_999);
    expect(agentIn(one).liveness).toBe('unknown');
    await one.box.advance(1);
    expect(agentIn(one).liveness).toBe('active');
  });

  it('that is quicker than the report of the start counts within a second of it', async () => {
    const played = world();
    const box = await openBox({ features: played.features });
    const started = Promise.withResolvers<void>();
    played.outside.before = (deed) => (deed.startsWith('open') ? started.promise : undefined);
    await box.dispatch('agent.add', { name: 'a' });
    const one = { box, played };
    await beat(one);
    expect([agentIn(one).state, lives(one)]).toEqual(['starting', {}]);
    await box.advance(1_000);
    started.resolve();
    await box.settle();
    await box.advance(1_000);
    expect([agentIn(one).state, agentIn(one).liveness]).toEqual(['running', 'active']);
  });

  it('every few seconds for an hour keeps it active, and costs the log 15 events', async () => {
    const one = await open();
    for (let spentMs = 0; spentMs < 60 * minute; spentMs += 10_000) {
      await beat(one);
      await one.box.advance(10_000);
    }
    expect(agentIn(one).liveness).toBe('active');
    expect(written(one)).toBeLessThanOrEqual(16);
  });

  it('of one that says something all the time is not written', async () => {
    const one = await open();
    for (let spentMs = 0; spentMs < 20 * minute; spentMs += 10_000) {
      one.played.outside.outputs.set('a.1', one.box.clock.now());
      await one.box.advance(10_000);
      await beat(one);
    }
    expect(written(one)).toBeLessThanOrEqual(1);
  });

  it.each([
    [5 * minute - 1, undefined],
    [5 * minute, 'idle'],
    [30 * minute - 1, 'idle'],
    [30 * minute, 'stale'],
  ] as const)(
    'that is not renewed for %i ms makes it %s, told once',
    async (silentMs, liveness) => {
      const past = given(world(), ...running, heartbeat);
      const aged = liveness && { type: 'agent.age', data: { agent: 'a', liveness } };
      expect(past.due(silentMs)).toEqual(aged === undefined ? [] : [aged]);
      if (aged === undefined) return;
      const { type, data } = aged;
      const by = { actor: 'system', atMs: silentMs } as const;
      await past.when(type, data, by).leadsTo([['agent.aged', data]]);
      const told = given(world(), ...running, heartbeat, { type: 'agent.aged', data });
      await told.when(type, data, by).leadsTo([]);
    },
  );

  it('whose file is deleted is gone, and its age goes on', async () => {
    const one = await open();
    await beat(one);
    one.played.outside.heartbeats = [];
    one.played.outside.tellHeartbeats();
    await one.box.settle();
    expect(lives(one)).toEqual({});
    await one.box.advance(5 * minute);
    await one.box.advance(1_000);
    expect(agentIn(one).liveness).toBe('idle');
  });

  it('of before its program began, of nobody and of one that is stopped counts for nothing', async () => {
    const one = await open();
    await beat(one, { atMs: one.box.clock.now() - 5_001 });
    await beat(one, { agent: 'nobody' });
    await beat(one, { agent: 'constructor' });
    expect([lives(one), written(one)]).toEqual([{}, 0]);
    await beat(one);
    await one.box.dispatch('agent.stop', { agent: 'a' });
    await beat(one);
    expect([lives(one), written(one)]).toEqual([{}, 1]);
  });

  it('the newest of several files counts', async () => {
    const one = await open();
    await one.box.advance(10_000);
    const now = one.box.clock.now();
    one.played.outside.heartbeats = [now - 9, now - 1, now - 5].map((atMs) => ({
      ...{ agent: 'a', atMs, writtenMs: now },
    }));
    one.played.outside.tellHeartbeats();
    await one.box.settle();
    expect(lives(one)).toEqual({ a: { atMs: now - 1, isAhead: false } });
  });

  it('files that cannot be read cost a line of the log, and are read again', async () => {
    const one = await open();
    const broken = {
      [Symbol.iterator]: () => {
        throw new Error('no answer');
      },
    } as unknown as Heartbeat[];
    one.played.outside.heartbeats = broken;
    one.played.outside.tellHeartbeats();
    await one.box.settle();
    expect(one.box.logged.at(-1)).toMatchObject({ level: 'warn', fields: { error: 'no answer' } });
    await beat(one);
    expect(agentIn(one).liveness).toBe('active');
  });
});

it.each([
  ['a clock that is right', 0, 0, { atMs: 1_000_000, isAhead: false }],
  ['one a little ahead', 59_000, 0, { atMs: 1_000_000, isAhead: false }],
  ['one far ahead: the time of the file', 3_600_000, -5_000, { atMs: 995_000, isAhead: true }],
  ['one far ahead, and the file with it: nothing', 3_600_000, 3_600_000, undefined],
  ['one that is behind', -90_000, 0, { atMs: 910_000, isAhead: false }],
])('when it was, of %s', (...row) => {
  const [, ahead, writtenAhead, when] = row;
  const nowMs = 1_000_000;
  expect(whenOf({ atMs: nowMs + ahead, writtenMs: nowMs + writtenAhead }, nowMs)).toEqual(when);
});
