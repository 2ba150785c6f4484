import { expect, it } from 'vitest';
import { nextFrame } from './playing.ts';

const at = (...times: number[]) => times.map((atMs, n) => ({ seq: n + 1, atMs }));

it('waits as long as the log did, faster as was asked, and never longer than two seconds of it', () => {
  const events = at(0, 1_000, 100_000);
  const [first, second] = events as [{ seq: number; atMs: number }, { seq: number; atMs: number }];
  expect(nextFrame(events, first, 1)).toEqual({ seq: 2, waitMs: 1_000 });
  expect(nextFrame(events, first, 4)).toEqual({ seq: 2, waitMs: 250 });
  expect(nextFrame(events, second, 2)).toEqual({ seq: 3, waitMs: 1_000 });
});

it('shows several at once where they come too fast to be seen', () => {
  const events = at(0, 10, 20, 30, 5_000);
  const [first] = events as [{ seq: number; atMs: number }];
  expect(nextFrame(events, first, 1)).toEqual({ seq: 4, waitMs: 120 });
});

it('ends with the last one, and is not confused by a clock that was set back', () => {
  const events = at(5_000, 1_000);
  const [first, last] = events as [{ seq: number; atMs: number }, { seq: number; atMs: number }];
  expect(nextFrame(events, first, 1)).toEqual({ seq: 2, waitMs: 120 });
  expect(nextFrame(events, last, 1)).toBeUndefined();
});
