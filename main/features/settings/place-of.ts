/** Where in a file's values a key is: rows of a list are known by their names, wherever they stand. Pure. */
import type { Values } from './ports.ts';

export interface Place {
  readonly path: ReadonlyArray<string | number>;
  /** Of a list that has none by that name yet. */
  readonly row?: { readonly path: ReadonlyArray<string | number>; readonly name: string };
}

export function placeOf(values: Values, path: readonly string[]): Place {
  const at: Array<string | number> = [];
  let inner: unknown = values;
  let row: Place['row'];
  for (const part of path) {
    const isListed = Array.isArray(inner) || (inner === undefined && isListPath(at));
    const rows = (isListed ? (inner ?? []) : []) as ReadonlyArray<{ readonly name?: unknown }>;
    const index = rows.findIndex(({ name }) => name === part);
    const step = isListed ? (index === -1 ? rows.length : index) : part;
    at.push(step);
    if (isListed) row = index === -1 ? { path: [...at], name: part } : undefined;
    inner = (inner as Readonly<Record<string | number, unknown>> | undefined)?.[step];
  }
  return { path: at, ...(row && { row }) };
}

/** What the schema has as lists of tables. */
function isListPath(path: ReadonlyArray<string | number>): boolean {
  return ['gates', 'review.delegate'].includes(path.join('.'));
}

export function valueAt(values: unknown, path: ReadonlyArray<string | number>): unknown {
  return path.reduce<unknown>((inner, part) => {
    const table = inner as Readonly<Record<string | number, unknown>> | null | undefined;
    return typeof table === 'object' && table !== null && Object.hasOwn(table, part)
      ? table[part]
      : undefined;
  }, values);
}

/** What a file says of a key; rows by their names. */
export function saidAt(values: Values, path: readonly string[]): unknown {
  return valueAt(values, placeOf(values, path).path);
}
