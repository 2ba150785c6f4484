import { describe, expect, it } from 'vitest';
import { openBox, refusedWith } from '../../test/harness/hub.ts';
import { memoryStore } from '../../test/harness/hub-memory-store.ts';
import { otherToys, toyFeature, type ToyOptions, toysIn } from '../../test/harness/hub-toy.ts';
import type { Life, SystemCommand } from './feature.ts';

const toys = (options: ToyOptions = {}) => [toyFeature(options)];
const addX = (by = 1): SystemCommand => ({ type: 'toy.add', data: { name: 'x', by } });

/** A hub whose toys have a source, and that source's life. */
async function openAlive(options: ToyOptions = {}) {
  const lives: Array<Life<unknown>> = [];
  const start = (life: Life<unknown>) => void lives.push(life);
  const box = await openBox({ features: toys({ start, ...options }) });
  const [life] = lives;
  if (life === undefined) throw new Error('the source did not start');
  return { box, life, lives };
}

describe('SOURCE-1: sources start once, before recovery, and what they see becomes commands', () => {
  it('of the system, against the durable state', async () => {
    const { box, life, lives } = await openAlive();
    const seen = life.system(addX(2));
    await box.settle();
    expect(await seen).toMatchObject({ seq: 1 });
    expect([lives.length, life.state(), toysIn(life.hub()).byName]).toEqual([
      ...[1, box.hub.state().toys, { x: { total: 2 } }],
    ]);
    expect(box.store.page({ after: 0, limit: 9 })).toMatchObject([{ actor: 'system' }]);
  });

  it('so that nothing falls between the two', async () => {
    const order: string[] = [];
    const start = () => void order.push('start');
    const recover = async () => {
      order.push('recover');
      return [];
    };
    await openBox({ features: [...toys({ start, recover }), otherToys({ start, recover })] });
    expect(order).toEqual(['start', 'start', 'recover', 'recover']);
  });

  it('and are told the topics of each commit', async () => {
    const { box, life } = await openAlive();
    const told: string[][] = [];
    life.onTopics((topics) => told.push([...topics]));
    await box.dispatch('toy.add', { name: 'y' });
    expect(told.flat().length).toBeGreaterThan(0);
  });
});

it('SOURCE-2: a source that does not start stops no other', async () => {
  const start = () => {
    throw new Error('no such folder');
  };
  const started: string[] = [];
  const box = await openBox({
    features: [otherToys({ start }), ...toys({ start: () => void started.push('toys') })],
  });
  expect(started).toEqual(['toys']);
  await box.dispatch('toy.add', { name: 'x' });
  expect(box.logged).toMatchObject([
    { level: 'error', fields: { feature: 'others', error: 'no such folder' } },
  ]);
});

describe('SOURCE-3: what a source owns ends once with the hub', () => {
  it('last in, first out, also when one end fails', async () => {
    const { box, life } = await openAlive();
    const ends: string[] = [];
    life.own(() => void ends.push('watcher'));
    life.own(() => {
      throw new Error('stuck');
    });
    life.own(async () => void ends.push('timer'));
    await Promise.all([box.hub.stop(), box.hub.stop()]);
    expect([ends, life.signal.aborted, box.logged.length]).toEqual([
      ...[['timer', 'watcher'], true, 1],
    ]);
    await refusedWith('SHUTTING_DOWN', life.system(addX()));
  });

  it('and is told no topics any more', async () => {
    const { box, life } = await openAlive();
    const told: unknown[] = [];
    life.onTopics((topics) => void told.push(topics));
    const last = box.hub.dispatch({ type: 'toy.add', data: { name: 'x' } }, 'operator');
    await box.hub.stop();
    await last;
    expect(told).toHaveLength(1);
  });
});

describe('SOURCE-4: winding down', () => {
  it('gives the closing commands and waits for their effects, while others are still served', async () => {
    let finish = (): void => undefined;
    const run: ToyOptions['run'] = ({ name }) =>
      new Promise((resolve) => {
        finish = () => resolve({ type: 'toy.worked', data: { name, how: 'done' } });
      });
    const windDown = () => [{ type: 'toy.work', data: { name: 'last' } }];
    const box = await openBox({ features: toys({ run, windDown }) });
    const wound = box.hub.windDown(5_000);
    await box.settle();
    await box.dispatch('toy.add', { name: 'x' });
    finish();
    await box.settle();
    expect([await wound, toysIn(box.hub.state()).ended]).toEqual([true, ['last:done']]);
  });

  it('ends what began meanwhile too', async () => {
    const run: ToyOptions['run'] = async ({ name }) => ({
      type: 'toy.worked',
      data: { name, how: 'done' },
    });
    // The first that ends lets another begin, as a worktree that is made lets its agent.
    const windDown: ToyOptions['windDown'] = ({ ended }) => [
      { type: 'toy.work', data: { name: 'first' } },
      ...(ended.length > 0 ? [{ type: 'toy.work', data: { name: 'second' } }] : []),
    ];
    const box = await openBox({ features: toys({ run, windDown }) });
    const wound = box.hub.windDown(5_000);
    await box.settle();
    expect([await wound, toysIn(box.hub.state()).ended]).toEqual([
      true,
      ['first:done', 'second:done'],
    ]);
  });

  it('does not wait for what hung before', async () => {
    let finish = (): void => undefined;
    const run: ToyOptions['run'] = async ({ name }) => {
      if (name === 'hangs') await new Promise<void>((resolve) => (finish = resolve));
      return { type: 'toy.worked', data: { name, how: 'done' } };
    };
    const windDown = () => [{ type: 'toy.work', data: { name: 'last' } }];
    const box = await openBox({ features: toys({ run, windDown }) });
    await box.dispatch('toy.work', { name: 'hangs', lane: 'b' });
    const wound = box.hub.windDown(5_000);
    await box.settle();
    expect([await wound, toysIn(box.hub.state()).ended]).toEqual([true, ['last:done']]);
    finish();
  });

  it('gives up after its bound, and what hangs comes again', async () => {
    const store = memoryStore();
    const run: ToyOptions['run'] = ({ name }, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () =>
          resolve({ type: 'toy.worked', data: { name, how: 'done' } }),
        );
      });
    const windDown = () => [{ type: 'toy.work', data: { name: 'last' } }];
    const box = await openBox({ features: toys({ run, windDown }), store });
    const wound = box.hub.windDown(5_000);
    await box.settle();
    await box.advance(5_000);
    expect(await wound).toBe(false);
    await box.hub.stop();
    expect(store.pendingEffects()).toHaveLength(1);
  });

  it('is not stopped by a feature that throws', async () => {
    const fails = () => {
      throw new TypeError('a defect');
    };
    const box = await openBox({
      features: [otherToys({ windDown: fails }), ...toys({ windDown: () => [addX()] })],
    });
    const wound = box.hub.windDown(5_000);
    await box.settle();
    expect([await wound, toysIn(box.hub.state()).byName]).toEqual([true, { x: { total: 1 } }]);
  });
});
