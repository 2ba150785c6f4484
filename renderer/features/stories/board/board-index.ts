/**
 * Stories by column and in order, kept up at the cost of what changed: a delta about one of 10,000 moves one row. Columns that
 * it does not touch stay the same arrays, so nothing of them is drawn again. Pure.
 */
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import type { Table } from '../../../../preload/contract/table.ts';
import { type ColumnId, columnOf, columns, compareIn } from './columns.ts';

export type Rows = readonly StoryRecord[];

export interface BoardIndex {
  readonly table: Table<StoryRecord>;
  readonly fits: Fits;
  readonly columns: Readonly<Record<ColumnId, Rows>>;
}

export type Fits = (story: StoryRecord) => boolean;

/** Beyond this share a new sort is cheaper than so many places. */
const rebuiltShare = 0.1;

export function indexOf(table: Table<StoryRecord>, fits: Fits): BoardIndex {
  const found = Object.fromEntries(columns.map((id) => [id, [] as StoryRecord[]]));
  table.forEach((story) => {
    const column = columnOf(story);
    if (column !== undefined && fits(story)) found[column]?.push(story);
  });
  for (const id of columns) found[id]?.sort((a, b) => compareIn(id, a, b));
  return { table, fits, columns: found as unknown as BoardIndex['columns'] };
}

/** As `indexOf` would make it. `fits` must say of each story what it said before. */
export function withTable(before: BoardIndex, table: Table<StoryRecord>): BoardIndex {
  if (before.table === table) return before;
  const changes = before.table.differencesTo(table);
  const { fits } = before;
  if (changes.length > before.table.size * rebuiltShare + 20) return indexOf(table, fits);
  const touched = new Map<ColumnId, StoryRecord[]>();
  const rowsOf = (column: ColumnId): StoryRecord[] => {
    const rows = touched.get(column) ?? before.columns[column].slice();
    touched.set(column, rows);
    return rows;
  };
  for (const { before: old, after } of changes) {
    const from = old && fits(old) ? columnOf(old) : undefined;
    const to = after && fits(after) ? columnOf(after) : undefined;
    if (old && from !== undefined) {
      const rows = rowsOf(from);
      const at = placeOf(from, rows, old);
      if (rows[at]?.id === old.id) rows.splice(at, 1);
    }
    if (after && to !== undefined) {
      const rows = rowsOf(to);
      rows.splice(placeOf(to, rows, after), 0, after);
    }
  }
  return { table, fits, columns: { ...before.columns, ...Object.fromEntries(touched) } };
}

/** Where it stands, or would. */
export function placeOf(column: ColumnId, rows: Rows, story: StoryRecord): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && compareIn(column, row, story) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
