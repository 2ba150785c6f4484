import { describe, expect, it } from 'vitest';
import { type Box, openBox, TestEventReader } from '../../test/harness/hub.ts';
import { toyFeature } from '../../test/harness/hub-toy.ts';

const slowBytes = 1024 * 1024 + 1;
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

it('EVENTS-2: at most 500 come at once, also of one commit', async () => {
  const box = await open();
  const { reader } = read(box);
  await add(box, 1_100);
  expect(reader.batches.map((batch) => batch.length)).toEqual([500, 500, 100]);
  expect(reader.seqs()).toEqual(upTo(1_100));
});

describe('EVENTS-3: a slow reader goes on from where it stopped, and misses nothing', () => {
  it('while others are live', async () => {
    const box = await open();
    const [slow, fast] = [read(box), read(box)];
    await add(box);
    slow.reader.bytes = slowBytes;
    for (let n = 0; n < 3; n++) await add(box, 300);
    expect([slow.reader.seqs(), fast.reader.seqs().length]).toEqual([[1], 901]);
    slow.reader.bytes = 0;
    await box.advance(250);
    await add(box);
    expect(slow.reader.seqs()).toEqual(upTo(902));
  });

  it('also when it becomes slow in the middle of a catch-up', async () => {
    const box = await open();
    await add(box, 1_600);
    const reader = new TestEventReader();
    const onEvents = reader.onEvents.bind(reader);
    box.hub.openEvents(0, {
      onEvents(events) {
        onEvents(events);
        reader.bytes = slowBytes;
      },
      pendingBytes: () => reader.bytes,
    });
    const seen = [];
    for (let n = 0; n < 4; n++) {
      seen.push(reader.seqs().length);
      reader.bytes = 0;
      await box.advance(250);
    }
    expect(seen).toEqual([500, 1_000, 1_500, 1_600]);
    expect(reader.seqs()).toEqual(upTo(1_600));
  });
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

it('EVENTS-4: when the hub stops, every reader is told, once; who closed itself is not', async () => {
  const box = await open();
  const [closed, waiting] = [read(box), read(box)];
  closed.feed.close();
  box.hub.closeIntake();
  await box.hub.stop();
  expect([closed.reader.ended, waiting.reader.ended]).toEqual([[], ['SHUTTING_DOWN']]);
});

describe('EVENTS-5: a closed reader is told nothing more', () => {
  it('and a slow one keeps no timer', async () => {
    const box = await open();
    const ticking = box.clock.pending();
    const { reader, feed } = read(box);
    reader.bytes = slowBytes;
    await add(box);
    feed.close();
    expect(box.clock.pending()).toEqual(ticking);
    reader.bytes = 0;
    await add(box);
    expect(reader.seqs()).toEqual([]);
  });

  it('also when it closes itself while it is told', async () => {
    const box = await open();
    await add(box, 1_600);
    const reader = new TestEventReader();
    let close = (): void => undefined;
    let isSecond = false;
    const feed = box.hub.openEvents(1_590, {
      onEvents(events) {
        reader.onEvents(events);
        if (isSecond) close();
        isSecond = true;
      },
      pendingBytes: () => 0,
    });
    close = () => feed.close();
    await add(box, 2_000);
    expect(reader.seqs()).toEqual(upTo(2_100, 1_591));
  });
});

it('EVENTS-6: an event of an old version comes at its newest', async () => {
  const box = await open();
  const body = { seq: 1, id: 'e-1', atMs: 1, type: 'toy.added', v: 1, actor: 'operator' };
  box.store.commit({
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
  const { reader } = read(box);
  expect(reader.batches.flat()).toMatchObject([{ v: 2, data: { name: 'x', by: 7 }, hash: 'h' }]);
});
