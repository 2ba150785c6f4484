/** A slice as JSON and back: its tables are marked, so that they are tables again whatever feature they belong to. */
import { Table } from '../../preload/contract/table.ts';

const mark = '$table';

export function encodeSlice(slice: unknown): string {
  return JSON.stringify(slice, markTables);
}

/** Throws SyntaxError when it is no JSON. */
export function decodeSlice(json: string): unknown {
  return JSON.parse(json, reviveTables) as unknown;
}

/** `this` holds the table itself, where `value` is what its toJSON made of it. Rows keep their order, also by number. */
function markTables(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const held = this[key];
  return held instanceof Table ? { [mark]: held.entries() } : value;
}

function reviveTables(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, mark)) return value;
  return Table.of((value as Record<string, Array<[string, unknown]>>)[mark] ?? []);
}
