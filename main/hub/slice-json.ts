/**
 * A slice as JSON and back: its tables are marked, so that they are tables again whatever feature they belong to. It is
 * written in pieces, so that a long one can be spread over many turns of the loop.
 */
import { Table } from '../../preload/contract/table.ts';

const mark = '$table';
/** Of a table whose rows hold no other: they need not be walked through when it is read. */
const plainMark = '$plain';
/** Characters of a piece at least, unless it is the last: a millisecond of writing. */
const pieceLength = 64 * 1024;
/** How far down it is taken apart: slice, then tables and lists. A record is written whole. */
const depth = 2;

/** Pieces that make the JSON of the slice when they are joined. */
export function* encodeSlice(slice: unknown): Generator<string> {
  let piece = '';
  for (const text of tokensOf(slice, depth)) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Throws SyntaxError when it is no JSON. */
export function decodeSlice(json: string): unknown {
  return revive(JSON.parse(json) as unknown);
}

function* tokensOf(value: unknown, levels: number): Generator<string> {
  if (levels === 0 || !isTakenApart(value)) yield JSON.stringify(value, markTables) ?? 'null';
  else if (value instanceof Table) {
    // Rows keep their order, also by number.
    yield `{"${mark}":`;
    yield* ofRows(value);
  } else if (Array.isArray(value)) yield* ofArray(value, levels);
  else yield* ofObject(value, levels);
}

function isTakenApart(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Table || !('toJSON' in value);
}

function* ofRows(table: Table<unknown>): Generator<string> {
  let isPlain = true;
  let separator = '[';
  for (const row of table.entries()) {
    const text = JSON.stringify(row, markTables);
    isPlain &&= !text.includes(`{"${mark}":`);
    yield separator + text;
    separator = ',';
  }
  yield separator === '[' ? '[]' : ']';
  yield isPlain ? `,"${plainMark}":true}` : '}';
}

function* ofArray(items: readonly unknown[], levels: number): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ',';
    yield* tokensOf(item, levels - 1);
  }
  yield ']';
}

function* ofObject(object: object, levels: number): Generator<string> {
  let separator = '{';
  for (const [key, value] of Object.entries(object)) {
    // As JSON.stringify does: what has no JSON is left out.
    if (value === undefined || typeof value === 'function') continue;
    yield `${separator}${JSON.stringify(key)}:`;
    yield* tokensOf(value, levels - 1);
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
}

/** `this` holds the table itself, where `value` is what its toJSON made of it. */
function markTables(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const held = this[key];
  return held instanceof Table ? { [mark]: held.entries() } : value;
}

/** In place: a walk of our own costs a fraction of JSON.parse's, which asks for every value. */
function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (const [at, inner] of value.entries())
      if (typeof inner === 'object') value[at] = revive(inner);
    return value;
  }
  const object = value as Record<string, unknown>;
  const rows = Object.hasOwn(object, mark) ? object[mark] : undefined;
  if (rows !== undefined && object[plainMark] === true)
    return Table.of(rows as Array<[string, unknown]>);
  for (const key in object) if (typeof object[key] === 'object') object[key] = revive(object[key]);
  return rows === undefined ? value : Table.of(rows as Array<[string, unknown]>);
}
