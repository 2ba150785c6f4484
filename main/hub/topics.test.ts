import { describe, expect, it } from 'vitest';
import { TestClock, turn } from '../../test/harness/clock.ts';
import { afterTurn, openBox, refusedWith } from '../../test/harness/hub.ts';
import { toyFeature } from '../../test/harness/hub-toy.ts';
import { createTopics } from './topics.ts';

function waitOn(topic: string, waitMs = 1_000) {
  const clock = new TestClock();
  const topics = createTopics(clock);
  const caller = new AbortController();
  let isOver = false;
  void topics.until(topic, waitMs, caller.signal).then(() => (isOver = true));
  const over = async () => {
    await turn();
    return isOver;
  };
  return { clock, topics, caller, over };
}

describe('TOPIC-1: a wait ends by an event of its topic, by time, by its caller, or by the stop', () => {
  it.each([
    ['an event', (one: ReturnType<typeof waitOn>) => one.topics.publish(['other', 'mine'])],
    ['time', (one: ReturnType<typeof waitOn>) => one.clock.advance(1_000)],
    ['its caller', (one: ReturnType<typeof waitOn>) => one.caller.abort()],
    ['the stop', (one: ReturnType<typeof waitOn>) => one.topics.close()],
  ])('%s; and no timer is left', async (_, end) => {
    const one = waitOn('mine');
    one.topics.publish(['other']);
    one.clock.advance(999);
    expect(await one.over()).toBe(false);
    end(one);
    expect([await one.over(), one.clock.pending()]).toEqual([true, []]);
  });

  it('a wait of no time, of a caller that is gone, or after the stop ends at once', async () => {
    const clock = new TestClock();
    const topics = createTopics(clock);
    const { signal } = new AbortController();
    await topics.until('mine', 0, signal);
    await topics.until('mine', 1_000, AbortSignal.abort());
    topics.close();
    await topics.until('mine', 1_000, signal);
    expect(clock.pending()).toEqual([]);
  });

  it('one event wakes all who wait for it', async () => {
    const { clock, topics, caller, over } = waitOn('mine');
    const others = [1, 2].map(() => topics.until('mine', 1_000, caller.signal));
    topics.publish(['mine']);
    await Promise.all(others);
    expect([await over(), clock.pending()]).toEqual([true, []]);
  });
});

it('TOPIC-2: an event that is written while a query waits is in its answer', async () => {
  const box = await openBox({ features: [toyFeature()] });
  const waiting = box.ask('toy.get', { name: 'x', waitMs: 1_000 });
  await box.dispatch('toy.add', { name: 'y' });
  await box.dispatch('toy.add', { name: 'x', by: 4 });
  expect(await waiting).toEqual({ total: 4 });
});

it('TOPIC-3: each event is found again under every topic it was given, in order', async () => {
  const box = await openBox({ features: [toyFeature()] });
  for (const name of ['x', 'y', 'x']) await box.dispatch('toy.add', { name });
  const found = box.store.page({ after: 0, limit: 9, topic: 'toy/x' });
  expect(found.map(({ seq }) => seq)).toEqual([1, 3]);
  const newest = box.store.page({ before: 3, limit: 1, topic: 'toy/x' });
  expect(newest.map(({ seq }) => seq)).toEqual([1]);
});

it('TOPIC-1: a wait that has ended leaves no listener at its caller’s signal', async () => {
  const listeners = new Set<() => void>();
  const signal = {
    aborted: false,
    addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener),
  } as unknown as AbortSignal;
  const topics = createTopics(new TestClock());
  const over = topics.until('mine', 1_000, signal);
  expect(listeners.size).toBe(1);
  topics.publish(['mine']);
  await over;
  expect(listeners.size).toBe(0);
});

describe('WRITE-1: a query that is not allowed or not well formed is refused', () => {
  it.each([
    ['toy.none', {}, 'operator', 'NOT_FOUND'],
    ['toy.get', {}, 'operator', 'BODY_INVALID'],
    ['toy.secret', {}, 'agent:a', 'FORBIDDEN'],
  ] as const)('%s with %j by %s', async (...row) => {
    const [type, data, actor, code] = row;
    const box = await openBox({ features: [toyFeature()] });
    await refusedWith(code, afterTurn(box.clock, box.ask(type, data, actor)));
  });
});

it('a listener is told the topics of each commit until it takes itself back', () => {
  const topics = createTopics(new TestClock());
  const told: (readonly string[])[] = [];
  const undo = topics.listen((some) => told.push(some));
  topics.publish(['inbox/a', 'inbox/b']);
  topics.publish([]);
  undo();
  topics.publish(['inbox/c']);
  expect(told).toEqual([['inbox/a', 'inbox/b'], []]);
});
