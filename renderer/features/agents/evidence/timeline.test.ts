import { describe, expect, it } from 'vitest';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { type Change, lookOf, mostPieces, piecesOf, spanOf } from './timeline.ts';

const minute = 60_000;
const hour = 60 * minute;
const span = { fromMs: 100 * hour, toMs: 106 * hour };

const agent: AgentRecord = {
  ...{ id: 'a', profile: 'shell', branch: 'agent/a', state: 'stopped', stateSinceMs: 5 },
  ...{ session: 1, liveness: 'active', createdMs: 0 },
  status: { value: 'unknown', source: 'process', sinceMs: 9 },
  exit: { code: 1, signal: null, atMs: 5, expected: false },
};

function change(atMs: number, value: string, over: Partial<Change> = {}): Change {
  return {
    ...{ seq: atMs, atMs, by: 'agent.hooked', state: 'running', liveness: 'active' },
    status: { value: value as 'idle', source: 'hook', sinceMs: atMs },
    ...over,
  };
}
/** Newest first, as they come; times in minutes after the beginning of the span. */
const history = (...changes: Array<[number, string]>) =>
  changes.map(([at, value]) => change(span.fromMs + at * minute, value)).reverse();
const told = (changes: readonly Change[]) =>
  piecesOf(agent, changes, span).map(
    ({ fromMs, toMs, look }) =>
      `${look.word} ${(fromMs - span.fromMs) / minute}-${(toMs - span.fromMs) / minute}`,
  );

describe('a strip', () => {
  it('has a piece for each time that it was something else, without gaps, to the end', () => {
    expect(
      told(history([-30, 'working'], [60, 'waiting'], [90, 'working'], [300, 'idle'])),
    ).toEqual(['working 0-60', 'waiting 60-90', 'working 90-300', 'idle 300-360']);
  });

  it('begins where anything is known', () => {
    expect(told(history([345, 'idle']))).toEqual(['idle 345-360']);
    expect(told([])).toEqual([]);
  });

  it('is one piece where only the source changed', () => {
    const changes = history([0, 'working'], [60, 'working']);
    expect(told(changes)).toEqual(['working 0-360']);
  });

  it('shows of what changes every second what it was most of the time, in few pieces', () => {
    const flicker = Array.from({ length: 2_000 }, (_, at): [number, string] => [
      at / 6 + (at % 2) / 20,
      at % 2 === 0 ? 'working' : 'waiting',
    ]);
    const pieces = piecesOf(agent, history(...flicker), span);
    expect(pieces.length).toBeLessThanOrEqual(mostPieces);
    expect(pieces[0]?.look.word).toBe('working');
  });

  it('does not tremble while time goes on', () => {
    const changes = history([0, 'working'], [61, 'idle'], [62.5, 'working']);
    const inner = (byMs: number) =>
      piecesOf(agent, changes, { fromMs: span.fromMs + byMs, toMs: span.toMs + byMs })
        .slice(0, -1)
        .map(({ toMs }) => toMs);
    expect(inner(7_000)).toEqual(inner(0));
  });

  it('of nothing is nothing', () => {
    expect(piecesOf(agent, history([0, 'idle']), { fromMs: 5, toMs: 5 })).toEqual([]);
  });
});

it('what it was then does not have how it ended since', () => {
  expect(lookOf(agent, change(1, 'unknown', { state: 'stopped' })).word).toBe('stopped');
  expect(lookOf(agent, change(1, 'working')).word).toBe('working');
});

it.each([
  ['nothing', undefined, 15 * minute],
  ['a moment', 0, 15 * minute],
  ['a quarter of an hour', 15 * minute, 15 * minute],
  ['a little more', 15 * minute + 1, hour],
  ['an hour and more', hour + 1, 6 * hour],
  ['days', 48 * hour, 6 * hour],
])('of %s that is known, the span is the shortest that holds it', (...row) => {
  const [, knownMs, spanMs] = row;
  const nowMs = 100 * hour;
  const changes = knownMs === undefined ? [] : [change(nowMs - knownMs, 'working')];
  expect(spanOf(changes, nowMs)).toEqual({ fromMs: nowMs - spanMs, toMs: nowMs });
});

it('the span ends with the newest change, where the clock of the page is behind', () => {
  expect(spanOf([change(7 * hour, 'idle')], 6 * hour).toMs).toBe(7 * hour);
});
