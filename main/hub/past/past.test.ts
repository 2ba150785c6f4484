import { describe, expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { memoryStore, type MemoryStore } from '../../../test/harness/hub-memory-store.ts';
import { toyFeature, toysIn } from '../../../test/harness/hub-toy.ts';
import { keepAll, MemoryWaypoints, openPastBox, stateOf } from '../../../test/harness/past.ts';
import { feature, type Feature } from '../feature.ts';
import { fold, initialState } from '../fold.ts';
import { buildRegistry } from '../registry.ts';
import type { Progress } from './past.ts';

/** Counts all events; another version counts otherwise. */
function counter(version = 1): Feature {
  const contract = { name: 'counter', commands: {}, queries: {}, events: {}, records: {} };
  return feature(contract, {
    ...{ initial: { total: 0 }, version, commands: {}, queries: {} },
    reduce: { '*': ({ total }: { total: number }) => ({ total: total + version }) },
  });
}

const features = [toyFeature(), counter()];

async function logOf(count: number): Promise<MemoryStore> {
  const store = memoryStore();
  const box = await openBox({ features, store });
  for (let n = 1; n <= count; n++) await box.dispatch('toy.add', { name: `t${n % 5}`, by: n });
  return store;
}

function folded(store: MemoryStore, upTo: number, by: readonly Feature[] = features) {
  const registry = buildRegistry(by);
  const events = store.page({ after: 0, limit: upTo });
  return events.reduce((state, event) => fold(registry, state, event), initialState(registry));
}

it('PAST-1: the state after any event is what folding the log up to there gives', async () => {
  const store = await logOf(93);
  const { past } = openPastBox({ store, features });
  for (const seq of [1, 9, 10, 11, 57, 93, 40, 20, 92])
    expect(stateOf(past, seq), `#${seq}`).toEqual(folded(store, seq));
});

describe('PAST-3: what is kept', () => {
  it('is folded once, and read for every look after that, also by another thread', async () => {
    const store = await logOf(93);
    const first = openPastBox({ store, features });
    keepAll(first.past);
    expect(first.waypoints.places().map(({ seq }) => seq)).toEqual([20, 40, 60, 70, 80, 90]);
    const again = openPastBox({ store, features, waypoints: first.waypoints });
    expect(stateOf(again.past, 47)).toEqual(folded(store, 47));
    expect(again.read()).toBeLessThan(10);
  });

  it('is made on the way by whoever looks first, and no further than that needs', async () => {
    const { past, waypoints } = openPastBox({ store: await logOf(93), features });
    const steps: Progress[] = [];
    stateOf(past, 47, steps);
    expect(waypoints.places().map(({ seq }) => seq)).toEqual([20, 40]);
    expect(steps.at(-1)).toEqual({ at: 47, to: 47 });
  });

  it('costs time where it is cut, spoilt, of another history or not to be written, and is never an error', async () => {
    const store = await logOf(93);
    const kept = () => {
      const { past, waypoints } = openPastBox({ store, features });
      keepAll(past);
      return waypoints;
    };
    const spoil: Array<(waypoints: MemoryWaypoints) => void> = [
      (one) => one.forget(40),
      (one) => one.kept.get(40)?.delete('toys'),
      (one) => one.kept.get(40)?.set('toys', { version: 1, json: 'spoilt' }),
      (one) => one.heads.set(40, 'f'.repeat(64)),
      (one) => {
        one.keepOnly([]);
        one.isFull = true;
      },
    ];
    for (const [at, spoilt] of spoil.entries()) {
      const waypoints = kept();
      spoilt(waypoints);
      const { past } = openPastBox({ store, features, waypoints });
      for (const seq of [41, 47, 93, 20])
        expect(stateOf(past, seq), `${at}: #${seq}`).toEqual(folded(store, seq));
    }
  });

  it('of a new version of a feature is folded alone, from the types that it reads', async () => {
    const store = await logOf(93);
    const { past, waypoints } = openPastBox({ store, features });
    keepAll(past);
    const toys = waypoints.kept.get(60)?.get('toys');
    const newer = [toyFeature(), counter(2)];
    const again = openPastBox({ store, features: newer, waypoints });
    expect(stateOf(again.past, 66)).toEqual(folded(store, 66, newer));
    expect(waypoints.kept.get(60)?.get('toys')).toBe(toys);
    expect(waypoints.versionsAt(60).get('counter')).toBe(2);
    expect(waypoints.versionsAt(80).get('counter')).toBe(1);
    keepAll(again.past);
    expect(waypoints.versionsAt(80).get('counter')).toBe(2);
  });

  it('becomes thinner when it is too much, while it is made', async () => {
    const store = await logOf(93);
    const waypoints = new MemoryWaypoints();
    const write = waypoints.write.bind(waypoints);
    waypoints.write = (place, slices) => {
      write(place, slices);
      if (waypoints.heads.size > 3) waypoints.level += 1;
    };
    const { past } = openPastBox({ store, features, waypoints });
    keepAll(past);
    keepAll(past);
    expect(waypoints.places().length).toBeLessThanOrEqual(4);
    expect(stateOf(past, 73)).toEqual(folded(store, 73));
  });
});

describe('PAST-4: one look after another', () => {
  it('folds only what lies between them', async () => {
    const store = await logOf(93);
    const { past, read } = openPastBox({ store, features });
    stateOf(past, 91);
    const before = read();
    expect(toysIn(stateOf(past, 93))).toEqual(toysIn(folded(store, 93)));
    expect(read() - before).toBe(2);
  });

  it('goes on from where one that was given up had come to', async () => {
    const { past, read } = openPastBox({ store: await logOf(93), features });
    const given = past.stateAt(47);
    given.next();
    given.next();
    const before = read();
    stateOf(past, 47);
    expect(read() - before).toBeLessThan(60);
  });
});

it('a log with a hole says so', async () => {
  const store = await logOf(30);
  store.tables.events.splice(12, 1);
  const { past } = openPastBox({ store, features });
  expect(() => stateOf(past, 25)).toThrow('event 13 is missing');
});
