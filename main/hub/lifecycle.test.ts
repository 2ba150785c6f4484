import { describe, expect, it } from 'vitest';
import type { SystemCommand } from './feature.ts';
import {
  afterTurn,
  openBox,
  refusedWith,
  TestEventReader,
  TestPage,
} from '../../test/harness/hub.ts';
import { TestClock } from '../../test/harness/clock.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { otherToys, toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';
import { tickMs } from './tick.ts';

const toys = (options: ToyOptions = {}) => [toyFeature(options)];
const addX = (by = 1): SystemCommand => ({ type: 'toy.add', data: { name: 'x', by } });

/** A clock on which each look takes time, as on a machine that works. */
class SlowClock extends TestClock {
  private readonly lookMs: number;
  private spentMs = 0;

  constructor(lookMs: number) {
    super();
    this.lookMs = lookMs;
  }

  override elapsed(): number {
    this.spentMs += this.lookMs;
    return super.elapsed() + this.spentMs;
  }
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
    features: [otherToys({ due: broken }), ...toys({ due: () => [addX()] })],
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

describe('TICK-4: however much is due, others have their turn', () => {
  it.each([1, 5, 20])('on a machine where a look takes %i ms', async (slowness) => {
    const clock = new SlowClock(slowness);
    let asked = 0;
    const due = () => {
      asked += 1;
      return asked === 1 ? [1, 2, 3, 4, 5].map((by) => addX(by)) : [];
    };
    const box = await openBox({ features: toys({ due }), clock });
    await box.advance(tickMs);
    expect(toysIn(box.hub.state()).byName).toEqual({ x: { total: 15 } });
    // Each turn of the loop ends with a commit of what it decided.
    expect(box.store.commits).toBeGreaterThan(slowness === 1 ? 0 : 2);
    expect([asked, clock.pending()]).toEqual([1, [tickMs]]);
  });
});

it('TICK-5: a due command that is still being done is not begun again', async () => {
  let asked = 0;
  const tell: Array<(by: number) => void> = [];
  const outside = () => {
    asked += 1;
    return new Promise<number>((resolve) => tell.push(resolve));
  };
  const due = () => [{ type: 'toy.prepare', data: { name: 'x' } }];
  const box = await openBox({ features: toys({ outside, due }) });
  for (let second = 0; second < 3; second++) await box.advance(tickMs);
  expect(asked).toBe(1);
  tell[0]?.(1);
  await box.settle();
  await box.advance(tickMs);
  expect([asked, toysIn(box.hub.state()).byName]).toEqual([2, { x: { total: 1 } }]);
});

describe('SYSTEM', () => {
  const id = 'timer-1.due-7';

  it('SYSTEM-1: under one id it is done once, over restarts too', async () => {
    const store = memoryStore();
    const first = await openBox({ features: toys(), store });
    await afterTurn(first.clock, first.hub.system({ ...addX(), id }));
    first.crash();
    const box = await openBox({ features: toys(), store });
    await afterTurn(box.clock, box.hub.system({ ...addX(), id }));
    await box.dispatch('toy.add', { name: 'x', by: 10 }, { id });
    expect(toysIn(box.hub.state()).byName).toEqual({ x: { total: 11 } });
  });

  it('SYSTEM-2: on behalf of an agent it may do what the agent may, in the agent’s name', async () => {
    const box = await openBox({ features: toys() });
    const onBehalfOf = 'agent:a';
    await afterTurn(box.clock, box.hub.system({ ...addX(), onBehalfOf }));
    expect(box.store.page({ after: 0, limit: 9 })).toMatchObject([
      { actor: 'agent:a', via: 'system' },
    ]);
    const drop = { type: 'toy.drop', data: { name: 'x' } };
    await refusedWith('FORBIDDEN', box.hub.system({ ...drop, onBehalfOf }));
    await afterTurn(box.clock, box.hub.system(drop));
    const [, dropped] = box.store.page({ after: 0, limit: 9 });
    expect([dropped?.actor, dropped && 'via' in dropped]).toEqual(['system', false]);
    expect(await box.store.verify()).toMatchObject({ ok: true });
  });
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
    const box = await openBox({ features: [otherToys({ recover: fails }), ...toys({ recover })] });
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

  it('STOP-1, WRITE-10: a command whose facts are still gathered is refused at once', async () => {
    const outside = () => new Promise<number>(() => undefined);
    const store = memoryStore();
    const box = await openBox({ features: toys({ outside }), store });
    const slow = box.hub.dispatch({ type: 'toy.prepare', data: { name: 'x' } }, 'operator');
    await box.settle();
    box.hub.closeIntake();
    await refusedWith('SHUTTING_DOWN', afterTurn(box.clock, slow));
    expect(store.head().seq).toBe(0);
  });

  it('WRITE-10: facts have a bound, and who gathers them is told', async () => {
    const signals: AbortSignal[] = [];
    const outside = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<number>(() => undefined);
    };
    const box = await openBox({ features: toys({ outside }) });
    const slow = box.hub.dispatch({ type: 'toy.prepare', data: { name: 'x' } }, 'operator');
    const gone = new AbortController();
    const left = box.hub.dispatch(
      { type: 'toy.prepare', data: { name: 'y' } },
      'operator',
      gone.signal,
    );
    left.catch(() => undefined);
    await box.settle();
    gone.abort();
    await refusedWith('FACTS_TIMEOUT', left);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
    slow.catch(() => undefined);
    await box.advance(90_000);
    await refusedWith('FACTS_TIMEOUT', slow);
    expect(signals[0]?.aborted).toBe(true);
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
    await box.settle();
    const stopped = box.hub.stop();
    finish();
    await box.settle();
    await stopped;
    expect(toysIn(box.hub.state()).ended).toEqual([]);
    expect(store.pendingEffects()).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
    const next = await openBox({ features: toys(), store });
    await next.settle();
    expect(toysIn(next.hub.state()).ended).toEqual(['x:done', 'y:done']);
  });

  it('STOP-3: an effect that does not heed its signal is left behind after five seconds', async () => {
    const store = memoryStore();
    const never = () => new Promise<never>(() => undefined);
    const box = await openBox({ features: toys({ run: never }), store });
    await box.dispatch('toy.work', { name: 'x' });
    const stopped = box.hub.stop();
    await box.settle();
    await box.advance(5_000);
    await stopped;
    expect(store.pendingEffects()).toMatchObject([{ attempts: 0 }]);
    expect(box.logged).toMatchObject([{ level: 'warn', fields: { effects: ['fx1-0'] } }]);
  });

  it('STOP-5: no tick is scheduled after the stop, also while much is due', async () => {
    const due = () => Array.from({ length: 50 }, () => addX());
    const clock = new SlowClock(5);
    const box = await openBox({ features: toys({ due }), clock });
    clock.advance(tickMs);
    await afterTurn(clock, box.hub.stop());
    expect(clock.pending()).toEqual([]);
  });

  it('STOP-4: stopping twice is once, and a snapshot that fails keeps the log from nothing', async () => {
    let closed = 0;
    const store = {
      ...memoryStore(),
      close: async () => {
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
    reader.isSlow = true;
    box.hub.openRecords(0, page);
    await box.dispatch('toy.add', { name: 'x' });
    box.hub.openEvents(0, reader);
    await box.settle();
    expect(box.clock.pending().length).toBeGreaterThan(1);
    await box.hub.stop();
    expect(box.clock.pending()).toEqual([]);
    page.bytes = 0;
    reader.isSlow = false;
    reader.drain();
    await box.advance(10_000);
    expect([page.told, reader.seqs()]).toEqual([[], [1]]);
  });
});
