import { describe, expect, it } from 'vitest';
import { settle, TestClock } from '../../../test/harness/clock.ts';
import { Wakes } from './wakes.ts';

function begin() {
  const clock = new TestClock();
  const looks: number[] = [];
  const ends: (() => void)[] = [];
  const wakes = new Wakes(clock, () => {
    looks.push(clock.elapsed());
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async () => {
    ends.shift()?.();
    await settle(clock);
  };
  return { clock, looks, wakes, end };
}

describe('when it is looked', () => {
  it('what comes within 40 ms is looked at together', () => {
    const { clock, looks, wakes } = begin();
    for (let n = 0; n < 4; n++) {
      wakes.wake();
      clock.advance(30);
    }
    expect(looks).toEqual([]);
    clock.advance(10);
    expect(looks).toHaveLength(1);
  });

  it('the first waits no longer than 200 ms, whatever goes on', () => {
    const { clock, looks, wakes } = begin();
    for (let n = 0; n < 1_000; n++) {
      wakes.wake();
      clock.advance(1);
    }
    expect(looks).toHaveLength(1);
    expect(looks[0]).toBeLessThanOrEqual(200);
  });

  it('what comes while it looks is looked at after a rest as long as the look, and once', async () => {
    const { clock, looks, wakes, end } = begin();
    wakes.wake();
    clock.advance(40);
    wakes.wake();
    clock.advance(300);
    wakes.wake();
    expect(looks).toHaveLength(1);
    await end();
    clock.advance(298);
    expect(looks).toHaveLength(1);
    clock.advance(2);
    expect(looks).toHaveLength(2);
    await end();
    clock.advance(10_000);
    expect(looks).toHaveLength(2);
    expect(clock.pending()).toEqual([]);
  });

  it('once it is disposed nothing runs or waits any more', async () => {
    const { clock, looks, wakes, end } = begin();
    wakes.wake();
    clock.advance(40);
    wakes.wake();
    wakes.later(() => wakes.wake(), 50);
    wakes.dispose();
    await end();
    wakes.wake();
    wakes.later(() => wakes.wake(), 50);
    clock.advance(10_000);
    expect(looks).toHaveLength(1);
    expect(clock.pending()).toEqual([]);
  });
});
