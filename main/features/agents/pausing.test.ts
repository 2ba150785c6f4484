import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { exited, life, moved } from '../../../test/harness/given-events.ts';
import { openBox, refusedWith } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { findPaused } from './pausing.ts';
import { selectAgents } from './slice.ts';
import { toRecord } from './view.ts';

const minute = 60_000;
const running = life.running?.('a') ?? [];
const paused: Past = { type: 'agent.paused', actor: 'operator', data: { agent: 'a' } };
const resumed: Past = { type: 'agent.resumed', actor: 'operator', data: { agent: 'a' } };
const word: Past = {
  ...{ type: 'agent.reported', actor: 'agent:a' },
  data: { agent: 'a', status: 'working' },
};
const having = (...past: Past[]) => given(world(), ...running, ...past);
const recordAfter = (...past: Past[]) => {
  const agent = selectAgents(having(...past).state).byId.get('a');
  return agent && toRecord(agent);
};

describe('agent.pause, agent.resume', () => {
  it('hold a running program and let it go on, once each', async () => {
    await having()
      .when('agent.pause', { agent: 'a' })
      .leadsTo([['agent.paused', { agent: 'a' }]]);
    await having(paused)
      .when('agent.resume', { agent: 'a' })
      .leadsTo([['agent.resumed', { agent: 'a' }]]);
    await having(paused).when('agent.pause', { agent: 'a' }).refused('AGENT_NOT_IN_STATE');
    await having().when('agent.resume', { agent: 'a' }).refused('AGENT_NOT_IN_STATE');
  });

  it.each(['creating', 'starting', 'stopping', 'stopped', 'destroyed'])(
    'are refused of one that is %s',
    async (state) => {
      const past = life[state]?.('a') ?? [];
      for (const command of ['agent.pause', 'agent.resume'])
        await given(world(), ...past)
          .when(command, { agent: 'a' })
          .refused('AGENT_NOT_IN_STATE');
    },
  );

  it('reach the terminal before the log, and what fails there is refused', async () => {
    const played = world();
    const box = await openBox({ features: played.features });
    await box.dispatch('agent.add', { name: 'a' });
    await box.dispatch('agent.pause', { agent: 'a' });
    expect(played.outside.done.at(-1)).toBe('pause a.1');
    await refusedWith('AGENT_PAUSED', box.dispatch('agent.type', { agent: 'a', text: 'ls' }));
    played.outside.before = () => {
      throw new Error('no host');
    };
    await expect(box.dispatch('agent.resume', { agent: 'a' })).rejects.toThrow();
    expect(selectAgents(box.hub.state()).byId.get('a')?.paused).toBeDefined();
  });
});

describe('a paused agent', () => {
  it('says since when and by whom', () => {
    expect(recordAfter({ ...paused, atMs: 5 })).toMatchObject({
      state: 'running',
      paused: { by: 'operator', sinceMs: expect.any(Number) },
    });
    expect(recordAfter({ ...paused, actor: 'system' })?.paused?.by).toBe('system');
  });

  it('is not called silent, and its silence begins anew when it goes on', () => {
    expect(having(word, paused).due(99 * minute)).toEqual([]);
    const later = { ...resumed, atMs: 60 * minute };
    expect(recordAfter(word, paused, later)).toMatchObject({ liveness: 'active' });
    expect(having(word, paused, later).due(5 * minute - 1)).toEqual([]);
    expect(having(word, paused, later).due(5 * minute)).toHaveLength(1);
  });

  it.each([
    ['its program', [exited('a', 1, 1)]],
    ['a stop', [moved('a', 'stopping')]],
    ['a restart', [moved('a', 'restarting')]],
  ])('is none any more after the end by %s', (_what, past) =>
    expect(recordAfter(paused, ...past)?.paused).toBeUndefined(),
  );
});

describe('recovery', () => {
  const held = (isPaused: boolean) => [{ id: 'a.1', isPaused }];
  const found = (isPaused: boolean) => [
    { type: 'agent.pause_found', data: { agent: 'a', session: 1, isPaused } },
  ];

  it('asks where log and host differ, and only there', () => {
    const [open, closed] = [selectAgents(having().state), selectAgents(having(paused).state)];
    expect(findPaused(open, held(true))).toEqual(found(true));
    expect(findPaused(closed, held(false))).toEqual(found(false));
    expect(findPaused(open, held(false))).toEqual([]);
    expect(findPaused(closed, held(true))).toEqual([]);
    expect(findPaused(closed, [])).toEqual([]);
  });

  it('writes what is news, of the session that was looked at', async () => {
    const tell = (isPaused: boolean, session = 1) =>
      ['agent.pause_found', { agent: 'a', session, isPaused }, { actor: 'system' }] as const;
    await having()
      .when(...tell(true))
      .leadsTo([['agent.paused', { agent: 'a' }]]);
    await having(paused)
      .when(...tell(false))
      .leadsTo([['agent.resumed', { agent: 'a' }]]);
    await having(paused)
      .when(...tell(true))
      .leadsTo([]);
    await having()
      .when(...tell(true, 2))
      .leadsTo([]);
  });
});
