import { expect, it } from 'vitest';
import { applyLive, type LiveChange } from '../../preload/contract/sync.ts';
import { openBox, TestPage } from '../../test/harness/hub.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { otherToys, toyFeature, type ToyOptions } from '../../test/harness/hub-toy.ts';
import type { Life } from './feature.ts';
import { frameMs, slowReaderBytes } from './records-feed.ts';

async function openAlive(options: ToyOptions = {}, store = memoryStore()) {
  const lives: Array<Life<unknown>> = [];
  const start = (life: Life<unknown>) => void lives.push(life);
  const box = await openBox({ features: [toyFeature({ start, ...options })], store });
  const [life] = lives;
  if (life === undefined) throw new Error('the source did not start');
  const page = new TestPage();
  const feed = box.hub.openRecords(0, page);
  return { box, live: life.live, page, feed, store };
}

const change = (put: object, remove: string[] = [], whole = false): LiveChange => ({
  ...{ whole, remove },
  put: put as LiveChange['put'],
});
const percent = (value: number) => ({ percent: value });

it('LIVE-1: a live record is in no log, and the next hub begins without it', async () => {
  const { box, live, store } = await openAlive();
  live.put('load', 'a', percent(90));
  await box.advance(frameMs);
  expect(box.hub.head().seq).toBe(0);
  expect(box.hub.live('load').toJSON()).toEqual({ a: percent(90) });
  box.crash();
  const next = await openAlive({}, store);
  expect(next.box.hub.live('load').size).toBe(0);
  expect(next.page.takeLive()).toEqual([change({}, [], true)]);
});

it('LIVE-2: a page gets all of them, then one change per frame of what differs', async () => {
  const { box, live, page, feed } = await openAlive();
  live.put('load', 'a', percent(1));
  await box.advance(frameMs);
  expect(page.takeLive()).toEqual([change({}, [], true), change({ 'load/a': percent(1) })]);
  for (const value of [2, 3, 4]) live.put('load', 'a', percent(value));
  live.put('load', 'b', percent(9));
  live.put('load', 'c', percent(9));
  live.remove('load', 'c');
  await box.advance(frameMs);
  expect(page.takeLive()).toEqual([change({ 'load/a': percent(4), 'load/b': percent(9) })]);
  live.remove('load', 'b');
  live.remove('load', 'never');
  await box.dispatch('toy.add', { name: 'x' });
  await box.advance(frameMs);
  await box.dispatch('toy.add', { name: 'x' });
  await box.advance(frameMs);
  expect(page.takeLive()).toEqual([change({}, ['load/b'])]);
  feed.resync();
  expect(page.takeLive()).toEqual([change({ 'load/a': percent(4) }, [], true)]);
  feed.close();
  live.put('load', 'a', percent(5));
  await box.advance(frameMs);
  expect(page.takeLive()).toEqual([]);
});

it('LIVE-3: a page that is slow is passed over, and brought to what is true then', async () => {
  const { box, live, page } = await openAlive();
  const quick = new TestPage();
  box.hub.openRecords(0, quick);
  live.put('load', 'a', percent(1));
  await box.advance(frameMs);
  page.takeLive();
  page.bytes = slowReaderBytes + 1;
  for (const value of [2, 3]) {
    live.put('load', 'a', percent(value));
    live.put('load', 'passing', percent(value));
    await box.advance(frameMs);
  }
  live.remove('load', 'passing');
  await box.advance(1_000);
  expect(page.takeLive()).toEqual([]);
  expect(quick.takeLive().at(-1)).toEqual(change({}, ['load/passing']));
  page.bytes = 0;
  await box.advance(250);
  expect(page.takeLive()).toEqual([change({ 'load/a': percent(3) })]);
});

it('LIVE-4: what is not declared, not the own, or too much is refused, and what was there stays', async () => {
  const lives: Array<Life<unknown>> = [];
  const other = otherToys({ start: (life) => void lives.push(life) });
  const { box, live } = await openAlive();
  expect(() => live.put('nobody', 'a', 1)).toThrow('"nobody" is no live record of toys');
  expect(() => live.of('nobody')).toThrow('No feature declares live records "nobody"');
  await openBox({ features: [toyFeature(), other] });
  expect(() => lives[0]?.live.put('load', 'a', percent(1))).toThrow('is no live record of others');
  expect(lives[0]?.live.of('load').size).toBe(0);
  for (let at = 0; at < 10_000; at++) live.put('load', `${at}`, percent(at));
  expect(() => live.put('load', 'more', percent(1))).toThrow('There are 10000 live records "load"');
  live.put('load', '0', percent(100));
  expect([box.hub.live('load').size, box.hub.live('load').get('0')]).toEqual([
    10_000,
    percent(100),
  ]);
});

it('LIVE-5: a query reads them as they are', async () => {
  const { box, live } = await openAlive();
  live.put('load', 'x', percent(7));
  expect(await box.ask('toy.load', { name: 'x' })).toEqual(percent(7));
});

it('LIVE-2: whatever a page is told, it holds what is', () => {
  const before = applyLive(new Map(), change({ 'load/a': percent(1), 'log/a/b': 1 }, [], true));
  const after = applyLive(before, change({ 'load/b': percent(2) }, ['load/a']));
  expect([...after].map(([kind, table]) => [kind, table.toJSON()])).toEqual([
    ['load', { b: percent(2) }],
    ['log', { 'a/b': 1 }],
  ]);
  expect([...applyLive(after, change({}, [], true))]).toEqual([]);
});
