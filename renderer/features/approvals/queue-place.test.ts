import { expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { inQueueOrder, placeOf } from './queue-place.ts';

const one = (
  id: string,
  rank: number,
  { state = 'approved', after = [] as string[], target = 'main' } = {},
) =>
  ({ id, state, pin: { target }, queued: { seq: rank, rank, after } }) as unknown as ApprovalRecord;

const running = one('r', 9, { state: 'merging' });
const [a, b, c] = [one('a', 1, { after: ['b'] }), one('b', 2), one('c', 3)];
const other = one('o', 0, { target: 'next' });
const all = [c, a, b, running, other];

it('what runs is first, and what contains another is after it', () =>
  expect(inQueueOrder([c, a, b, running]).map(({ id }) => id)).toEqual(['r', 'b', 'a', 'c']));

it('a place says what it waits for', () => {
  expect(placeOf(b, all, [])).toEqual({
    ...{ position: 1, behind: running, contains: undefined, first: undefined, hold: undefined },
  });
  expect(placeOf(a, all, [])).toMatchObject({ position: 2, behind: b, contains: b, first: b });
});

it.each([['main'], ['*']])('a hold of %s holds it', (target) =>
  expect(placeOf(c, all, [{ target, sinceMs: 1 }]).hold?.target).toBe(target),
);
it('a hold of another branch does not', () =>
  expect(placeOf(c, all, [{ target: 'next', sinceMs: 1 }]).hold).toBeUndefined());
