import { expect, it } from 'vitest';
import { keepNewest, listOrNone, type Kept } from './records.ts';
import { Table } from '../../preload/contract/table.ts';

interface Task {
  readonly done: boolean;
}

function put(kept: Kept<Task>, id: string, done: boolean): Kept<Task> {
  const byId = kept.byId.set(id, { done });
  return keepNewest({ ...kept, byId }, id, { isSettled: (task) => task.done, keep: 2 });
}

const none: Kept<Task> = { byId: Table.empty(), settled: [] };

it('what is not settled is kept, and of the rest those that were settled last', () => {
  let kept = none;
  for (const [id, done] of [
    ['a', false],
    ['b', true],
    ['c', true],
    ['d', false],
    ['a', true],
  ] as const)
    kept = put(kept, id, done);
  expect([kept.byId.keys(), kept.settled]).toEqual([
    ['a', 'c', 'd'],
    ['c', 'a'],
  ]);
});

it('what is settled again is the newest, and what is open again counts no more', () => {
  let kept = put(put(put(none, 'a', true), 'b', true), 'a', true);
  expect(kept.settled).toEqual(['b', 'a']);
  kept = put(put(kept, 'b', false), 'c', true);
  expect([kept.byId.keys(), kept.settled]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'c'],
  ]);
});

it('an empty list has a word', () => {
  expect([listOrNone([]), listOrNone(['a', 'b'])]).toEqual(['none', 'a, b']);
});
