import { expect, it, vi } from 'vitest';
import { createMirrorStore } from './mirror.ts';

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
  expect(store.getState().kinds).toEqual(
    new Map([
      ['agent', [{ id: 'a' }, { id: 'b' }]],
      ['question', [{ id: 'q' }]],
    ]),
  );
});

it('a delta renews the kinds it touches and leaves every other reference alone', () => {
  const store = createMirrorStore();
  store.load(first);
  const before = store.getState();
  store.apply({
    fromSeq: 3,
    toSeq: 4,
    put: { 'agent/b': { id: 'b', state: 'running' } },
    remove: [],
  });
  const after = store.getState();
  expect(after.kinds.get('question')).toBe(before.kinds.get('question'));
  expect(after.kinds.get('agent')?.[0]).toBe(before.kinds.get('agent')?.[0]);
  expect(after.kinds.get('agent')?.[1]).toEqual({ id: 'b', state: 'running' });
});

it('a removed record leaves its list', () => {
  const store = createMirrorStore();
  store.load(first);
  store.apply({ fromSeq: 3, toSeq: 4, put: {}, remove: ['question/q'] });
  expect(store.getState().kinds.get('question')).toEqual([]);
});

it('applying a delta twice is harmless and wakes nobody', () => {
  const store = createMirrorStore();
  store.load(first);
  const delta = { fromSeq: 3, toSeq: 4, put: { 'agent/c': { id: 'c' } }, remove: [] };
  store.apply(delta);
  const listener = vi.fn();
  store.subscribe(listener);
  expect(store.apply(delta)).toBe(true);
  expect(listener).not.toHaveBeenCalled();
});

it('a gap changes nothing and says so', () => {
  const store = createMirrorStore();
  store.load(first);
  const before = store.getState();
  expect(store.apply({ fromSeq: 9, toSeq: 10, put: { 'agent/z': {} }, remove: [] })).toBe(false);
  expect(store.getState()).toBe(before);
});
