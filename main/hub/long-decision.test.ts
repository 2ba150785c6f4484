import { expect, it } from 'vitest';
import { openBox, refusedWith } from '../../test/harness/hub.ts';
import { toyFeature, type ToyState } from '../../test/harness/hub-toy.ts';
import { longDecision } from './writer.ts';

const many = longDecision * 3;
const toys = (options?: Parameters<typeof toyFeature>[0]) => [toyFeature(options)];

it('WRITE-12: what comes while a long decision is taken waits, is decided on it, and a reader sees all of it or nothing', async () => {
  const box = await openBox({ features: toys() });
  const add = (times: number) =>
    box.hub.dispatch({ type: 'toy.add', data: { name: 'x', times } }, 'operator');
  // Decided in the turn before it begins: it is the ground, and written first.
  const answers = [add(1), add(many), add(1), add(many), add(1)];
  expect(box.hub.head().seq).toBe(1);
  const seen = new Set<number>();
  box.hub.onTopics(() => seen.add(box.hub.head().seq));
  await box.settle();
  const receipts = await Promise.all(answers);
  const ends = [1, 1 + many, 2 + many, 2 + 2 * many, 3 + 2 * many];
  expect(receipts.map(({ seq }) => seq)).toEqual(ends);
  expect(receipts.map(({ result }) => (result as { total: number }).total)).toEqual(ends);
  expect([...seen]).toEqual(ends.slice(1));
  expect(box.store.commits).toBe(ends.length);
});

it('WRITE-12: one that cannot be written, or meets a defect, leaves nothing, and who waited goes on', async () => {
  let isBroken = true;
  let folded = 0;
  const added = (state: ToyState) => {
    folded += 1;
    if (isBroken && folded === many) throw new TypeError('a defect of reduce');
    return { ...state, byName: state.byName.set('x', { total: folded }) };
  };
  const box = await openBox({ features: toys({ added }) });
  const data = { name: 'x', times: many };
  const before = box.hub.state();
  await expect(box.dispatch('toy.add', data)).rejects.toThrow('of reduce');
  isBroken = false;
  box.store.failWith(new Error('disk full'));
  const broken = box.dispatch('toy.add', data);
  await refusedWith('STORE_FAILED', broken);
  expect([box.store.commits, box.hub.head().seq, box.hub.state()]).toEqual([0, 0, before]);
  box.store.failWith(undefined);
  expect(await box.dispatch('toy.add', { name: 'x' })).toMatchObject({ seq: 1 });
});

it('WRITE-12, STOP-2: one that is under way at the stop is written and answered, who waits behind it is refused', async () => {
  const box = await openBox({ features: toys() });
  const add = (times: number) =>
    box.hub.dispatch({ type: 'toy.add', data: { name: 'x', times } }, 'operator');
  const [long, behind] = [add(many), add(1)];
  behind.catch(() => undefined);
  expect(box.hub.head().seq).toBe(0);
  box.hub.closeIntake();
  expect(await long).toMatchObject({ seq: many });
  await refusedWith('SHUTTING_DOWN', behind);
  await box.settle();
  await box.hub.stop();
});
