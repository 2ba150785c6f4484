import { describe, expect, it } from 'vitest';
import type { SystemCommand } from './feature.ts';
import type { LogStore } from './log-store.ts';
import { type Box, openBox, refusedWith } from '../../test/harness/hub.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';

const never = () => new Promise<never>(() => undefined);
/** For work that notes something and does not end. */
const andNever = (_noted: unknown) => never();
const report = (name: string, how: string): SystemCommand => ({
  type: 'toy.worked',
  data: { name, how },
});
const ended = (box: Box) => toysIn(box.hub.state()).ended;

function open(options: ToyOptions = {}, store?: LogStore) {
  return openBox({
    features: [toyFeature(options)],
    ...(store === undefined ? {} : { store }),
  });
}

it('EFFECT-1: an effect runs once its events are durable, and reports once', async () => {
  const runs: number[] = [];
  const box = await open({
    run: async ({ name }, ctx) => {
      runs.push(ctx.attempt);
      return report(name, 'done');
    },
  });
  box.store.failWith(new Error('disk full'));
  await refusedWith('STORE_FAILED', box.dispatch('toy.work', { name: 'x' }));
  expect(runs).toEqual([]);
  box.store.failWith(undefined);
  await box.dispatch('toy.work', { name: 'x' });
  await box.hub.drain();
  expect([runs, ended(box), box.store.pendingEffects()]).toEqual([[1], ['x:done'], []]);
});

it('EFFECT-1: an effect without an event that says why is a defect', async () => {
  const box = await open();
  await expect(box.dispatch('toy.work', { name: 'x', count: 0 })).rejects.toThrow('must have');
  expect(box.hub.head().seq).toBe(0);
});

describe('EFFECT-2: after a crash an effect comes again, and is reported exactly once', () => {
  /** Where the first life ends; the second one has no trouble. */
  const deaths: Array<[string, (box: () => Box) => ToyOptions]> = [
    ['before it runs', (box) => ({ run: () => andNever(box().crash()) })],
    ['while it runs', () => ({ run: never })],
    [
      'after it ran, before its report is written',
      (box) => ({
        run: async ({ name }) => {
          box().crash();
          return report(name, 'done');
        },
      }),
    ],
    ['after its report was written', () => ({})],
  ];
  it.each(deaths)('%s', async (_, options) => {
    const store = memoryStore();
    let first: Box | undefined;
    const box = () => first as Box;
    first = await open(options(box), store);
    await first.dispatch('toy.work', { name: 'x' });
    first.crash();
    const second = await open({}, store);
    await second.hub.drain();
    expect(ended(second)).toEqual(['x:done']);
    expect(store.pendingEffects()).toEqual([]);
    const told = store.tables.events.filter((event) => event.type === 'toy.work_ended');
    expect(told).toHaveLength(1);
  });
});

it('EFFECT-2: the number of beginnings and the name hold over crashes', async () => {
  const store = memoryStore();
  const seen: Array<[string, number]> = [];
  for (let life = 0; life < 3; life++) {
    const box = await open(
      { run: (_data, ctx) => andNever(seen.push([ctx.effectId, ctx.attempt])) },
      store,
    );
    if (life === 0) await box.dispatch('toy.work', { name: 'x' });
    await box.settle();
    box.crash();
  }
  expect(seen).toEqual([1, 2, 3].map((attempt) => [seen[0]?.[0], attempt]));
});

describe('EFFECT-3: work that throws is reported as failed', () => {
  const run = async () => {
    throw new Error('git fell over');
  };
  it('with what was thrown', async () => {
    const told: unknown[] = [];
    const failed: ToyOptions['failed'] = ({ name }, error) => {
      told.push((error as Error).message);
      return report(name, 'failed');
    };
    const box = await open({ run, failed });
    await box.dispatch('toy.work', { name: 'x' });
    expect([told, ended(box)]).toEqual([['git fell over'], ['x:failed']]);
  });

  it('and ends also when its feature has nothing to say', async () => {
    const box = await open({ run, failed: undefined });
    await box.dispatch('toy.work', { name: 'x' });
    expect([ended(box), box.store.pendingEffects()]).toEqual([[], []]);
  });
});

it('EFFECT-4: one lane runs in commit order, lanes run side by side', async () => {
  const running = new Map<string, () => void>();
  const box = await open({
    run: ({ name }) =>
      new Promise((resolve) => running.set(name, () => resolve(report(name, 'done')))),
  });
  await box.dispatch('toy.work', { name: 'a1', lane: 'a' });
  await box.dispatch('toy.work', { name: 'a2', lane: 'a' });
  await box.dispatch('toy.work', { name: 'b1', lane: 'b' });
  expect([...running.keys()]).toEqual(['a1', 'b1']);
  running.get('b1')?.();
  await box.settle();
  expect([...running.keys()]).toEqual(['a1', 'b1']);
  running.get('a1')?.();
  await box.settle();
  expect([...running.keys()]).toEqual(['a1', 'b1', 'a2']);
  running.get('a2')?.();
  await box.settle();
  expect(ended(box)).toEqual(['b1:done', 'a1:done', 'a2:done']);
});

it('EFFECT-4: what fails holds up nothing behind it', async () => {
  const box = await open({
    run: async ({ name }) => {
      if (name === 'a1') throw new Error('no');
      return report(name, 'done');
    },
  });
  await box.dispatch('toy.work', { name: 'a1' });
  await box.dispatch('toy.work', { name: 'a2' });
  expect(ended(box)).toEqual(['a1:failed', 'a2:done']);
});

describe('EFFECT-5: an effect that was begun five times without an end is given up as failed', () => {
  it('when each time ended in a crash', async () => {
    const store = memoryStore();
    const runs: number[] = [];
    const run: ToyOptions['run'] = (_data, ctx) => andNever(runs.push(ctx.attempt));
    for (let life = 0; life < 5; life++) {
      const box = await open({ run }, store);
      if (life === 0) await box.dispatch('toy.work', { name: 'x' });
      await box.settle();
      box.crash();
    }
    const last = await open({ run }, store);
    await last.hub.drain();
    expect([runs, ended(last)]).toEqual([[1, 2, 3, 4, 5], ['x:failed']]);
  });

  it('and a clean stop in between does not count', async () => {
    const store = memoryStore();
    const run: ToyOptions['run'] = (_data, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    for (let life = 0; life < 8; life++) {
      const box = await open({ run }, store);
      if (life === 0) await box.dispatch('toy.work', { name: 'x' });
      await box.settle();
      await box.hub.stop();
    }
    const last = await open({}, store);
    await last.settle();
    expect(ended(last)).toEqual(['x:done']);
  });
});

describe('EFFECT-6: a refused report is told as a failure once, then the effect ends', () => {
  it.each([
    ['by decide', report('x', 'refused')],
    ['by its schema', report('x', 'nonsense')],
    ['as unknown', { type: 'toy.gone', data: {} }],
  ])('%s', async (_, refused) => {
    const box = await open({ run: async () => refused });
    await box.dispatch('toy.work', { name: 'x' });
    expect([ended(box), box.store.pendingEffects()]).toEqual([['x:failed'], []]);
  });

  it('also when the failure is refused too', async () => {
    const told: unknown[] = [];
    const failed: ToyOptions['failed'] = (_data, error) => {
      told.push(error);
      return report('x', 'refused');
    };
    const box = await open({ run: async () => report('x', 'refused'), failed });
    await box.dispatch('toy.work', { name: 'x' });
    expect([told.length, ended(box), box.store.pendingEffects()]).toEqual([1, [], []]);
  });
});

it('EFFECT-7: while the log cannot be written, a report is tried again each second', async () => {
  let finish: (command: SystemCommand) => void = () => undefined;
  const box = await open({ run: () => new Promise((resolve) => (finish = resolve)) });
  await box.dispatch('toy.work', { name: 'x' });
  box.store.failWith(new Error('disk full'));
  finish(report('x', 'done'));
  await box.settle();
  await box.advance(3_000);
  expect(ended(box)).toEqual([]);
  box.store.failWith(undefined);
  await box.advance(1_000);
  expect([ended(box), box.store.pendingEffects()]).toEqual([['x:done'], []]);
});

it('EFFECT-8: an effect that no feature knows any more is dropped, and said so', async () => {
  const store = memoryStore();
  store.commit({
    events: [],
    receipts: [],
    effects: [{ id: 'fx1-0', kind: 'toy.forgotten', lane: 'a', data: '{}', attempts: 0 }],
    endedEffects: [],
  });
  const box = await open({}, store);
  await box.settle();
  expect(store.pendingEffects()).toEqual([]);
  expect(box.logged).toMatchObject([{ level: 'error' }]);
});

it('EFFECT-9: a report that meets a defect stays for the next start, and its lane goes on', async () => {
  const store = memoryStore();
  const run: ToyOptions['run'] = async ({ name }) =>
    report(name, name === 'bad' ? 'defect' : 'done');
  const box = await open({ run }, store);
  await box.dispatch('toy.work', { name: 'bad' });
  await box.dispatch('toy.work', { name: 'good' });
  await box.advance(60_000);
  expect(ended(box)).toEqual(['good:done']);
  expect(store.pendingEffects()).toMatchObject([{ attempts: 1 }]);
  box.crash();
  const next = await open({}, store);
  await next.settle();
  expect(ended(next)).toEqual(['good:done', 'bad:done']);
});

it('EFFECT-10: an effect may say how far it is, and is told the state it began in', async () => {
  const box = await open({
    run: async ({ name }, ctx) => {
      await ctx.dispatch({ type: 'toy.add', data: { name, by: 2 } });
      return report(name, toysIn(ctx.hub).byName[name] === undefined ? 'done' : 'failed');
    },
  });
  await box.dispatch('toy.work', { name: 'x' });
  expect([ended(box), toysIn(box.hub.state()).byName]).toEqual([['x:done'], { x: { total: 2 } }]);
});

it('EFFECT-10: what an effect had dispatched before a crash is not done twice', async () => {
  const store = memoryStore();
  const counting: ToyOptions['run'] = async ({ name }, ctx) => {
    await ctx.dispatch({ type: 'toy.add', data: { name, by: 2 } });
    await ctx.dispatch({ type: 'toy.add', data: { name, by: 2 } });
    return report(name, 'done');
  };
  const first = await open(
    {
      run: async (data, ctx) => {
        await counting(data, ctx);
        return never();
      },
    },
    store,
  );
  await first.dispatch('toy.work', { name: 'x' });
  await first.settle();
  first.crash();
  const again = await open({ run: counting }, store);
  await again.settle();
  expect([ended(again), toysIn(again.hub.state()).byName]).toEqual([
    ...[['x:done'], { x: { total: 4 } }],
  ]);
});

it('EFFECT-11: as many of a kind run at once as its handler says, each lane in its order', async () => {
  const begun: string[] = [];
  const finish: Array<() => void> = [];
  const run: ToyOptions['run'] = ({ name }) => {
    begun.push(name);
    return new Promise((resolve) => finish.push(() => resolve(report(name, 'done'))));
  };
  const box = await open({ run, atOnce: 2 });
  for (const [name, lane] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
    ['c1', 'c'],
  ])
    await box.dispatch('toy.work', { name, lane });
  expect(begun).toEqual(['a1', 'b1']);
  finish[0]?.();
  await box.settle();
  expect(begun).toEqual(['a1', 'b1', 'c1']);
  finish[1]?.();
  await box.settle();
  expect(begun).toEqual(['a1', 'b1', 'c1', 'a2']);
  for (const end of finish) end();
  await box.settle();
  expect(ended(box).toSorted()).toEqual(['a1:done', 'a2:done', 'b1:done', 'c1:done']);
});
