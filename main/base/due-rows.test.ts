import { expect, it } from 'vitest';
import { Table } from '../../preload/contract/table.ts';
import { dueRows } from './due-rows.ts';

const rows = (due: Record<string, number | undefined>) =>
  Table.of(Object.entries(due).map(([id, atMs]) => [id, { id, atMs }] as const));

it('rows are due from their time on, in their order, and never without one', () => {
  const look = dueRows<{ id: string; atMs: number | undefined }>(({ atMs }) => atMs);
  const table = rows({ late: 30, never: undefined, b: 10, a: 20 });
  const due = (nowMs: number) => look(table, nowMs).map(({ id }) => id);
  expect([9, 10, 20, 30].map(due)).toEqual([[], ['b'], ['b', 'a'], ['late', 'b', 'a']]);
  expect(look(Table.empty(), 99)).toEqual([]);
});

it('a version of a table is read once until something of it is due', () => {
  let reads = 0;
  const look = dueRows<{ atMs: number | undefined }>(({ atMs }) => {
    reads += 1;
    return atMs;
  });
  const table = rows({ a: 10, b: 20 });
  for (let nowMs = 0; nowMs < 10; nowMs++) expect(look(table, nowMs)).toEqual([]);
  expect(reads).toBe(2);
  expect(
    look(
      table.update('b', (row) => ({ ...row, atMs: 5 })),
      9,
    ),
  ).toHaveLength(1);
});
