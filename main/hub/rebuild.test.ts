import { describe, expect, it } from 'vitest';
import { type Box, openBox, refusedWith } from '../../test/harness/hub.ts';
import { memoryStore, type MemoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';
import { chainHash, genesisHash } from './seal.ts';
import { snapshotEvery } from './rebuild.ts';

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
  expect(store.verify()).toMatchObject({ ok: true, head: 2 });
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
    expect(store.tables.snapshots).toEqual([]);
    await add(box, 2);
    await add(box, 7);
    expect(store.tables.snapshots.map(({ seq }) => seq)).toEqual([snapshotEvery + 1]);
    box.crash();
    const { added, folded } = counting();
    const again = await open(store, { added });
    expect([folded(), toysIn(again.hub.state()).byName.x?.total]).toEqual([7, snapshotEvery + 8]);
  });

  it('and at a stop without anything new none is stored', async () => {
    const store = memoryStore();
    for (let life = 0; life < 3; life++) {
      const box = await open(store);
      if (life === 0) await add(box);
      await box.hub.stop();
    }
    expect(store.tables.snapshots).toHaveLength(1);
  });
});

describe('FOLD-6: a snapshot that may not be believed is not used', () => {
  const spoil: Array<[string, (store: MemoryStore) => void, ToyOptions]> = [
    ['of another shape', () => undefined, { version: 2 }],
    ['of another history', (store) => rewrite(store, 5, { hash: '0'.repeat(64) }), {}],
    ['beyond the end of the log', (store) => rewrite(store, 5, { seq: 9 }), {}],
    ['that is no JSON', (store) => rewrite(store, 5, { state: '{"toys":' }), {}],
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

function rewrite(store: MemoryStore, seq: number, change: object): void {
  store.tables.snapshots = store.tables.snapshots.map((one) =>
    one.seq === seq ? { ...one, ...change } : one,
  );
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
