import { expect, it, vi } from 'vitest';
import { createMirrorStore, listOf, type MirrorStore } from './mirror.ts';

const list = (store: MirrorStore, kind: string) => listOf(store.getState().mirror, kind);

const first = {
  seq: 3,
  records: { 'agent/a': { id: 'a' }, 'agent/b': { id: 'b' }, 'question/q': { id: 'q' } },
};

it('before the first snapshot nothing is known', () => {
  expect(createMirrorStore().getState()).toMatchObject({ loaded: false, mirror: { seq: 0 } });
});

it('a snapshot groups the records by kind', () => {
  const store = createMirrorStore();
  store.load(first);
  expect([list(store, 'agent'), list(store, 'question'), list(store, 'message')]).toEqual([
    [{ id: 'a' }, { id: 'b' }],
    [{ id: 'q' }],
    [],
  ]);
});

it('a delta renews the kinds it touches and leaves every other reference alone', () => {
  const store = createMirrorStore();
  store.load(first);
  const [agents, questions] = [list(store, 'agent'), list(store, 'question')];
  store.apply({
    fromSeq: 3,
    toSeq: 4,
    put: { 'agent/b': { id: 'b', state: 'running' } },
    remove: [],
  });
  expect(list(store, 'question')).toBe(questions);
  expect(list(store, 'agent')[0]).toBe(agents[0]);
  expect(list(store, 'agent')[1]).toEqual({ id: 'b', state: 'running' });
});

it('a removed record leaves its list', () => {
  const store = createMirrorStore();
  store.load(first);
  store.apply({ fromSeq: 3, toSeq: 4, put: {}, remove: ['question/q'] });
  expect(list(store, 'question')).toEqual([]);
});

it('applying a delta twice is harmless and wakes nobody', () => {
  const store = createMirrorStore();
  store.load(first);
  const delta = { fromSeq: 3, toSeq: 4, put: { 'agent/c': { id: 'c' } }, remove: [] };
  store.apply(delta);
  const listener = vi.fn();
  store.subscribe(listener);
  store.apply(delta);
  expect(listener).not.toHaveBeenCalled();
});

it('a gap changes nothing and says so', () => {
  const store = createMirrorStore();
  store.load(first);
  const before = store.getState();
  const gap = { fromSeq: 9, toSeq: 10, put: { 'agent/z': {} }, remove: [] };
  expect(() => store.apply(gap)).toThrow('does not follow on 3');
  expect(store.getState()).toBe(before);
});

it('live records stand beside the log: they come and go without a seq, and a whole one forgets the rest', () => {
  const store = createMirrorStore();
  store.load(first);
  const { mirror } = store.getState();
  store.applyLive({ whole: true, put: { 'output/a': { atMs: 1 } }, remove: [] });
  store.applyLive({ whole: false, put: { 'output/b': { atMs: 2 } }, remove: [] });
  expect(store.getState().live.get('output')?.toJSON()).toEqual({ a: { atMs: 1 }, b: { atMs: 2 } });
  store.applyLive({ whole: true, put: {}, remove: [] });
  expect(store.getState().live.size).toBe(0);
  expect(store.getState().mirror).toBe(mirror);
});
