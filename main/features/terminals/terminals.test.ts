import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, exited, launched, life } from '../../../test/harness/given-events.ts';
import { openBox, refusedWith } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import type { TerminalsState } from './index.ts';
import { createWaker } from './waker.ts';

const terminalsIn = (state: unknown) => (state as { terminals: TerminalsState }).terminals;
const end = (terminalId: string) => ({ terminalId, exitCode: 0, signal: null });
const system = { actor: 'system' as const };

describe('terminal.exited', () => {
  const data = { ...end('a.1'), agent: 'a' };
  it.each(['running', 'stopping', 'starting'])('is noted while its agent is %s', (state) =>
    given(world(), ...(life[state]?.('a') ?? []))
      .when('terminal.exited', end('a.1'), system)
      .leadsTo([['terminal.exited', data]]),
  );

  it.each([
    ['told twice', [...(life.running?.('a') ?? []), exited('a')], 'a.1'],
    [
      'told twice before the start is reported',
      [...(life.starting?.('a') ?? []), exited('a')],
      'a.1',
    ],
    ['of a terminal that nobody knows', life.running?.('a') ?? [], 'b.1'],
    ['of a session to come', life.starting?.('a') ?? [], 'a.2'],
  ] as Array<[string, Past[], string]>)('%s is nothing new', (...row) => {
    const [, past, terminalId] = row;
    return given(world(), ...past)
      .when('terminal.exited', end(terminalId), system)
      .leadsTo([]);
  });
});

it('running terminals are remembered, and the newest hundred that exited', () => {
  const past = Array.from({ length: 110 }, (_, index) => [
    { ...launched('b', index), atMs: index },
    exited('b', index),
  ]).flat();
  const { byId } = terminalsIn(
    given(world(), added('b'), { ...launched('a', 0), atMs: 0 }, ...past).state,
  );
  expect([Object.keys(byId).length, byId['a.0']?.state, byId['b.9'], byId['b.10']?.state]).toEqual([
    ...[101, 'running', undefined, 'exited'],
  ]);
});

it('a purged agent leaves no terminal', () => {
  const purged: Past = { type: 'agent.purged', data: { agent: 'a' } };
  const past = [...(life.destroyed?.('a') ?? []), ...(life.running?.('b') ?? []), purged];
  expect(Object.keys(terminalsIn(given(world(), ...past).state).byId)).toEqual(['b.1']);
});

it('typing needs a running agent; what its last screen said stays to be read', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.dispatch('terminal.type', { agent: 'a', text: 'ls' });
  expect(played.outside.done.at(-1)).toBe('paste a.1 ls');
  expect(await box.ask('terminal.text', { agent: 'a' })).toMatchObject({ text: 'screen' });
  await box.dispatch('agent.stop', { agent: 'a' });
  await refusedWith('TERMINAL_GONE', box.dispatch('terminal.type', { agent: 'a', text: 'ls' }));
  expect(await box.ask('terminal.text', { agent: 'a' })).toMatchObject({ text: 'screen' });
  await refusedWith('AGENT_UNKNOWN', box.dispatch('terminal.type', { agent: 'b', text: 'ls' }));
});

describe('waking', () => {
  function open(terminalToWake: (agent: string) => string | undefined) {
    const clock = new TestClock();
    const pasted: string[] = [];
    const waker = createWaker({
      ...{ clock, log: silentLogger, terminalToWake },
      terminals: {
        paste: async (id) => {
          pasted.push(id);
          if (id === 'broken.1') throw new Error('gone');
        },
      },
    });
    return { clock, pasted, waker };
  }

  it('waits three seconds, and says once that something came', () => {
    const { clock, pasted, waker } = open((agent) => `${agent}.1`);
    waker.onDelivered(['a', 'a', 'broken']);
    clock.advance(2_999);
    waker.onDelivered(['a']);
    expect(pasted).toEqual([]);
    clock.advance(1);
    expect([pasted, clock.pending()]).toEqual([['a.1', 'broken.1'], []]);
  });

  it('leaves alone who has read it meanwhile, and forgets all when disposed', () => {
    const { clock, pasted, waker } = open((agent) => (agent === 'a' ? undefined : `${agent}.1`));
    waker.onDelivered(['a']);
    clock.advance(3_000);
    waker.onDelivered(['b']);
    waker.dispose();
    clock.advance(3_000);
    expect([pasted, clock.pending()]).toEqual([[], []]);
  });
});
