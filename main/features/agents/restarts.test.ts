import { describe, expect, it } from 'vitest';
import { beginMs, given, type Past } from '../../../test/harness/given.ts';
import { added, exited, launched, moved, provisioned } from '../../../test/harness/given-events.ts';
import { type Box, openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { world, type World } from '../../../test/harness/hub-ports.ts';
import { maxTries, restartDelayMs } from './restarts.ts';
import { selectAgents } from './slice.ts';
import { toRecord } from './view.ts';

const minute = 60_000;

it('the wait before a restart doubles, from a second to five minutes', () => {
  const seconds = Array.from({ length: 11 }, (_, tries) => restartDelayMs(tries) / 1_000);
  expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

const conversation = { how: 'new' } as const;
const began = (session = 1): Past[] => [
  moved('a', 'starting', session),
  { type: 'agent.launched', data: { ...(launched('a', session).data as object), conversation } },
];
const running = (restart?: string): Past[] => [
  added('a', { restart }),
  provisioned('a'),
  ...began(),
];
const killed: Past = {
  type: 'terminal.exited',
  data: { terminalId: 'a.1', agent: 'a', exitCode: null, signal: 'SIGKILL' },
};
const scheduled = (n: number, session = 1): Past => ({
  type: 'agent.restart_scheduled',
  data: { agent: 'a', session, try: n, ofTries: maxTries, dueMs: 0 },
});
const askedFor = (...past: Past[]) =>
  given(world(), ...past)
    .due(0)
    .map(({ type }) => type);
const recordAfter = (...past: Past[]) => {
  const agent = selectAgents(given(world(), ...past).state).byId.get('a');
  return agent && toRecord(agent);
};

describe('a restart is asked for', () => {
  it.each([
    ['never', exited('a', 1, 1), false],
    ['on-failure', exited('a', 1, 1), true],
    ['on-failure', killed, true],
    ['on-failure', exited('a', 1, null), true],
    ['on-failure', exited('a', 1, 0), false],
    ['always', exited('a', 1, 0), true],
    ['always', exited('a', 1, 1), true],
  ] as const)('by %s after an end as %j', (policy, end, isAsked) =>
    expect(askedFor(...running(policy), end)).toEqual(isAsked ? ['agent.schedule_restart'] : []),
  );

  it('of none without a policy, and of none that runs', () => {
    expect(askedFor(...running(), exited('a', 1, 1))).toEqual([]);
    expect(askedFor(...running('always'))).toEqual([]);
  });

  it.each(['stopping', 'restarting', 'destroying'])(
    'never of one whose end was asked for by %s',
    (to) => expect(askedFor(...running('always'), moved('a', to), exited('a', 1, 1))).toEqual([]),
  );

  it('never after a failure that was said', () => {
    const error = { code: 'RESUME_FAILED', message: 'm', mend: 'n' };
    const data = { agent: 'a', during: 'starting', to: 'stopped', error };
    const failed: Past = { type: 'agent.failed', data };
    expect(askedFor(...running('always'), exited('a', 1, 1), failed)).toEqual([]);
  });

  it('not of an end before there was a policy', () => {
    const set: Past = {
      type: 'agent.restart_set',
      atMs: 5,
      data: { agent: 'a', policy: 'always' },
    };
    expect(askedFor(...running(), exited('a', 1, 1), set)).toEqual([]);
    expect(askedFor(...running(), set, exited('a', 1, 1))).toEqual(['agent.schedule_restart']);
  });
});

describe('a restart is decided on', () => {
  const schedule = (...past: Past[]) =>
    given(world(), ...past).when(
      'agent.schedule_restart',
      { agent: 'a', session: 1 },
      { actor: 'system' },
    );
  const at = { agent: 'a' };
  const next = (n: number, afterMs = 0) => ({
    ...{ agent: 'a', session: 1, try: n, ofTries: maxTries },
    dueMs: beginMs + afterMs + restartDelayMs(n - 1),
  });

  it('once for each end', async () => {
    const past = [...running('always'), exited('a')];
    await schedule(...past).leadsTo([['agent.restart_scheduled', next(1)]]);
    await schedule(...past, scheduled(1)).leadsTo([]);
    await given(world(), ...past)
      .when('agent.schedule_restart', { agent: 'a', session: 2 }, { actor: 'system' })
      .leadsTo([]);
  });

  it.each([
    [10 * minute - 1, 4],
    [10 * minute, 1],
  ])('and the count begins anew after %i ms of running', (ranMs, n) => {
    const third: Past[] = [scheduled(3, 0), ...began(), { ...exited('a', 1, 1), atMs: ranMs }];
    const past = [added('a', { restart: 'always' }), provisioned('a'), ...third];
    return schedule(...past).leadsTo([['agent.restart_scheduled', next(n, ranMs)]]);
  });

  const minutes = (n: number) => n * minute;
  const pause = (n: number): Past => ({ type: 'agent.paused', atMs: minutes(n), data: at });
  const resume = (n: number): Past => ({ type: 'agent.resumed', atMs: minutes(n), data: at });
  it.each([
    { held: 'a pause that lasted until it ended', pauses: [pause(9)], ended: 15, n: 4 },
    { held: 'a pause', pauses: [pause(5), resume(11)], ended: 15, n: 4 },
    { held: 'two pauses', pauses: [pause(1), resume(4), pause(5), resume(8)], ended: 15, n: 4 },
    {
      held: 'a pause, with ten minutes beside it',
      pauses: [pause(5), resume(11)],
      ended: 16,
      n: 1,
    },
  ])('and the time of $held is no time of running', ({ pauses, ended, n }) => {
    const end = { ...exited('a', 1, 1), atMs: minutes(ended) };
    const past = [added('a', { restart: 'always' }), provisioned('a'), scheduled(3, 0), ...began()];
    const scheduledNext = ['agent.restart_scheduled', next(n, minutes(ended))] as const;
    return schedule(...past, ...pauses, end).leadsTo([scheduledNext]);
  });

  it('and what a session was held before counts for none after it', () => {
    const first = [...running('always'), pause(1), resume(20), exited('a', 1, 1)];
    const second: Past[] = [scheduled(3), ...began(2), { ...exited('a', 2, 1), atMs: minutes(30) }];
    return given(world(), ...first, ...second)
      .when('agent.schedule_restart', { agent: 'a', session: 2 }, { actor: 'system' })
      .leadsTo([['agent.restart_scheduled', { ...next(1, minutes(30)), session: 2 }]]);
  });

  it('and given up after the last try', () => {
    const past = [added('a', { restart: 'always' }), provisioned('a'), scheduled(maxTries, 0)];
    const told = { agent: 'a', session: 1, tries: maxTries };
    return schedule(...past, ...began(), exited('a', 1, 1)).leadsTo([
      ['agent.restart_given_up', told],
    ]);
  });
});

describe('what is to come', () => {
  const waiting = [...running('always'), exited('a', 1, 1), scheduled(3)];

  it('is told', () =>
    expect(recordAfter(...waiting)).toMatchObject({
      state: 'stopped',
      restart: { policy: 'always', tries: 3, ofTries: maxTries, nextMs: 0 },
    }));

  it('is done when its time has come, by nobody before and once', async () => {
    const at = { agent: 'a', session: 1 };
    const by = { actor: 'system' } as const;
    const start = ['agent.state_changed', { agent: 'a', to: 'starting', session: 2 }] as const;
    expect(askedFor(...waiting)).toEqual(['agent.restart_due']);
    await given(world(), ...waiting)
      .when('agent.restart_due', at, by)
      .leadsTo([start], ['agent.launch agent/a']);
    const later = { ...scheduled(3), data: { ...(scheduled(3).data as object), dueMs: 9e15 } };
    const early = [...running('always'), exited('a', 1, 1), later];
    expect(askedFor(...early)).toEqual([]);
    await given(world(), ...early)
      .when('agent.restart_due', at, by)
      .leadsTo([]);
    await given(world(), ...waiting, moved('a', 'starting', 2))
      .when('agent.restart_due', at, by)
      .leadsTo([]);
  });

  it('is taken back by a stop, by `never` and by whatever else is done with the agent', async () => {
    await given(world(), ...waiting)
      .when('agent.stop', { agent: 'a' })
      .leadsTo([['agent.restart_cancelled', { agent: 'a', session: 1 }]]);
    const ends: Past[] = [
      { type: 'agent.restart_cancelled', data: { agent: 'a', session: 1 } },
      { type: 'agent.restart_set', data: { agent: 'a', policy: 'never' } },
      moved('a', 'destroying'),
      { ...moved('a', 'starting', 2), actor: 'operator' },
    ];
    for (const end of ends) {
      expect(askedFor(...waiting, end)).toEqual([]);
      expect(recordAfter(...waiting, end)?.restart?.nextMs).toBeUndefined();
    }
  });

  it('stays when the policy is changed to another', () => {
    const set: Past = { type: 'agent.restart_set', data: { agent: 'a', policy: 'on-failure' } };
    expect(recordAfter(...waiting, set)?.restart).toMatchObject({ tries: 3, nextMs: 0 });
  });

  it('counts on when it started by itself, and anew when somebody else started it', () => {
    const start = (actor: 'system' | 'operator') => ({ ...moved('a', 'starting', 2), actor });
    expect(recordAfter(...waiting, start('system'))?.restart?.tries).toBe(3);
    expect(recordAfter(...waiting, start('operator'))?.restart?.tries).toBe(0);
  });
});

describe('with a clock', () => {
  const restartIn = (box: Box) => selectAgents(box.hub.state()).byId.get('a')?.restart;
  const crash = async (box: Box, played: World) => {
    const { session = 0 } = selectAgents(box.hub.state()).byId.get('a') ?? {};
    played.outside.exit({ id: `a.${session}`, exitCode: 1, signal: null });
    await box.settle();
  };
  const titles = async (box: Box) =>
    ((await box.ask('inbox.list')) as { items: Array<{ title: string }> }).items.map(
      ({ title }) => title,
    );

  async function open(restart: string, profile = 'shell') {
    const [played, store] = [world(), memoryStore()];
    const box = await openBox({ features: played.features, store });
    await box.dispatch('agent.add', { name: 'a', profile, restart });
    return { played, store, box };
  }

  it('a program that always breaks is started ten times, then given up, which the inbox says', async () => {
    const { played, box } = await open('on-failure');
    for (let n = 1; n <= maxTries; n += 1) {
      await crash(box, played);
      expect(restartIn(box)).toMatchObject({ tries: n, nextMs: expect.any(Number) });
      expect(await titles(box)).toEqual([]);
      await box.advance(restartDelayMs(n - 1) - 1);
      expect(selectAgents(box.hub.state()).byId.get('a')?.state).toBe('stopped');
      await box.advance(1_000);
      expect(selectAgents(box.hub.state()).byId.get('a')?.state).toBe('running');
    }
    await crash(box, played);
    expect(restartIn(box)).toMatchObject({ tries: maxTries, isGivenUp: true });
    expect(await titles(box)).toEqual([
      'Its program ended again after 10 restarts; nothing starts it now',
    ]);
    await box.advance(60 * minute);
    expect(selectAgents(box.hub.state()).byId.get('a')).toMatchObject({
      state: 'stopped',
      session: maxTries + 1,
    });
    await box.dispatch('agent.start', { agent: 'a' });
    expect(restartIn(box)).toMatchObject({ tries: 0 });
    expect(restartIn(box)?.isGivenUp).toBeUndefined();
  });

  it('what is to come outlives the hub', async () => {
    const { played, store, box } = await open('on-failure');
    await crash(box, played);
    box.crash();
    const next = world();
    const again = await openBox({ features: next.features, store });
    expect(restartIn(again)).toMatchObject({ tries: 1 });
    await again.advance(3_000);
    expect(next.outside.running.has('a.2')).toBe(true);
  });

  it('a conversation that is not taken up is said, and never tried again by itself', async () => {
    const { played, box } = await open('always', 'claude');
    const busy = { event: 'busy', sessionId: 'c-1' };
    await box.dispatch('agent.hook', busy, { actor: 'agent:a' });
    await crash(box, played);
    await box.advance(1_000);
    expect(selectAgents(box.hub.state()).byId.get('a')?.conversation?.how).toBe('resumed');
    await crash(box, played);
    await box.advance(1_000);
    await box.advance(10 * minute);
    const agent = selectAgents(box.hub.state()).byId.get('a');
    expect(agent).toMatchObject({ state: 'stopped', failure: { code: 'RESUME_FAILED' } });
    expect(agent?.restart?.nextMs).toBeUndefined();
  });

  it('the end of Musher with its agents takes back what is to come', async () => {
    const { played, box } = await open('on-failure');
    await crash(box, played);
    const wound = box.hub.windDown(5_000);
    await box.settle();
    expect([await wound, restartIn(box)?.nextMs]).toEqual([true, undefined]);
  });
});

describe('agent.set_restart', () => {
  const set = (policy: string, ...past: Past[]) =>
    given(world(), ...past).when('agent.set_restart', { agent: 'a', policy });

  it('writes what changes', async () => {
    const told = { agent: 'a', policy: 'always' };
    await set('always', ...running()).leadsTo([['agent.restart_set', told]]);
    await set('always', ...running('always')).leadsTo([]);
    await set('never', ...running()).leadsTo([]);
  });

  it('is refused of what does not exist, in words and of an agent', async () => {
    await set('sometimes', ...running()).refused('BODY_INVALID');
    await set('always').refused('AGENT_UNKNOWN');
    await given(world())
      .when('agent.add', { name: 'a', restart: 'sometimes' })
      .refused('BODY_INVALID');
  });
});
