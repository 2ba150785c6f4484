import { describe, expect, it } from 'vitest';
import type { SystemCommand } from './feature.ts';
import {
  afterTurn,
  openBox,
  refusedWith,
  TestEventReader,
  TestPage,
} from '../../test/harness/hub.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';
import { tickMs } from './tick.ts';

const toys = (options: ToyOptions = {}) => [toyFeature(options)];
const addX = (by = 1): SystemCommand => ({ type: 'toy.add', data: { name: 'x', by } });

/** The toy feature under another name, so that two stand beside each other. */
function second(options: ToyOptions) {
  const toy = toyFeature(options);
  const contract = { ...toy.contract, name: 'others', commands: {}, queries: {}, events: {} };
  return { ...toy, contract, commands: {}, queries: {}, effects: {}, views: {}, reduce: {} };
}

describe('TICK-1: each second every feature is asked what is due, and that is done by the system', () => {
  it('with the durable slice and the time', async () => {
    const asked: Array<[number, number]> = [];
    const due: ToyOptions['due'] = (state, nowMs) => {
      asked.push([nowMs, state.byName.get('x')?.total ?? 0]);
      return asked.length === 2 ? [addX()] : [];
    };
    const box = await openBox({ features: toys({ due }) });
    const startMs = box.clock.now();
    await box.advance(tickMs - 1);
    expect(asked).toEqual([]);
    await box.advance(1);
    await box.advance(2 * tickMs);
    expect(asked).toEqual([
      [startMs + tickMs, 0],
      [startMs + 2 * tickMs, 0],
      [startMs + 3 * tickMs, 1],
    ]);
    expect(box.store.page({ after: 0, limit: 9 })).toMatchObject([{ actor: 'system' }]);
  });
});

it('TICK-2: a feature that throws stops no other, and is asked again', async () => {
  let asked = 0;
  const broken = () => {
    asked += 1;
    throw new TypeError('a defect of due');
  };
  const box = await openBox({
    features: [second({ due: broken }), ...toys({ due: () => [addX()] })],
  });
  await box.advance(tickMs);
  await box.advance(tickMs);
  expect([asked, toysIn(box.hub.state()).byName]).toEqual([2, { x: { total: 2 } }]);
  expect(box.logged).toHaveLength(2);
});

it('TICK-3: a due command that is refused is logged, and the others are done', async () => {
  const box = await openBox({ features: toys({ due: () => [addX(0), addX(2)] }) });
  await box.advance(tickMs);
  expect(toysIn(box.hub.state()).byName).toEqual({ x: { total: 2 } });
  expect(box.logged).toMatchObject([{ level: 'error', fields: { feature: 'toys' } }]);
});

describe('START', () => {
  it('START-1: what was left over goes before what recovery adds, in the same lane', async () => {
    const store = memoryStore();
    const never = () => new Promise<never>(() => undefined);
    const first = await openBox({ features: toys({ run: never }), store });
    await first.dispatch('toy.work', { name: 'left' });
    first.crash();
    const recover = async () => [{ type: 'toy.work', data: { name: 'recovered' } }];
    const box = await openBox({ features: toys({ recover }), store });
    await box.settle();
    expect(toysIn(box.hub.state()).ended).toEqual(['left:done', 'recovered:done']);
  });

  it('START-2: recovery that throws or is refused is logged, and the rest is recovered', async () => {
    const fails = async () => {
      throw new Error('no terminals');
    };
    const recover = async () => [addX(0), addX(3)];
    const box = await openBox({ features: [second({ recover: fails }), ...toys({ recover })] });
    expect(toysIn(box.hub.state()).byName).toEqual({ x: { total: 3 } });
    expect(box.logged.map(({ fields }) => fields)).toMatchObject([
      { feature: 'others', error: 'no terminals' },
      { feature: 'toys' },
    ]);
  });

  it('START-3: opening, starting and stopping write no event', async () => {
    const store = memoryStore();
    for (let life = 0; life < 3; life++) {
      const box = await openBox({ features: toys(), store });
      await box.hub.stop();
    }
    expect(store.head().seq).toBe(0);
  });

  it('START-4: what was asked before the start is worked once', async () => {
    let runs = 0;
    const run: ToyOptions['run'] = async ({ name }) => {
      runs += 1;
      return { type: 'toy.worked', data: { name, how: 'done' } };
    };
    const box = await openBox({ features: toys({ run }), start: false });
    const asked = box.hub.dispatch({ type: 'toy.work', data: { name: 'x' } }, 'operator');
    box.clock.flush();
    const started = box.hub.start();
    await box.settle();
    await Promise.all([asked, started]);
    expect([runs, toysIn(box.hub.state()).ended]).toEqual([1, ['x:done']]);
  });
});

describe('STOP', () => {
  it('STOP-1: new commands and queries are refused, those who wait are woken', async () => {
    const box = await openBox({ features: toys() });
    const waiting = box.ask('toy.get', { name: 'x', waitMs: 60_000 });
    await box.settle();
    box.hub.closeIntake();
    expect(await waiting).toEqual({ total: 0 });
    expect(box.store.head()).toMatchObject({ seq: 0 });
    await box.hub.stop();
    await refusedWith('SHUTTING_DOWN', box.dispatch('toy.add', { name: 'x' }));
    await refusedWith('SHUTTING_DOWN', box.ask('toy.get', { name: 'x' }));
  });

  it('STOP-1: a command whose facts are still gathered is refused', async () => {
    let tell: (by: number) => void = () => undefined;
    const outside = () => new Promise<number>((resolve) => (tell = resolve));
    const store = memoryStore();
    const box = await openBox({ features: toys({ outside }), store });
    const slow = box.hub.dispatch({ type: 'toy.prepare', data: { name: 'x' } }, 'operator');
    await box.settle();
    await box.hub.stop();
    tell(1);
    await refusedWith('SHUTTING_DOWN', afterTurn(box.clock, slow));
    expect(store.head().seq).toBe(0);
  });

  it('STOP-2: what was decided in the last turn is written and answered', async () => {
    const store = memoryStore();
    const box = await openBox({ features: toys(), store });
    const last = box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator');
    await box.hub.stop();
    expect(await last).toMatchObject({ seq: 1 });
    expect(store.head().seq).toBe(1);
  });

  it('STOP-3: running effects are let go; they end unreported, and come again', async () => {
    const store = memoryStore();
    let finish = (): void => undefined;
    const run: ToyOptions['run'] = ({ name }) =>
      new Promise((resolve) => {
        finish = () => resolve({ type: 'toy.worked', data: { name, how: 'done' } });
      });
    const box = await openBox({ features: toys({ run }), store });
    await box.dispatch('toy.work', { name: 'x' });
    await box.dispatch('toy.work', { name: 'y' });
    const stopped = box.hub.stop();
    finish();
    await stopped;
    expect(toysIn(box.hub.state()).ended).toEqual([]);
    expect(store.pendingEffects()).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
    const next = await openBox({ features: toys(), store });
    await next.settle();
    expect(toysIn(next.hub.state()).ended).toEqual(['x:done', 'y:done']);
  });

  it('STOP-4: stopping twice is once, and a snapshot that fails keeps the log from nothing', async () => {
    let closed = 0;
    const store = {
      ...memoryStore(),
      close: () => {
        closed += 1;
      },
      saveSnapshot: () => {
        throw new Error('disk full');
      },
    };
    const box = await openBox({ features: toys(), store });
    await box.dispatch('toy.add', { name: 'x' });
    await Promise.all([box.hub.stop(), box.hub.stop()]);
    expect([closed, box.logged.length]).toEqual([1, 1]);
  });

  it('STOP-5: nothing stays behind: no timer, no reader', async () => {
    const box = await openBox({ features: toys() });
    const page = new TestPage();
    const reader = new TestEventReader();
    page.bytes = 2 ** 21;
    reader.bytes = 2 ** 21;
    box.hub.openRecords(0, page);
    await box.dispatch('toy.add', { name: 'x' });
    box.hub.openEvents(0, reader);
    expect(box.clock.pending().length).toBeGreaterThan(1);
    await box.hub.stop();
    expect(box.clock.pending()).toEqual([]);
    page.bytes = 0;
    reader.bytes = 0;
    await box.advance(10_000);
    expect([page.told, reader.batches]).toEqual([[], []]);
  });
});
