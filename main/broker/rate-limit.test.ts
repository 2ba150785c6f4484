import { describe, expect, it } from 'vitest';
import { burstSeconds, createRateLimit } from './rate-limit.ts';

function limited(perSecond: number) {
  const time = { ms: 0 };
  const limit = createRateLimit({ perSecond, elapsed: () => time.ms });
  const takeAll = (subject = 'a') => {
    let taken = 0;
    while (limit.take(subject) === 0) taken += 1;
    return taken;
  };
  return { time, limit, takeAll };
}

describe('a rate limit', () => {
  it('lets a burst through, and then as many as refill', () => {
    const { time, takeAll } = limited(10);
    expect(takeAll()).toBe(10 * burstSeconds);
    time.ms += 500;
    expect(takeAll()).toBe(5);
  });

  it('says how long to wait, and that is enough', () => {
    const { time, limit, takeAll } = limited(10);
    takeAll();
    const waitMs = limit.take('a');
    expect(waitMs).toBe(100);
    time.ms += waitMs;
    expect(limit.take('a')).toBe(0);
  });

  it('does not save up more than a burst', () => {
    const { time, takeAll } = limited(10);
    time.ms += 3_600_000;
    expect(takeAll()).toBe(10 * burstSeconds);
  });

  it('counts each token for itself', () => {
    const { takeAll } = limited(10);
    expect([takeAll('a'), takeAll('b')]).toEqual([20, 20]);
  });

  it('forgives when it forgets: it holds no more than a thousand', () => {
    const { limit, takeAll } = limited(10);
    takeAll('a');
    for (let n = 0; n <= 1_000; n++) limit.take(`other-${n}`);
    expect(limit.take('a')).toBe(0);
  });
});
