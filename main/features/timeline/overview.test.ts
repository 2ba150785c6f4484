import { expect, it } from 'vitest';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { bucketsOf, initialOverview, reduceOverview } from './overview.ts';
import { parseMoment } from './moment.ts';

function event(seq: number, type = 'message.sent', atMs = seq * 1_000): EventEnvelope {
  return { seq, atMs, type, id: '', v: 1, actor: 'system', causeId: '', data: {}, hash: '' };
}

function overviewOf(count: number, typeOf: (seq: number) => string = () => 'message.sent') {
  let state = initialOverview;
  for (let seq = 1; seq <= count; seq++) state = reduceOverview(state, event(seq, typeOf(seq)));
  return state;
}

it('a log of any length has few samples, from its first event on, at the same distance', () => {
  const { samples, stride } = overviewOf(20_000);
  expect(samples.length).toBeLessThanOrEqual(2_048);
  expect(samples.length).toBeGreaterThan(1_000);
  expect(samples.map(({ seq }) => seq)).toEqual(samples.map((_, at) => 1 + at * stride));
});

it('an event between two samples changes nothing', () => {
  const state = overviewOf(5_000);
  expect(state.stride).toBe(4);
  expect(reduceOverview(state, event(5_002))).toBe(state);
});

it('of what happens all the time some is marked, of what is rare all', () => {
  const { marks } = overviewOf(5_000, (seq) =>
    seq % 500 === 0 ? 'approval.failed' : 'approval.merged',
  );
  expect(marks.length).toBeLessThanOrEqual(600);
  expect(marks.filter(({ kind }) => kind === 'failure').length).toBe(10);
  expect(marks.at(-1)?.seq).toBe(5_000);
});

it('parts of the time have the events that lie in them, also where a clock was set back', () => {
  const samples = [
    { seq: 1, atMs: 0 },
    { seq: 11, atMs: 500 },
    { seq: 21, atMs: 400 },
  ];
  const buckets = bucketsOf(samples, { seq: 30, atMs: 1_000 }, 10);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(26);
  expect(buckets.at(-1)?.seq).toBe(30);
  expect(bucketsOf([], { seq: 1, atMs: 5 }, 3)).toHaveLength(3);
});

it.each([
  ['1234', { seq: 1234 }],
  ['#7', { seq: 7 }],
  ['2026-11-30', { atMs: new Date(2026, 10, 30).getTime() }],
  ['2026-11-30 10:00', { atMs: new Date(2026, 10, 30, 10).getTime() }],
  ['2026-11-30T10:00:30Z', { atMs: Date.UTC(2026, 10, 30, 10, 0, 30) }],
  ['2026-02-31T25:00', undefined],
  ['yesterday', undefined],
  ['-3', undefined],
])('%s is read as a moment', (text, moment) => {
  expect(parseMoment(text)).toEqual(moment);
});
