import { describe, expect, it } from 'vitest';
import { turn } from '../../test/harness/clock.ts';
import { type Box, openBox, TestEventReader } from '../../test/harness/hub.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature } from '../../test/harness/hub-toy.ts';

const open = () => openBox({ features: [toyFeature()] });
const add = (box: Box, times = 1) => box.dispatch('toy.add', { name: 'x', times });
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

function read(box: Box, afterSeq = 0) {
  const reader = new TestEventReader();
  return { reader, feed: box.hub.openEvents(afterSeq, reader) };
}

it('EVENTS-1: every event after the asked one comes once and in order, old and new alike', async () => {
  const box = await open();
  await add(box, 1_200);
  const all = read(box);
  const some = read(box, 1_199);
  await box.settle();
  await add(box, 3);
  await add(box);
  expect(all.reader.seqs()).toEqual(upTo(1_204));
  expect(some.reader.seqs()).toEqual(upTo(1_204, 1_200));
  expect(all.reader.batches.at(-1)?.[0]).toMatchObject({ type: 'toy.added', data: { by: 1 } });
});

it('EVENTS-1: a reader from beyond the end gets what comes after its position', async () => {
  const box = await open();
  await add(box);
  const { reader } = read(box, 3);
  await add(box, 4);
  expect(reader.seqs()).toEqual([4, 5]);
});

it('EVENTS-2: at most 200 come at once, also of one commit', async () => {
  const box = await open();
  const { reader } = read(box);
  await add(box, 500);
  expect(reader.batches.map((batch) => batch.length)).toEqual([200, 200, 100]);
  expect(reader.seqs()).toEqual(upTo(500));
});

describe('EVENTS-3: a slow reader goes on from where it stopped, and misses nothing', () => {
  it('as soon as it says that it can take more, while others are live', async () => {
    const box = await open();
    const [slow, fast] = [read(box), read(box)];
    slow.reader.isSlow = true;
    await add(box);
    for (let n = 0; n < 3; n++) await add(box, 300);
    expect([slow.reader.seqs(), fast.reader.seqs().length]).toEqual([[1], 901]);
    slow.reader.isSlow = false;
    slow.reader.drain();
    await box.settle();
    await add(box);
    expect(slow.reader.seqs()).toEqual(upTo(902));
  });

  it('also when it becomes slow in the middle of a catch-up', async () => {
    const box = await open();
    await add(box, 620);
    const reader = new TestEventReader();
    reader.isSlow = true;
    box.hub.openEvents(0, reader);
    const seen = [];
    for (let n = 0; n < 4; n++) {
      await box.settle();
      seen.push(reader.seqs().length);
      reader.drain();
    }
    expect(seen).toEqual([200, 400, 600, 620]);
    expect(reader.seqs()).toEqual(upTo(620));
  });
});

it('EVENTS-7: readers that buffer nothing are fed for 8 ms of a turn, all together', async () => {
  const box = await open();
  await add(box, 2_000);
  const handed: number[] = [];
  let turns = 0;
  const soon = box.clock.soon.bind(box.clock);
  box.clock.soon = (fn) =>
    soon(() => {
      turns += 1;
      fn();
    });
  const onEvents = () => {
    handed.push(turns);
    box.clock.advance(3);
  };
  for (let n = 0; n < 2; n++) box.hub.openEvents(0, { onEvents });
  await box.settle();
  const perTurn = handed.map((one) => handed.filter((other) => other === one).length);
  expect([handed.length, Math.max(...perTurn)]).toEqual([20, 3]);
});

it('EVENTS-4: a reader that throws is dropped and told so, and stops no other', async () => {
  const box = await open();
  const [broken, whole] = [read(box), read(box)];
  broken.reader.fails = true;
  await add(box);
  broken.reader.fails = false;
  await add(box);
  expect([broken.reader.seqs(), whole.reader.seqs()]).toEqual([[], [1, 2]]);
  expect([broken.reader.ended, whole.reader.ended]).toEqual([['INTERNAL'], []]);
});

it('EVENTS-4: one whose promise fails is dropped as well', async () => {
  const box = await open();
  const reader = new TestEventReader();
  box.hub.openEvents(0, {
    onEvents: () => Promise.reject(new Error('the pipe broke')),
    onEnd: (error) => reader.onEnd(error),
  });
  await add(box);
  expect(reader.ended).toEqual(['INTERNAL']);
});

it('EVENTS-4: when the hub stops, every reader is told, once; who closed itself is not', async () => {
  const box = await open();
  const [closed, waiting] = [read(box), read(box)];
  closed.feed.close();
  box.hub.closeIntake();
  await box.hub.stop();
  expect([closed.reader.ended, waiting.reader.ended]).toEqual([[], ['SHUTTING_DOWN']]);
});

describe('EVENTS-5: a closed reader is told nothing more', () => {
  it('also when it had not taken what it was handed', async () => {
    const box = await open();
    const { reader, feed } = read(box);
    reader.isSlow = true;
    await add(box);
    await add(box);
    feed.close();
    reader.drain();
    await add(box);
    expect(reader.seqs()).toEqual([1]);
  });

  it('also when it closes itself while it is told', async () => {
    const box = await open();
    await add(box, 1_600);
    const reader = new TestEventReader();
    let close = (): void => undefined;
    let isSecond = false;
    const feed = box.hub.openEvents(1_590, {
      onEvents(events) {
        void reader.onEvents(events);
        if (isSecond) close();
        isSecond = true;
      },
    });
    close = () => feed.close();
    await box.settle();
    await add(box, 2_000);
    expect(reader.seqs()).toEqual(upTo(1_800, 1_591));
  });
});

it('EVENTS-6: an event of an old version comes at its newest', async () => {
  const store = memoryStore();
  const body = { seq: 1, id: 'e-1', atMs: 1, type: 'toy.added', v: 1, actor: 'operator' };
  store.commit({
    events: [
      {
        seq: 1,
        type: 'toy.added',
        body: JSON.stringify({ ...body, causeId: 'c', data: { name: 'x', plus: 7 } }),
        hash: 'h',
        topics: [],
      },
    ],
    receipts: [],
    effects: [],
    endedEffects: [],
  });
  const { reader } = read(await openBox({ features: [toyFeature()], store }));
  await turn();
  expect(reader.batches.flat()).toMatchObject([{ v: 2, data: { name: 'x', by: 7 }, hash: 'h' }]);
});
