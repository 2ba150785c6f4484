import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, exited, launched, life } from '../../../test/harness/given-events.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import type { TerminalsState } from './slice.ts';

const terminalsIn = (state: unknown) => {
  const { byId, early } = (state as { terminals: TerminalsState }).terminals;
  return { byId: byId.toJSON(), early: early.toJSON() };
};
const end = (terminalId: string) => ({ terminalId, exitCode: 0, signal: null });
const system = { actor: 'system' as const };

describe('terminal.exited', () => {
  it.each([
    ['running', false],
    ['stopping', true],
    ['starting', false],
  ] as const)('is noted while its agent is %s, and whether it was told to', (state, expected) =>
    given(world(), ...(life[state]?.('a') ?? []))
      .when('terminal.exited', end('a.1'), system)
      .leadsTo([['terminal.exited', { ...end('a.1'), agent: 'a', expected }]]),
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

it('a program that ends by itself is noted by the hub without being asked', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  played.outside.exit({ id: 'a.1', exitCode: 3, signal: null });
  played.outside.exit({ id: 'stranger.1', exitCode: 0, signal: null });
  await box.settle();
  const { byId, early } = terminalsIn(box.hub.state());
  expect([byId['a.1'], early]).toMatchObject([{ state: 'exited', exitCode: 3 }, {}]);
});

it('an end that cannot be recorded is said, and is recorded as soon as it can be', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  box.store.failWith(new Error('disk full'));
  played.outside.exit({ id: 'a.1', exitCode: 0, signal: null });
  await box.settle();
  expect(box.logged.at(-1)).toMatchObject({ level: 'info', fields: { terminal: 'a.1' } });
  await box.advance(5_000);
  expect(terminalsIn(box.hub.state()).byId['a.1']?.state).toBe('running');
  box.store.failWith(undefined);
  await box.advance(5_000);
  expect(terminalsIn(box.hub.state()).byId['a.1']?.state).toBe('exited');
});

it('an end that cannot be recorded any more is left to recovery', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  box.store.failWith(new Error('disk full'));
  played.outside.exit({ id: 'a.1', exitCode: 0, signal: null });
  await box.settle();
  // The box ends with it still waiting, and finds no timer left.
  expect(terminalsIn(box.hub.state()).byId['a.1']?.state).toBe('running');
});
