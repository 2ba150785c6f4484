import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Table } from '../../preload/contract/table.ts';
import { dueQueue } from './due-queue.ts';

interface Row {
  readonly id: string;
  readonly atMs: number | undefined;
}

it('tells what a look at every row would, whatever changes and however the clock goes', () => {
  const step = fc.record({
    id: fc.constantFrom(...'abcdefgh'),
    atMs: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    isGone: fc.boolean(),
    nowMs: fc.integer({ min: -1, max: 21 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const due = dueQueue<Row>(({ atMs }) => atMs);
      let table = Table.empty<Row>();
      for (const { id, atMs, isGone, nowMs } of steps) {
        table = isGone && table.has(id) ? table.delete(id) : table.set(id, { id, atMs });
        const expected = table.values().filter((row) => (row.atMs ?? Infinity) <= nowMs);
        const told = due(table, nowMs);
        expect(told.map((row) => row.id).toSorted()).toEqual(
          expected.map((row) => row.id).toSorted(),
        );
        expect(due(table, nowMs)).toEqual(told);
      }
    }),
  );
});

it('tells those first that are due first', () => {
  const rows = [5, 3, 9, 1, 7].map((atMs) => [`r${atMs}`, { id: `r${atMs}`, atMs }] as const);
  const due = dueQueue<Row>(({ atMs }) => atMs);
  expect(due(Table.of(rows), 8).map(({ id }) => id)).toEqual(['r1', 'r3', 'r5', 'r7']);
});

it('looks at what changed alone', () => {
  let looks = 0;
  const due = dueQueue<Row>(({ atMs }) => {
    looks += 1;
    return atMs;
  });
  let table = Table.of(
    Array.from({ length: 1_000 }, (_, at) => [`r${at}`, { id: `r${at}`, atMs: 1_000 + at }]),
  );
  due(table, 0);
  looks = 0;
  for (let at = 0; at < 100; at++) {
    table = table.set(`r${at}`, { id: `r${at}`, atMs: 5_000 });
    due(table, 0);
  }
  expect(looks).toBeLessThan(300);
});

it('tells no more than so many at once, and the others when these have changed', () => {
  const rows = Array.from(
    { length: 10 },
    (_, atMs) => [`r${atMs}`, { id: `r${atMs}`, atMs }] as const,
  );
  const due = dueQueue<Row>(({ atMs }) => atMs, 3);
  let table = Table.of<Row>(rows);
  const told: string[] = [];
  for (let look = 0; look < 10; look++)
    for (const { id } of due(table, 100)) {
      told.push(id);
      table = table.set(id, { id, atMs: undefined });
    }
  expect(told).toEqual(rows.map(([id]) => id));
});
