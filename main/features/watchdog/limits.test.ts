import { describe, expect, it } from 'vitest';
import { amount, limitError, nearNoMore, newlyNear, reachedOf, usesOf } from './limits.ts';
import { newRun, type Run } from './run.ts';

const nowMs = 1_000_000;

function uses(run: Partial<Run>, { own = {}, config = {}, profile = 'claude' } = {}) {
  return usesOf({ profile, own, config, run: { ...newRun, ...run }, nowMs });
}

describe('which limit counts', () => {
  it.each([
    ['the agent’s own', { turns: 5 }, { turns: 9 }, 5, 'agent'],
    ['else that of the config files', {}, { turns: 9 }, 9, 'config'],
    ['none where the agent’s own is lifted', { turns: 'none' }, { turns: 9 }, undefined, 'none'],
    ['none where nothing says one', {}, {}, undefined, 'none'],
  ] as const)('%s', (...[_, own, config, of, from]) => {
    expect(uses({}, { own, config })[0]).toMatchObject({ kind: 'turns', from });
    expect(uses({}, { own, config })[0]?.of).toBe(of);
  });
});

describe('what is used', () => {
  it('of turns: those that used a tool, where the CLI’s hooks tell of tools', () => {
    const run = { turns: 3, allTurns: 8 };
    expect(uses(run)[0]?.used).toBe(3);
    expect(uses(run, { profile: 'gemini' })[0]?.used).toBe(8);
    expect(uses({ ...run, tellsTools: true }, { profile: 'mine' })[0]?.used).toBe(3);
  });

  it('of cost: nothing is said where its CLI tells nothing, and no limit is reached by it', () => {
    const own = { costUsd: 0.01 };
    expect(uses({}, { own })[1]).toEqual({ kind: 'costUsd', of: 0.01, from: 'agent' });
    expect(reachedOf(uses({}, { own }))).toBeUndefined();
  });

  it('of time: what is over and what goes on', () => {
    const run = { ranMs: 60_000, runningSinceMs: nowMs - 30_000 };
    expect(uses(run)[2]?.used).toBe(90_000);
  });
});

describe('exactly at its share', () => {
  const near = (run: Partial<Run>, told = {}) =>
    newlyNear(uses(run, { own: { turns: 10, costUsd: 5, timeMs: 100_000 } }), told).map(
      ({ kind }) => kind,
    );
  it.each<[string, Partial<Run>, readonly string[]]>([
    ['turns below', { turns: 7 }, []],
    ['turns at 80 %', { turns: 8 }, ['turns']],
    ['turns at the limit', { turns: 10 }, []],
    ['cost below', { costUsd: 3.99 }, []],
    ['cost at 80 %', { costUsd: 4 }, ['costUsd']],
    ['time below', { ranMs: 79_999 }, []],
    ['time at 80 %', { ranMs: 80_000 }, ['timeMs']],
  ])('%s', (_, run, kinds) => {
    expect(near(run)).toEqual(kinds);
  });

  it('once, and again of another limit', () => {
    expect(near({ turns: 8 }, { turns: 10 })).toEqual([]);
    expect(near({ turns: 8 }, { turns: 9 })).toEqual(['turns']);
  });

  it.each([
    [{ turns: 9 }, undefined],
    [{ turns: 10 }, 'turns'],
    [{ costUsd: 4.99 }, undefined],
    [{ costUsd: 5 }, 'costUsd'],
    [{ ranMs: 99_999 }, undefined],
    [{ ranMs: 100_000 }, 'timeMs'],
  ])('%j reaches %s', (run, kind) => {
    const own = { turns: 10, costUsd: 5, timeMs: 100_000 };
    expect(reachedOf(uses(run, { own }))?.kind).toBe(kind);
  });
});

it.each([
  ['turns', 12, '12'],
  ['costUsd', 0.425, '$0.42'],
  ['timeMs', 59_999, '0m'],
  ['timeMs', 90 * 60_000, '1h30m'],
  ['timeMs', 120 * 60_000, '2h'],
] as const)('%s %d reads %s', (kind, value, text) => {
  expect(amount(kind, value)).toBe(text);
});

it.each([
  ['turns', 50, 'TURN_LIMIT', '--turns 100'],
  ['costUsd', 2.5, 'COST_LIMIT', '--cost 5'],
  ['timeMs', 5_400_000, 'TIME_LIMIT', '--time 3h'],
] as const)('a stop at %s says what was used and what to do', (...[kind, of, code, flag]) => {
  const error = limitError('a', { kind, used: of, of, from: 'agent' });
  expect(error.code).toBe(code);
  expect(error.message).toContain(amount(kind, of));
  expect(error.mend).toContain(`musher agent limits a ${flag}`);
});

it.each([
  ['as it was told', { turns: 8 }, { turns: 10 }, { turns: 10 }, []],
  ['raised', { turns: 8 }, { turns: 20 }, { turns: 10 }, ['turns']],
  ['another, and near as well', { turns: 8 }, { turns: 9 }, { turns: 10 }, ['turns']],
  ['lifted', { turns: 8 }, { turns: 'none' }, { turns: 10 }, ['turns']],
  ['counted otherwise', { turns: 7 }, { turns: 10 }, { turns: 10 }, ['turns']],
  ['never told', { turns: 1 }, { turns: 10 }, {}, []],
] as const)('one that is %s', (...[_, run, own, near, over]) => {
  expect(nearNoMore(uses(run, { own }), near)).toEqual(over);
});
