import { describe, expect, it } from 'vitest';
import { type Box, openBox, refusedWith } from '../../test/harness/hub.ts';
import { memoryStore, type MemoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';
import type { Feature, PageAsk } from './feature.ts';
import { feature } from './feature.ts';
import type { SlicePart } from './log-store.ts';
import { chainHash, genesisHash } from './seal.ts';
import { snapshotEvery } from './snapshots.ts';

const open = (store: MemoryStore, options: ToyOptions = {}) =>
  openBox({ features: [toyFeature(options)], store });
const add = (box: Box, times = 1) => box.dispatch('toy.add', { name: 'x', times });

/** A reducer that counts how many events it folded. */
function counting() {
  let folded = 0;
  const added: ToyOptions['added'] = (state, { by }) => {
    folded += 1;
    return {
      ...state,
      byName: state.byName.set('x', { total: (state.byName.get('x')?.total ?? 0) + by }),
    };
  };
  return { added, folded: () => folded };
}

/** Counts events of one type, or of all. */
function counterFeature({ counts = 'toy.added', version = 1, step = 1 } = {}): Feature {
  const contract = { name: 'counter', commands: {}, queries: {}, events: {}, records: {} };
  return feature(contract, {
    ...{ initial: { total: 0 }, version, commands: {}, queries: {} },
    reduce: { [counts]: ({ total }: { total: number }) => ({ total: total + step }) },
  });
}

/** Writes as a Musher of another time did. */
function writeOld(store: MemoryStore, event: { type: string; v: number; data: object }): void {
  const head = store.head();
  const seq = head.seq + 1;
  const body = JSON.stringify({
    ...{ seq, id: `old-${seq}`, atMs: 1, type: event.type, v: event.v },
    ...{ actor: 'operator', causeId: 'c', data: event.data },
  });
  const hash = chainHash(store, head.hash, body);
  const events = [{ seq, type: event.type, body, hash, topics: [] }];
  store.commit({ events, receipts: [], effects: [], endedEffects: [] });
}

it('FOLD-1: after a crash the log gives the state that was live', async () => {
  const store = memoryStore();
  const box = await open(store);
  await add(box, 3);
  await box.dispatch('toy.work', { name: 'x' });
  const live = [box.hub.head(), box.hub.state()];
  box.crash();
  const again = await open(store);
  expect([again.hub.head(), again.hub.state()]).toEqual(live);
});

it('FOLD-2: an event of a type that nobody knows moves the head and changes nothing', async () => {
  const store = memoryStore();
  writeOld(store, { type: 'weather.changed', v: 9, data: { to: 'rain' } });
  const box = await open(store);
  expect([box.hub.head().seq, toysIn(box.hub.state())]).toEqual([1, { byName: {}, ended: [] }]);
  expect(await add(box)).toMatchObject({ seq: 2 });
  expect(await store.verify()).toMatchObject({ ok: true, head: 2 });
});

it('FOLD-3: an event of an old version is folded as its newest, one of the future as it is', async () => {
  const store = memoryStore();
  writeOld(store, { type: 'toy.added', v: 1, data: { name: 'x', plus: 4 } });
  writeOld(store, { type: 'toy.added', v: 3, data: { name: 'x', by: 3, why: 'new' } });
  const box = await open(store);
  expect(toysIn(box.hub.state()).byName).toEqual({ x: { total: 7 } });
  expect(store.tables.events[0]?.body).toContain('plus');
});

describe('FOLD-5: a snapshot saves folding again what it holds', () => {
  it('stored at a clean stop', async () => {
    const store = memoryStore();
    const first = await open(store);
    await add(first, 5);
    await first.hub.stop();
    const { added, folded } = counting();
    const again = await open(store, { added });
    expect([folded(), toysIn(again.hub.state()).byName]).toEqual([0, { x: { total: 5 } }]);
  });

  it(`and every ${snapshotEvery} events`, async () => {
    const store = memoryStore();
    const box = await open(store);
    await add(box, snapshotEvery - 1);
    expect(store.tables.slices).toEqual([]);
    await add(box, 2);
    await add(box, 7);
    expect(store.tables.slices.map(({ seq }) => seq)).toEqual([snapshotEvery + 1]);
    box.crash();
    const { added, folded } = counting();
    const again = await open(store, { added });
    expect([folded(), toysIn(again.hub.state()).byName.x?.total]).toEqual([7, snapshotEvery + 8]);
  });

  it('and only of slices that changed', async () => {
    const store = memoryStore();
    const written: string[] = [];
    const watched = {
      ...store,
      saveSlicePart(part: SlicePart) {
        written.push(part.feature);
        store.saveSlicePart(part);
      },
    };
    const features = [toyFeature(), counterFeature({ counts: 'weather.changed' })];
    for (let life = 0; life < 3; life++) {
      const box = await openBox({ features, store: watched });
      if (life !== 1) await add(box);
      await box.hub.stop();
    }
    expect(written).toEqual(['toys', 'counter', 'toys']);
    expect(store.tables.slices).toMatchObject([
      { feature: 'counter', seq: 2 },
      { feature: 'toys', seq: 2 },
    ]);
  });

  it('one that was cut off by a crash counts for nothing', async () => {
    const store = memoryStore();
    const box = await openBox({
      features: [toyFeature()],
      store: {
        ...store,
        saveSnapshot: () => {
          throw new Error('killed here');
        },
      },
    });
    await add(box, 5);
    await box.hub.stop();
    expect([store.tables.parts.length, store.tables.slices]).toEqual([1, []]);
    expect(toysIn((await open(store)).hub.state()).byName).toEqual({ x: { total: 5 } });
  });

  it('one that cannot be written is not tried again with every commit', async () => {
    const store = memoryStore();
    let tried = 0;
    const full = {
      ...store,
      saveSlicePart: () => {
        tried += 1;
        throw new Error('disk full');
      },
    };
    const box = await openBox({ features: [toyFeature()], store: full });
    await add(box, snapshotEvery);
    for (let n = 0; n < 3; n++) await add(box);
    expect(tried).toBe(1);
  });
});

describe('FOLD-9: a slice of a new version is folded again alone', () => {
  it('from the events that it reads, and the others are taken from their snapshots', async () => {
    const store = memoryStore();
    const first = await openBox({ features: [toyFeature(), counterFeature()], store });
    await add(first, 3);
    await first.dispatch('toy.drop', { name: 'y' });
    await first.hub.stop();
    const asked = new Set<string | undefined>();
    const watched = {
      ...store,
      page(ask: PageAsk) {
        if (ask.limit > 1) asked.add(ask.type);
        return store.page(ask);
      },
    };
    const toys = counting();
    const counter = counterFeature({ version: 2, step: 10 });
    const features = [toyFeature({ added: toys.added }), counter];
    const box = await openBox({ features, store: watched });
    expect([toys.folded(), box.hub.state().counter]).toEqual([0, { total: 30 }]);
    // The tail after the snapshot, and one type.
    expect([...asked]).toEqual(['toy.added', undefined]);
    await box.hub.stop();
    const again = counterFeature({ version: 2, step: 1_000 });
    const next = await openBox({ features: [toyFeature(), again], store });
    expect(next.hub.state().counter).toEqual({ total: 30 });
  });

  it('in the order of the log over all its types, and up to the snapshot alone', async () => {
    const store = memoryStore();
    const first = await open(store);
    for (let n = 0; n < 400; n++) {
      await add(first, 2);
      await first.dispatch(n % 3 === 0 ? 'toy.drop' : 'toy.work', { name: 'x' });
    }
    await first.hub.stop();
    const live = first.hub.state();
    expect((await open(store, { version: 2 })).hub.state()).toEqual(live);
  });

  it('one that reads every type is folded from all of them', async () => {
    const store = memoryStore();
    const first = await open(store);
    await add(first, 3);
    await first.dispatch('toy.drop', { name: 'x' });
    await first.hub.stop();
    const features = [toyFeature(), counterFeature({ counts: '*' })];
    const box = await openBox({ features, store });
    expect(box.hub.state().counter).toEqual({ total: 4 });
  });
});

describe('FOLD-6: a snapshot that may not be believed is not used', () => {
  const spoil: Array<[string, (store: MemoryStore) => void, ToyOptions]> = [
    ['of another version', () => undefined, { version: 2 }],
    ['of another history', (store) => rewrite(store, { hash: '0'.repeat(64) }), {}],
    ['beyond the end of the log', (store) => rewrite(store, { seq: 9 }), {}],
    ['that is no JSON', (store) => rewrite(store, { json: '{"toys":' }), {}],
    ['that is empty', (store) => rewrite(store, { json: '' }), {}],
  ];
  it.each(spoil)('%s', async (...row) => {
    const [, change, options] = row;
    const store = memoryStore();
    const first = await open(store);
    await add(first, 5);
    await first.hub.stop();
    change(store);
    const { added, folded } = counting();
    const again = await open(store, { ...options, added });
    expect([folded(), toysIn(again.hub.state()).byName]).toEqual([5, { x: { total: 5 } }]);
  });
});

function rewrite(store: MemoryStore, change: object): void {
  store.tables.slices = store.tables.slices.map((one) => ({ ...one, ...change }));
}

describe('FOLD-8: a log that cannot be read to its end does not open', () => {
  const damage: Array<[string, (store: MemoryStore) => void, RegExp]> = [
    [
      'with a hole',
      (store) => store.tables.events.splice(1, 1),
      /after event 1: event 2 is missing/,
    ],
    [
      'with an event that is no JSON',
      (store) => Object.assign(store.tables.events[2] ?? {}, { body: '{"seq":3,' }),
      /after event 0: .*JSON/,
    ],
    [
      'with an event that cannot be folded',
      (store) => writeOld(store, { type: 'toy.added', v: 1, data: [] as object }),
      /./,
    ],
  ];
  it.each(damage)('%s', async (...row) => {
    const [, spoilIt, reason] = row;
    const store = memoryStore();
    const box = await open(store);
    await add(box, 3);
    box.crash();
    spoilIt(store);
    const added: ToyOptions['added'] = (state, { name }) => {
      if (name === undefined) throw new TypeError('no name');
      return state;
    };
    const error = await refusedWith('LOG_DAMAGED', open(store, { added }));
    expect(error.wire.message).toMatch(reason);
  });
});

it('LOG-1, LOG-2: numbers begin at 1 without holes, and each hash covers the one before', async () => {
  const store = memoryStore();
  const box = await open(store);
  await add(box, 3);
  box.crash();
  await add(await open(store), 2);
  let hash = genesisHash;
  for (const [index, event] of store.tables.events.entries()) {
    hash = store.sha256(hash + event.body);
    expect(event).toMatchObject({ seq: index + 1, hash });
  }
  const read = store.page({ after: 0, limit: 10 });
  expect(read.map(({ seq, id }) => [seq, id])).toEqual(
    [1, 2, 3, 4, 5].map((seq) => [seq, `memory-${seq}`]),
  );
});
