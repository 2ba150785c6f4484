import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import { settle, TestClock } from '../../test/harness/clock.ts';
import { type Box, diesAt, openBox } from '../../test/harness/hub.ts';
import { type MemoryStore, memoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';
import type { Look } from './look.ts';
import { cursorEveryMs } from './subscriptions.ts';

const nameIn = ({ data }: EventEnvelope) => (data as { name: string }).name;
const echo = (event: EventEnvelope, part = '') => ({
  ...{ type: 'toy.add', data: { name: `re-${nameIn(event)}${part}` } },
  id: `toy-echo:${event.seq}${part}`,
});
/** Each event about `x…` leads to one about `re-x…`. */
const echoes: Look = (event) => (nameIn(event).startsWith('x') ? [echo(event)] : []);

function open(look: Look, options: { store?: MemoryStore; clock?: TestClock } & ToyOptions = {}) {
  const { store = memoryStore(), clock = new TestClock(), ...toy } = options;
  const start: ToyOptions['start'] = (life) => life.subscribe('echo', look);
  return openBox({ features: [toyFeature({ start, ...toy })], store, clock });
}

const add = (box: Box, name: string, times = 1) => box.dispatch('toy.add', { name, times });
const totals = (box: Box) =>
  Object.fromEntries(
    Object.entries(toysIn(box.hub.state()).byName).map(([name, { total }]) => [name, total]),
  );
const markIn = (store: MemoryStore) => store.tables.marks.get('toys subscription/echo');

describe('SUB-1: every event is looked at from the first beginning on, in order', () => {
  it('those before it are not, those after it are, over restarts', async () => {
    const store = memoryStore();
    const before = await openBox({ features: [toyFeature()], store });
    await add(before, 'old', 3);
    before.crash();
    const seen: number[] = [];
    const look: Look = ({ seq }) => {
      seen.push(seq);
      return [];
    };
    const first = await open(look, { store });
    await add(first, 'a', 450);
    await first.hub.stop();
    // Of another version, that knows no subscription.
    const between = await openBox({ features: [toyFeature()], store });
    await add(between, 'b', 2);
    between.crash();
    const second = await open(look, { store });
    await add(second, 'c');
    expect(seen).toEqual(Array.from({ length: 453 }, (_, at) => at + 4));
  });

  it('also one that came in the life in which it was begun, when that was killed at once', async () => {
    const store = memoryStore();
    const first = await open(() => new Promise(() => undefined), { store });
    await add(first, 'x');
    first.crash();
    const second = await open(echoes, { store });
    expect(totals(second)).toEqual({ x: 1, 're-x': 1 });
  });

  it('what takes long holds up the next ones, and changes no order', async () => {
    const go: Array<() => void> = [];
    const box = await open((event) => {
      const led = echoes(event);
      return new Promise((resolve) => go.push(() => resolve(led)));
    });
    await add(box, 'x1');
    await add(box, 'x2');
    expect([go.length, totals(box)]).toEqual([1, { x1: 1, x2: 1 }]);
    for (let n = 0; n < 4; n++) {
      go.shift()?.();
      await box.settle();
    }
    const types = box.store.page({ after: 2, limit: 9 }).map(nameIn);
    expect(types).toEqual(['re-x1', 're-x2']);
  });
});

describe('SUB-2: what an event leads to and the move past it are one commit', () => {
  it('a life that ends at any commit loses none and does none twice', async () => {
    for (let commits = 1; commits < 12; commits++) {
      const store = memoryStore();
      const first = await open(echoes, { store });
      const revive = diesAt(store, commits, () => first.crash());
      for (const name of ['x1', 'y', 'x2', 'x3']) await add(first, name).catch(() => undefined);
      first.crash();
      revive();
      // Receipts are gone by then: it is the cursor alone that counts.
      store.tables.receipts.clear();
      const second = await open(echoes, { store });
      await second.hub.drain();
      const now = totals(second);
      const expected = Object.keys(now).filter((name) => name.startsWith('x'));
      for (const name of expected) expect([name, now[`re-${name}`]]).toEqual([name, now[name]]);
    }
  });

  it('of several commands those that were done are not done again', async () => {
    const store = memoryStore();
    const several: Look = (event) =>
      nameIn(event) === 'x' ? ['-1', '-2', '-3'].map((part) => echo(event, part)) : [];
    const clock = new TestClock();
    const first = await open(several, { store, clock });
    // Each decision takes a slice: each is a commit of its own.
    let atMs = 0;
    clock.elapsed = () => {
      atMs += 10;
      return atMs;
    };
    const revive = diesAt(store, 3, () => first.crash());
    await add(first, 'x');
    await settle(clock);
    revive();
    const second = await open(several, { store });
    expect(totals(second)).toEqual({ x: 1, 're-x-1': 1, 're-x-2': 1, 're-x-3': 1 });
  });
});

it('SUB-3: for what leads to nothing no event is written, and the mark is moved some time later', async () => {
  const store = memoryStore();
  const box = await open(() => [], { store });
  await add(box, 'y', 500);
  expect([store.head().seq, markIn(store)]).toEqual([500, '0']);
  const { commits } = box.store;
  await box.advance(cursorEveryMs);
  expect([markIn(store), box.store.commits - commits]).toEqual(['500', 1]);
  await box.advance(10 * cursorEveryMs);
  expect(box.store.commits - commits).toBe(1);
  await add(box, 'y');
  await box.hub.stop();
  expect([store.head().seq, markIn(store)]).toEqual([501, '501']);
});

describe('SUB-4: its work is bounded', () => {
  it('200 events are looked at before what they lead to is durable', async () => {
    const looked: number[] = [];
    const box = await open(({ seq }) => {
      looked.push(seq);
      return new Promise(() => undefined);
    });
    await add(box, 'x', 700);
    expect(looked).toHaveLength(200);
  });

  it('looks take 4 ms of a turn, and what they lead to is decided for 2', async () => {
    const clock = new TestClock();
    let spentMs = 0;
    clock.elapsed = () => spentMs;
    const turns: Array<{ looks: number; events: number }> = [];
    const box = await open(
      (event) => {
        spentMs += 1;
        const now = turns.at(-1);
        if (now !== undefined) now.looks += 1;
        return echoes(event);
      },
      {
        clock,
        added(state) {
          spentMs += 1;
          return state;
        },
      },
    );
    const soon = clock.soon.bind(clock);
    clock.soon = (fn) =>
      soon(() => {
        turns.push({ looks: 0, events: box.hub.head().seq });
        fn();
      });
    await add(box, 'x', 100);
    await box.hub.drain();
    expect(Math.max(...turns.map(({ looks }) => looks))).toBeLessThanOrEqual(4);
    const grown = turns.map(({ events }, at) => events - (turns[at - 1]?.events ?? 100));
    expect(Math.max(...grown.slice(2))).toBeLessThanOrEqual(6);
    expect(box.hub.head().seq).toBe(200);
  });
});

describe('SUB-5: what fails is passed over, and what cannot be written is tried again', () => {
  it.each<[string, Look]>([
    ['a look that throws', defect],
    ['a look that rejects', async (event) => defect(event)],
    ['a command that is refused', (event) => [{ ...echo(event), data: { name: 'z', by: 0 } }]],
    ['a command that meets a defect', (event) => [{ ...echo(event), type: 'toy.throw', data: {} }]],
  ])('%s', async (_, bad) => {
    const box = await open((event) => (nameIn(event) === 'bad' ? bad(event) : echoes(event)));
    await add(box, 'x1');
    await add(box, 'bad');
    await add(box, 'x2');
    expect(totals(box)).toEqual({ x1: 1, bad: 1, x2: 1, 're-x1': 1, 're-x2': 1 });
    expect(box.logged.map(({ fields }) => fields)).toMatchObject([{ seq: 3 }]);
  });

  it('in order, each second', async () => {
    const box = await open(echoes);
    const { commit } = box.store;
    let failing = true;
    box.store.failWith(undefined);
    await add(box, 'y');
    const looks = box.hub.head().seq;
    box.store.failWith(new Error('disk full'));
    void box.hub.system({ type: 'toy.add', data: { name: 'x0' } }).catch(() => undefined);
    await box.settle();
    box.store.failWith(undefined);
    expect([commit === box.store.commit, looks]).toEqual([true, 1]);
    // The disk is full once x1 is there.
    void box.hub.dispatch({ type: 'toy.add', data: { name: 'x1' } }, 'operator').then(() => {
      if (failing) box.store.failWith(new Error('disk full'));
      failing = false;
    });
    await box.settle();
    expect(totals(box)).toEqual({ y: 1, x1: 1 });
    await box.advance(3_000);
    expect(totals(box)).toEqual({ y: 1, x1: 1 });
    box.store.failWith(undefined);
    await box.advance(1_000);
    await add(box, 'x2');
    expect(box.store.page({ after: 2, limit: 9 }).map(nameIn)).toEqual(['re-x1', 'x2', 're-x2']);
  });
});

it('SUB-6: a command that needs facts is passed over as a defect', async () => {
  const box = await open((event) =>
    nameIn(event) === 'x' ? [{ ...echo(event), type: 'toy.prepare', data: { name: 'z' } }] : [],
  );
  await add(box, 'x');
  expect(totals(box)).toEqual({ x: 1 });
  expect(JSON.stringify(box.logged)).toContain('toy.prepare looks outside');
});

it('SUB-7: a log that cannot be read is tried again, later and later', async () => {
  const store = memoryStore();
  const first = await open(() => [], { store });
  await first.hub.stop();
  const other = await openBox({ features: [toyFeature()], store });
  await add(other, 'x');
  other.crash();
  let tries = 0;
  const { read } = store;
  store.read = async () => {
    tries += 1;
    throw new Error('a segment is missing');
  };
  const box = await open(echoes, { store });
  for (const byMs of [1_000, 1_000, 1_000, 4_000]) await box.advance(byMs);
  expect([tries, totals(box)]).toEqual([4, { x: 1 }]);
  store.read = read;
  await box.advance(8_000);
  expect(totals(box)).toEqual({ x: 1, 're-x': 1 });
});

function defect(_event: EventEnvelope): never {
  throw new TypeError('a defect of the look');
}
