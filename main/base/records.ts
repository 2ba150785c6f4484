/** What slices do with their tables of records. */
import type { Table } from '../../preload/contract/table.ts';

/** Records of which the settled ones are bounded. Those that are not settled stay, however many they are. */
export interface Kept<T> {
  readonly byId: Table<T>;
  /** Ids of settled records, the newest last. */
  readonly settled: readonly string[];
}

export interface Keeping<T> {
  readonly isSettled: (record: T) => boolean;
  /** How many of the settled stay. */
  readonly keep: number;
  /** The caller knows that the id was never among them, so that they need not be searched. */
  readonly isNew?: boolean;
}

/** After a change of one record: it takes its place among the settled or leaves it; beyond `keep` the oldest go. */
export function keepNewest<T>(
  { byId, settled }: Kept<T>,
  id: string,
  { isSettled, keep, isNew = false }: Keeping<T>,
): Kept<T> {
  const record = byId.get(id);
  const others = isNew || !settled.includes(id) ? settled : settled.filter((one) => one !== id);
  if (record === undefined || !isSettled(record)) return { byId, settled: others };
  const excess = Math.max(0, others.length + 1 - keep);
  const gone = others.slice(0, excess);
  return {
    byId: gone.reduce((table, one) => table.delete(one), byId),
    settled: [...(excess === 0 ? others : others.slice(excess)), id],
  };
}

/** For messages: the names, or a word when there are none. */
export function listOrNone(names: Iterable<string>): string {
  return [...names].join(', ') || 'none';
}
