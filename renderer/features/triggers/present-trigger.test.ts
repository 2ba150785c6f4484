import { expect, it } from 'vitest';
import type { PauseReason, TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { inOrder, lookOf, nextOf, whenOf } from './present-trigger.ts';

const armed: TriggerRecord = {
  ...{ id: 'tr-1', name: 'x', on: ['story.moved'], once: false, cooldownMs: 60_000, perMinute: 60 },
  ...{ action: { kind: 'prompt', text: 'look' }, does: 'start an agent: look', state: 'armed' },
  ...{ addedMs: 0, fired: 0, failures: 0 },
};
const last = { seq: 5, type: 'story.moved', atMs: 100_000, outcome: 'done' } as const;
const pausedBy = (reason: PauseReason) =>
  ({ ...armed, state: 'paused', pause: { reason, atMs: 1 } }) as const;

it.each<[string, TriggerRecord]>([
  ['armed', armed],
  ['paused', pausedBy('operator')],
  ['kept failing', pausedBy('failures')],
  ['fired too often', pausedBy('rate')],
  ['took too long to ask', pausedBy('expression')],
  ['failed', { ...armed, last: { ...last, outcome: 'failed' } }],
  ['fires', { ...armed, last: { ...last, outcome: 'doing' } }],
  ['fired', { ...armed, state: 'spent', last }],
  ['armed, with a note', { ...armed, notes: [{ kind: 'own', seq: 1, atMs: 1, text: '' }] }],
])('%s', (word, trigger) => expect(lookOf(trigger).word).toBe(word));

it('says what it waits for', () => {
  expect(whenOf(armed)).toBe('story.moved');
  const asking = {
    ...armed,
    on: ['a.*', 'b.c'],
    stage: 'qa',
    path: 'src/**',
    where: 'true',
  } as const;
  expect(whenOf({ ...asking, on: [...asking.on] })).toBe('a.*, b.c · to qa · src/** · true');
});

it.each<[string, Partial<TriggerRecord>, number]>([
  ['ready', {}, 0],
  ['once', { once: true }, 0],
  ['again in 59s', { last }, 101_000],
  ['again in 1s', { last }, 159_900],
  ['ready', { last }, 160_000],
  // The clock was set back: when that was says nothing.
  ['ready', { last }, 50_000],
  ['spent', { state: 'spent' }, 0],
])('comes next: %s', (words, change, nowMs) => {
  expect(nextOf({ ...armed, ...change }, nowMs)).toBe(words);
});

it('what needs a look comes first, what is spent last', () => {
  const all = [
    { ...armed, id: 'tr-9' },
    { ...armed, id: 'tr-10' },
    { ...armed, id: 'tr-11', state: 'spent' as const },
    { ...pausedBy('rate'), id: 'tr-2' },
  ];
  expect(inOrder(all).map(({ id }) => id)).toEqual(['tr-2', 'tr-10', 'tr-9', 'tr-11']);
});
