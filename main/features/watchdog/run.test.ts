import { describe, expect, it } from 'vitest';
import type { Past } from '../../../test/harness/given.ts';
import { given } from '../../../test/harness/given.ts';
import { added, exited, launched, life, moved } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { ranMs } from './run.ts';
import { newWatch, selectWatchdog } from './slice.ts';

const hooked = (event: string): Past => ({
  type: 'agent.hooked',
  actor: 'agent:a',
  data: { agent: 'a', event },
});
const tool: Past = { type: 'agent.tool_used', actor: 'agent:a', data: { agent: 'a' } };
const used = (data: object): Past => ({
  type: 'watchdog.usage_told',
  actor: 'agent:a',
  data: { agent: 'a', ...data },
});
const byOperator = (past: Past): Past => ({ ...past, actor: 'operator' });
const at = (past: Past, atMs: number): Past => ({ ...past, atMs });

const began = life.running?.('a') ?? [];
const beginMs = 1_700_000_000_000;

function watchAfter(...past: Past[]) {
  return selectWatchdog(given(world(), ...began, ...past).state).get('a') ?? newWatch('none');
}
const runAfter = (...past: Past[]) => watchAfter(...past).run;

describe('a turn counts when it is over', () => {
  it.each<[string, Past[], number, number]>([
    ['none while it goes on', [hooked('busy'), tool], 0, 0],
    ['of words alone', [hooked('busy'), hooked('idle')], 0, 1],
    ['with a tool at its beginning', [hooked('busy'), tool, hooked('idle')], 1, 1],
    ['with a tool later', [hooked('busy'), tool, tool, hooked('idle')], 1, 1],
    ['with a permission between', [hooked('busy'), tool, hooked('waiting'), hooked('idle')], 1, 1],
    ['that a limit ended', [hooked('busy'), tool, hooked('limit')], 1, 1],
    ['an end without a beginning', [hooked('idle')], 0, 0],
    ['an end that is told twice', [hooked('busy'), tool, hooked('idle'), hooked('idle')], 1, 1],
    [
      'the tool of the turn before is no tool of this one',
      [hooked('busy'), tool, hooked('idle'), hooked('busy'), hooked('idle')],
      1,
      2,
    ],
    ['that the end of the program cut off', [hooked('busy'), tool, exited('a')], 0, 0],
  ])('%s', (...[_, past, turns, allTurns]) => {
    expect(runAfter(...past)).toMatchObject({ turns, allTurns });
  });
});

describe('a run', () => {
  const turn = [hooked('busy'), tool, hooked('idle')];
  const again = (session: number) => [moved('a', 'starting', session), launched('a', session)];

  it('goes on over a restart that Musher does by itself', () => {
    expect(runAfter(...turn, exited('a'), ...again(2), ...turn)).toMatchObject({ turns: 2 });
  });

  it('begins anew with a start by the operator', () => {
    const [start, run] = again(2);
    const past = [...turn, exited('a'), byOperator(start as Past), run as Past];
    expect(runAfter(...past)).toMatchObject({ turns: 0, session: 2 });
  });

  it('begins anew with a restart by the operator, which the hub carries out', () => {
    const past = [...turn, byOperator(moved('a', 'restarting')), exited('a'), ...again(2)];
    expect(runAfter(...past)).toMatchObject({ turns: 0, session: 2 });
  });

  it('forgets that its limit was near, where it is a new one', () => {
    const near = {
      type: 'watchdog.limit_near',
      data: { agent: 'a', kind: 'turns', used: 8, of: 10 },
    };
    expect(watchAfter(near).near).toEqual({ turns: 10 });
    const [start] = again(2);
    expect(watchAfter(near, byOperator(start as Past)).near).toEqual({});
    expect(watchAfter(...turn, near, start as Past).near).toEqual({ turns: 10 });
  });
});

describe('its time', () => {
  const timeAt = (ms: number, ...past: Past[]) => ranMs(runAfter(...past), beginMs + ms);

  it('runs while its program does', () => {
    expect(timeAt(5_000)).toBe(5_000);
    expect(timeAt(9_000, at(exited('a'), 5_000))).toBe(5_000);
  });

  it('stands still while it is held', () => {
    const held: Past = { type: 'agent.paused', data: { agent: 'a' }, atMs: 1_000 };
    expect(timeAt(9_000, held)).toBe(1_000);
    const goes: Past = { type: 'agent.resumed', data: { agent: 'a' }, atMs: 8_000 };
    expect(timeAt(9_000, held, goes)).toBe(2_000);
  });

  it('of a program that ended before its start was reported does not run', () => {
    const past = [added('a'), moved('a', 'starting', 1), exited('a'), launched('a')];
    const { state } = given(world(), ...past);
    expect(ranMs(selectWatchdog(state).get('a')?.run ?? newWatch('a').run, beginMs + 5_000)).toBe(
      0,
    );
  });
});

describe('its cost', () => {
  it.each([
    ['is not told', [], undefined],
    ['is told', [used({ costUsd: 0.5 })], 0.5],
    ['grows', [used({ costUsd: 0.5 }), used({ costUsd: 0.75 })], 0.75],
    ['begins anew with a session', [used({ costUsd: 0.5 }), used({ costUsd: 0.25 })], 0.75],
    ['is not of the context', [used({ contextTokens: 5 })], undefined],
  ])('%s', (_, past, costUsd) => {
    expect(runAfter(...past).costUsd).toBe(costUsd);
  });

  it('of a new run is what came since', () => {
    const start = byOperator(moved('a', 'starting', 2));
    const past = [used({ costUsd: 3 }), start, launched('a', 2), used({ costUsd: 3.5 })];
    expect(runAfter(...past).costUsd).toBe(0.5);
  });
});

describe('a machine that sleeps', () => {
  const slept = (fromMs: number, toMs: number): Past => ({
    type: 'watchdog.slept',
    actor: 'system',
    data: { fromMs: beginMs + fromMs, toMs: beginMs + toMs },
  });
  const timeAt = (ms: number, past: Past) => ranMs(runAfter(past), beginMs + ms);

  it.each<[string, Past, number]>([
    ['costs no time', slept(1_000, 9_000), 2_000],
    ['that began before its program did', slept(-1_000, 9_000), 1_000],
    ['before its program began', slept(-9_000, -1_000), 10_000],
  ])('%s', (_, past, ran) => expect(timeAt(10_000, past)).toBe(ran));

  it('is no lack of progress, and of one that does not run nothing at all', () => {
    const past = slept(1_000, 9_000);
    expect(runAfter(past).progressMs).toBe(beginMs + 9_000);
    expect(runAfter(exited('a'), past)).toEqual(runAfter(exited('a')));
  });
});
