/** Rows whose time has come, for what is asked each second and mostly has nothing to say. */
import type { Table } from '../../preload/contract/table.ts';

/**
 * A look at a table for rows that are due at `nowMs`, in the order their ids came. `dueMs`: when a row is, Unix ms;
 * undefined for never. Of each version of the table it is remembered when the first one is due: until then, and as long
 * as nothing changes, a look costs nothing.
 */
export function dueRows<T>(
  dueMs: (row: T) => number | undefined,
): (table: Table<T>, nowMs: number) => T[] {
  const first = new WeakMap<Table<T>, number>();
  return (table, nowMs) => {
    const firstMs = first.get(table) ?? soonest(table, dueMs);
    first.set(table, firstMs);
    if (nowMs < firstMs) return [];
    return table.values().filter((row) => (dueMs(row) ?? Infinity) <= nowMs);
  };
}

function soonest<T>(table: Table<T>, dueMs: (row: T) => number | undefined): number {
  let firstMs = Infinity;
  table.forEach((row) => {
    firstMs = Math.min(firstMs, dueMs(row) ?? Infinity);
  });
  return firstMs;
}
