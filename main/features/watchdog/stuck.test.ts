import { describe, expect, it } from 'vitest';
import type { Seen } from './stuck.ts';
import { changesOf, findStuck } from './stuck.ts';

const nowMs = 10_000_000;
const ago = (ms: number) => nowMs - ms;
const sighting = (ms: number, words = 'Do you want to proceed?') => ({ words, sinceMs: ago(ms) });

const calm: Seen = { nowMs, status: { value: 'idle', source: 'hook' }, screen: {} };
const working = { value: 'working', source: 'hook' };
const waiting = (ms: number) => ({ title: 'Which?', sinceMs: ago(ms) });
const hook = (event: string, ms: number) => ({ event, atMs: ago(ms) });

function shapesIn(seen: Partial<Seen>): string[] {
  return findStuck({ ...calm, ...seen }).map(({ shape }) => shape);
}

describe('a shape begins exactly at its boundary', () => {
  it.each<[string, (over: number) => Partial<Seen>]>([
    ['stuck-on-prompt', (over) => ({ hook: hook('waiting', 30_000 + over) })],
    ['stuck-on-prompt', (over) => ({ screen: { asks: sighting(30_000 + over) } })],
    [
      'stuck-on-prompt',
      (over) => ({ screen: { unsent: sighting(99_000) }, outputMs: ago(30_000 + over) }),
    ],
    [
      'stuck-on-prompt',
      (over) => ({ screen: { unsent: sighting(30_000 + over) }, outputMs: ago(99_000) }),
    ],
    ['stream-timeout', (over) => ({ screen: { broken: sighting(30_000 + over) } })],
    [
      'stream-timeout',
      (over) => ({ screen: { broken: sighting(99_000) }, outputMs: ago(30_000 + over) }),
    ],
    ['context-bloat', (over) => ({ contextTokens: 250_000 + over })],
    ['no-progress', (over) => ({ status: working, progressMs: ago(1_500_000 + over) })],
    ['blocked-on-supervisor', (over) => ({ waiting: waiting(900_000 + over) })],
  ])('%s', (shape, seen) => {
    expect(shapesIn(seen(-1))).toEqual([]);
    expect(shapesIn(seen(0))).toEqual([shape]);
  });
});

describe('what is no shape', () => {
  it.each<[string, Partial<Seen>]>([
    ['a prompt that is in the inbox', { hook: hook('waiting', 60_000), waiting: waiting(60_000) }],
    [
      'words on the screen of one whose hook tells of work',
      { hook: hook('busy', 1), screen: { asks: sighting(60_000) } },
    ],
    ['idleness, however long', { progressMs: ago(9_000_000) }],
    ['work of which nobody knows since when', { status: working }],
    ['an agent of which nothing is seen', {}],
  ])('%s', (_, seen) => {
    expect(shapesIn(seen)).toEqual([]);
  });
});

it('says what is asked, since when, and by what it was seen', () => {
  const seen = { ...calm, hook: { ...hook('waiting', 31_000), detail: 'Bash: rm x' } };
  expect(findStuck(seen)).toEqual([
    {
      shape: 'stuck-on-prompt',
      ...{ sinceMs: ago(31_000), what: 'Bash: rm x', evidence: 'hook' },
    },
  ]);
});

describe('what of it is news', () => {
  const [one] = findStuck({ ...calm, contextTokens: 250_000 });
  const shape = 'context-bloat' as const;
  const known = one === undefined ? [] : [one];
  it.each([
    ['the first time', known, { stuck: [], toldMs: {} }, { begun: known, over: [] }],
    ['while it lasts', known, { stuck: known, toldMs: { [shape]: 0 } }, { begun: [], over: [] }],
    ['once it is gone', [], { stuck: known, toldMs: {} }, { begun: [], over: [shape] }],
    [
      'again a moment before five minutes are over',
      known,
      { stuck: [], toldMs: { [shape]: ago(299_999) } },
      { begun: [], over: [] },
    ],
    [
      'again after five minutes',
      known,
      { stuck: [], toldMs: { [shape]: ago(300_000) } },
      { begun: known, over: [] },
    ],
  ])('%s', (...[_, found, before, changes]) => {
    expect(changesOf(found, before, nowMs)).toEqual(changes);
  });
});
