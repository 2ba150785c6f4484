/** Small tables of records, replaced and never mutated. */

export type Table<T> = Readonly<Record<string, T>>;

/** The record, or undefined. Never what every object inherits: an agent may be named `constructor`. */
export function recordAt<T>(table: Table<T>, id: string): T | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined;
}

/** The table with one record changed; the same table when the change returns the same record, or there is none. */
export function update<T>(table: Table<T>, id: string, change: (record: T) => T): Table<T> {
  const before = recordAt(table, id);
  if (before === undefined) return table;
  const after = change(before);
  return after === before ? table : { ...table, [id]: after };
}

export function without<T>(table: Table<T>, id: string): Table<T> {
  if (!Object.hasOwn(table, id)) return table;
  const { [id]: _gone, ...rest } = table;
  return rest;
}

/** Keeps all records that are not settled, and of the settled ones the `keep` newest: what is in memory stays bounded. */
export function keepNewest<T>(
  table: Table<T>,
  settledMs: (record: T) => number | undefined,
  keep: number,
): Table<T> {
  const settled = Object.entries(table).filter(([, record]) => settledMs(record) !== undefined);
  if (settled.length <= keep) return table;
  settled.sort(([, a], [, b]) => (settledMs(a) ?? 0) - (settledMs(b) ?? 0));
  const gone = new Set(settled.slice(0, settled.length - keep).map(([id]) => id));
  return Object.fromEntries(Object.entries(table).filter(([id]) => !gone.has(id)));
}

/** For messages: the names, or a word when there are none. */
export function listOrNone(names: Iterable<string>): string {
  return [...names].join(', ') || 'none';
}
