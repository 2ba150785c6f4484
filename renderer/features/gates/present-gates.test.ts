import { describe, expect, it } from 'vitest';
import type { GateCheck, GateRun } from '../../../preload/contract/gates.ts';
import { exitOf, formatTook, named, rowsOf, standingOf, withNewest } from './present-gates.ts';

const run = (gate: string, over: Partial<GateRun> = {}): GateRun => ({
  ...{ id: `g-${gate}`, gate, hash: 'h', tree: 't', commit: 'c', command: ['x'], required: true },
  ...{ timeoutMs: 1, terminalId: `gate--${gate}.1`, state: 'passed', queuedMs: 1 },
  ...over,
});
const planned = (gate: string, over: object = {}) => ({
  ...{ gate, hash: 'h', required: true, applies: true, run: `g-${gate}` },
  ...over,
});
const check = (gates: GateCheck['gates'], over: Partial<GateCheck> = {}): GateCheck => ({
  ...{ id: 'gc-1', purpose: 'request', commit: 'c', target: 'main', result: 'r', from: 'f' },
  ...{ tree: 't', gates, changesGates: false, atMs: 1 },
  ...over,
});
const definition = (name: string, required = true) => ({
  ...{ name, command: ['x'], paths: [], required, timeoutMs: 1 },
});
const standing = (known: { gates?: GateCheck; runs?: GateRun[]; names?: string[] }) =>
  standingOf({
    definitions: (known.names ?? ['test', 'lint']).map((name) => definition(name)),
    check: known.gates,
    runOf: (id) => known.runs?.find((one) => one.id === id),
    target: 'main',
  });

describe('what a yes comes to', () => {
  const two = [planned('test'), planned('lint')];
  it.each<[string, Parameters<typeof standing>[0], object | undefined]>([
    ['no gates', { names: [] }, undefined],
    ['not run yet', {}, { text: 'A yes runs test and lint first', isRed: false }],
    [
      'all green',
      { gates: check(two), runs: [run('test'), run('lint')] },
      { tone: 'green', text: 'All gates have passed' },
    ],
    [
      'one runs',
      { gates: check(two), runs: [run('test'), run('lint', { state: 'running' })] },
      { tone: 'blue', text: 'A yes waits for lint', isRed: false },
    ],
    [
      'one failed',
      { gates: check(two), runs: [run('test', { state: 'failed', exitCode: 1 }), run('lint')] },
      { tone: 'red', text: 'Not passed: test', isRed: true },
    ],
    [
      'one was cancelled, which is no verdict',
      { gates: check(two), runs: [run('test', { state: 'cancelled' }), run('lint')] },
      { tone: 'muted', text: 'A yes runs test again', isRed: false },
    ],
    [
      'the target moved',
      { gates: check(two, { isStale: true }), runs: [run('test', { state: 'failed' })] },
      { text: 'main has moved: a yes runs test and lint again', isRed: false },
    ],
    [
      'an advisory one failed',
      {
        names: ['test'],
        gates: check([planned('test'), planned('lint', { required: false })]),
        runs: [run('test'), run('lint', { state: 'failed' })],
      },
      { tone: 'green', text: 'Its gate has passed' },
    ],
    [
      'the one that failed is no gate any more',
      {
        names: ['lint'],
        gates: check(two),
        runs: [run('test', { state: 'failed' }), run('lint')],
      },
      { tone: 'green', text: 'Its gate has passed' },
    ],
    [
      'one came since',
      { names: ['test', 'docs'], gates: check(two), runs: [run('test'), run('lint')] },
      { text: 'A yes runs docs first' },
    ],
    [
      'none concerns it',
      { names: ['test'], gates: check([planned('test', { applies: false, run: undefined })]) },
      { text: 'No gate concerns this change', isRed: false },
    ],
  ])('%s', (_what, known, said) =>
    said === undefined
      ? expect(standing(known)).toBeUndefined()
      : expect(standing(known)).toMatchObject(said),
  );
});

it('each gate has its own look, also what is being ended and what nobody remembers', () => {
  const gates = check([planned('a'), planned('b'), planned('c', { applies: false })]);
  const rows = rowsOf(gates, (id) =>
    id === 'g-a' ? run('a', { state: 'running', ending: 'cancel' }) : undefined,
  );
  expect(rows.map(({ look }) => look.word)).toEqual(['ending', 'not run', 'does not concern it']);
});

it('of a gate that was run again by itself, the newest counts; on these files alone', () => {
  const known = check([planned('a', { isCached: true }), planned('b')]);
  const again = run('a', { id: 'g-2', state: 'running' });
  const elsewhere = run('b', { id: 'g-3', tree: 'other' });
  const { gates } = withNewest(known, [run('a'), run('b'), again, elsewhere]);
  expect(gates.map((gate) => [gate.run, gate.isCached])).toEqual([
    ['g-2', false],
    ['g-b', undefined],
  ]);
});

it('how it ended and how long it took are said shortly', () => {
  expect(exitOf(run('a', { state: 'failed', exitCode: 3 }))).toBe('exit code 3');
  expect(exitOf(run('a', { state: 'failed', exitCode: null, signal: 'SIGSEGV' }))).toBe('SIGSEGV');
  expect(exitOf(run('a', { state: 'passed', exitCode: 0 }))).toBe('');
  expect(exitOf(run('a', { state: 'timed_out', exitCode: null }))).toBe('timed out');
  expect([340, 8_400, 45_000, 80_000, 600_000, 3_720_000].map(formatTook)).toEqual([
    ...['0.3s', '8.4s', '45s', '1m 20s', '10m', '1h 2m'],
  ]);
  expect([['a'], ['a', 'b'], ['a', 'b', 'c', 'd']].map(named)).toEqual([
    ...['a', 'a and b', 'a, b and 2 more'],
  ]);
});
