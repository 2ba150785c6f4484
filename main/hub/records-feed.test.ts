import { describe, expect, it } from 'vitest';
import type { Delta, Snapshot } from '../../preload/contract/sync.ts';
import { applyDelta, fromSnapshot, joinParts, recordsIn } from '../../preload/contract/sync.ts';
import { type Box, openBox, TestPage } from '../../test/harness/hub.ts';
import { toyFeature } from '../../test/harness/hub-toy.ts';
import { frameMs, slowReaderBytes } from './records-feed.ts';

const open = () => openBox({ features: [toyFeature()] });
const add = (box: Box, name: string) => box.dispatch('toy.add', { name });

const snapshot = (seq: number, totals: Record<string, number>): { snapshot: Snapshot } => ({
  snapshot: { seq, records: recordsOf(totals) },
});
const delta = (
  fromSeq: number,
  toSeq: number,
  totals: Record<string, number>,
): { delta: Delta } => ({
  delta: { fromSeq, toSeq, put: recordsOf(totals), remove: [] },
});

function recordsOf(totals: Record<string, number>) {
  return Object.fromEntries(
    Object.entries(totals).map(([name, total]) => [`toy/${name}`, { total }]),
  );
}

async function openPage(box: Box, sinceSeq = 0) {
  const page = new TestPage();
  const feed = box.hub.openRecords(sinceSeq, page);
  await box.settle();
  return { page, feed };
}

describe('FEED-1: a page says the seq it has and is brought level, then live', () => {
  it('from nothing by a snapshot', async () => {
    const box = await open();
    await add(box, 'x');
    const { page } = await openPage(box);
    expect(page.take()).toEqual([snapshot(1, { x: 1 })]);
  });

  it('from a seq that is remembered by one delta, from another by a snapshot', async () => {
    const box = await open();
    const { page, feed } = await openPage(box);
    await add(box, 'x');
    await box.advance(frameMs);
    feed.close();
    await add(box, 'y');
    await add(box, 'x');
    const back = await openPage(box, 1);
    expect(back.page.take()).toEqual([delta(1, 3, { x: 2, y: 1 })]);
    const level = await openPage(box, 3);
    expect(level.page.take()).toEqual([]);
    const other = await openPage(box, 2);
    expect(other.page.take()).toEqual([snapshot(3, { x: 2, y: 1 })]);
    const future = await openPage(box, 99);
    expect(future.page.take()).toEqual([snapshot(3, { x: 2, y: 1 })]);
    expect(page.told).toHaveLength(2);
  });

  it('from too long ago by a snapshot', async () => {
    const box = await open();
    const { page, feed } = await openPage(box);
    await add(box, 'x');
    await box.advance(frameMs);
    feed.close();
    await openPage(box);
    for (let frame = 0; frame < 600; frame++) {
      await add(box, 'y');
      box.clock.advance(frameMs);
    }
    const back = await openPage(box, 1);
    expect(back.page.take()).toEqual([snapshot(601, { x: 1, y: 600 })]);
    expect(page.told).toHaveLength(2);
  });
});

it('FEED-2: snapshot and deltas together are what a fresh snapshot says', async () => {
  const box = await open();
  const { page } = await openPage(box);
  for (const name of ['x', 'y', 'x', 'z']) await add(box, name);
  await box.advance(frameMs);
  await box.dispatch('toy.drop', { name: 'y' });
  await add(box, 'x');
  await box.advance(frameMs);
  const [first, ...rest] = page.take() as [{ snapshot: Snapshot }, ...Array<{ delta: Delta }>];
  const mirror = rest.reduce(
    (before, one) => applyDelta(before, one.delta) ?? before,
    fromSnapshot(first.snapshot),
  );
  const fresh = await openPage(box);
  expect(fresh.page.take()).toEqual([
    { snapshot: { seq: mirror.seq, records: recordsIn(mirror) } },
  ]);
});

it('FEED-3: all that changes within a frame of 16 ms comes as one delta', async () => {
  const box = await open();
  const { page } = await openPage(box);
  page.take();
  for (const name of ['x', 'y', 'x']) await add(box, name);
  box.clock.advance(frameMs - 1);
  expect(page.take()).toEqual([]);
  box.clock.advance(1);
  expect(page.take()).toEqual([delta(0, 3, { x: 2, y: 1 })]);
});

it('FEED-3: what came and went within a frame is removed at most, never shown', async () => {
  const box = await open();
  const { page } = await openPage(box);
  page.take();
  await add(box, 'x');
  await box.dispatch('toy.drop', { name: 'x' });
  await box.advance(frameMs);
  expect(page.take()).toEqual([{ delta: { fromSeq: 0, toSeq: 2, put: {}, remove: [] } }]);
});

describe('FEED-4: a slow page is passed over, and then gets what it missed', () => {
  it('and holds up nobody', async () => {
    const box = await open();
    const slow = await openPage(box);
    const fast = await openPage(box);
    slow.page.take();
    fast.page.take();
    slow.page.bytes = slowReaderBytes + 1;
    for (let frame = 1; frame <= 4; frame++) {
      await add(box, 'x');
      await box.advance(frameMs);
      expect(fast.page.take()).toEqual([delta(frame - 1, frame, { x: frame })]);
    }
    expect(slow.page.take()).toEqual([]);
    slow.page.bytes = 0;
    await box.advance(250);
    expect(slow.page.take()).toEqual([delta(0, 4, { x: 4 })]);
    await add(box, 'x');
    await box.advance(frameMs);
    expect(slow.page.take()).toEqual([delta(4, 5, { x: 5 })]);
  });

  it('by a snapshot when that is more than is remembered', async () => {
    const box = await open();
    const slow = await openPage(box);
    slow.page.take();
    slow.page.bytes = slowReaderBytes + 1;
    for (let frame = 1; frame <= 600; frame++) {
      await add(box, 'x');
      await box.advance(frameMs);
    }
    slow.page.bytes = 0;
    await box.advance(250);
    expect(slow.page.take()).toEqual([snapshot(600, { x: 600 })]);
  });

  it('also when nothing changes meanwhile', async () => {
    const box = await open();
    const slow = await openPage(box);
    slow.page.take();
    slow.page.bytes = slowReaderBytes + 1;
    slow.feed.resync();
    await box.advance(1_000);
    expect(slow.page.take()).toEqual([]);
    slow.page.bytes = slowReaderBytes;
    await box.advance(250);
    expect(slow.page.take()).toEqual([snapshot(0, {})]);
    expect(box.clock.pending()).toEqual([1_000 - 250]);
  });
});

describe('FEED-9: much goes in parts, over many turns', () => {
  const rows = 250;
  const manyToys = (total: number) =>
    Object.fromEntries(Array.from({ length: rows }, (_, at) => [`t-${at}`, total]));

  async function openMany() {
    const box = await open();
    for (const name of Object.keys(manyToys(1))) await add(box, name);
    // Its time of this turn is over: each part waits for the next.
    box.clock.advance(1_000);
    await box.settle();
    return box;
  }

  function partsOf(told: TestPage['told']): Snapshot[] {
    return told.flatMap((one) => ('snapshot' in one ? [one.snapshot] : []));
  }

  it('a snapshot: others have their turns, and what changes meanwhile follows', async () => {
    const box = await openMany();
    const page = new TestPage();
    box.hub.openRecords(0, page);
    expect(partsOf(page.told)).toMatchObject([{ seq: rows, part: 0, more: true }]);
    await add(box, 't-249');
    await box.advance(frameMs);
    const told = page.take();
    expect(partsOf(told).map(({ seq, part, more }) => [seq, part, more])).toEqual([
      [rows, 0, true],
      [rows, 1, true],
      [rows, 2, undefined],
    ]);
    expect(joinParts(partsOf(told))).toEqual(snapshot(rows, manyToys(1)).snapshot);
    expect(told.at(-1)).toEqual(delta(rows, rows + 1, { 't-249': 2 }));
  });

  it('a page that does not take a part gets no other until it has', async () => {
    const box = await openMany();
    const page = new TestPage();
    box.hub.openRecords(0, page);
    page.bytes = slowReaderBytes + 1;
    await box.advance(1_000);
    expect(partsOf(page.take())).toHaveLength(1);
    page.bytes = 0;
    await box.advance(250);
    expect(partsOf(page.take()).map(({ part }) => part)).toEqual([1, 2]);
  });

  it('a page that asks anew begins anew', async () => {
    const box = await openMany();
    const page = new TestPage();
    const feed = box.hub.openRecords(0, page);
    feed.resync();
    await box.settle();
    expect(partsOf(page.take()).map(({ part }) => part)).toEqual([0, 0, 1, 2]);
  });

  it('a catch-up: deltas in a row, and then it is level', async () => {
    const box = await open();
    const { page } = await openPage(box);
    page.take();
    page.bytes = slowReaderBytes + 1;
    for (let frame = 0; frame < 6; frame++) {
      for (const name of Object.keys(manyToys(1))) await add(box, name);
      await box.advance(frameMs);
    }
    page.bytes = 0;
    await box.advance(250);
    expect(page.take()).toEqual([
      delta(0, 2 * rows, manyToys(2)),
      delta(2 * rows, 4 * rows, manyToys(4)),
      delta(4 * rows, 6 * rows, manyToys(6)),
    ]);
  });
});

it('FEED-5: a page that throws is dropped, and stops no other', async () => {
  const box = await open();
  const broken = await openPage(box);
  const whole = await openPage(box);
  whole.page.take();
  broken.page.fails = true;
  await add(box, 'x');
  await box.advance(frameMs);
  broken.page.fails = false;
  broken.page.take();
  await add(box, 'x');
  await box.advance(frameMs);
  broken.feed.resync();
  expect(broken.page.take()).toEqual([]);
  expect(whole.page.take()).toEqual([delta(0, 1, { x: 1 }), delta(1, 2, { x: 2 })]);
  expect(box.logged).toMatchObject([{ level: 'warn' }]);
});

it('FEED-6: without a page no frame is scheduled, and a closed page is told nothing more', async () => {
  const box = await open();
  const ticking = box.clock.pending();
  await add(box, 'x');
  expect(box.clock.pending()).toEqual(ticking);
  const { page, feed } = await openPage(box);
  await add(box, 'x');
  feed.close();
  await box.advance(frameMs);
  feed.resync();
  expect(page.told).toEqual([snapshot(1, { x: 1 })]);
});

it('FEED-2: a record is told to be gone whatever it is called', async () => {
  const box = await open();
  const { page } = await openPage(box);
  for (const name of ['constructor', '__proto__']) {
    await add(box, name);
    await box.advance(frameMs);
    page.take();
    await box.dispatch('toy.drop', { name });
    await box.advance(frameMs);
    expect(page.take()).toMatchObject([{ delta: { put: {}, remove: [`toy/${name}`] } }]);
  }
});

it('FEED-7: a page that found a gap asks, and gets a fresh snapshot', async () => {
  const box = await open();
  const { page, feed } = await openPage(box);
  await add(box, 'x');
  page.take();
  await box.advance(frameMs);
  feed.resync();
  expect(page.take()).toEqual([delta(0, 1, { x: 1 }), snapshot(1, { x: 1 })]);
});
