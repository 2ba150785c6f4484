import { expect, it } from 'vitest';
import { settle, TestClock } from '../../test/harness/clock.ts';
import { Pace } from './pace.ts';

it('all who share a pace take 8 ms of a turn together, in the order of asking', async () => {
  const clock = new TestClock();
  const pace = new Pace(clock);
  const turns: string[][] = [[]];
  const soon = clock.soon.bind(clock);
  clock.soon = (fn) =>
    soon(() => {
      turns.push([]);
      fn();
    });
  async function work(name: string): Promise<void> {
    for (let step = 1; step <= 3; step++) {
      await pace.step(() => {
        turns.at(-1)?.push(`${name}${step}`);
        clock.advance(5);
      });
    }
  }
  const all = Promise.all([work('a'), work('b'), work('c')]);
  await settle(clock);
  await all;
  expect(turns).toEqual([['a1', 'b1'], ['c1', 'a2'], ['b2', 'c2'], ['a3', 'b3'], ['c3']]);
});

it('a step that throws rejects for who asked, and stops no other', async () => {
  const pace = new Pace(new TestClock());
  const failed = pace.step(() => {
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await pace.step(() => 7)).toBe(7);
});

it('a filter of very many leaves the loop to others in between', async () => {
  const clock = new TestClock();
  const pace = new Pace(clock);
  let others = 0;
  const found = pace.filter(Array(5_000).keys(), (n) => {
    if (n % 1_000 === 0) clock.advance(8);
    if (n === 500) clock.soon(() => others++);
    if (n === 4_500) expect(others).toBe(1);
    return n % 2_500 === 1;
  });
  await settle(clock);
  expect(await found).toEqual([1, 2_501]);
});
