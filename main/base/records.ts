/** What slices do with their tables of records. */
import type { Table } from '../../preload/contract/table.ts';

/** Records of which the settled ones are bounded. Those that are not settled stay, however many they are. */
export interface Kept<T> {
  readonly byId: Table<T>;
  /** Ids of settled records, the newest last. */
  readonly settled: readonly string[];
}

/** After a change of one record: it takes its place among the settled or leaves it; beyond `keep` the oldest go. */
export function keepNewest<T>(
  { byId, settled }: Kept<T>,
  id: string,
  { isSettled, keep }: { isSettled: (record: T) => boolean; keep: number },
): Kept<T> {
  const record = byId.get(id);
  const others = settled.filter((one) => one !== id);
  if (record === undefined || !isSettled(record))
    return { byId, settled: others.length === settled.length ? settled : others };
  const all = [...others, id];
  const gone = all.slice(0, Math.max(0, all.length - keep));
  return {
    byId: gone.reduce((table, one) => table.delete(one), byId),
    settled: all.slice(gone.length),
  };
}

/** For messages: the names, or a word when there are none. */
export function listOrNone(names: Iterable<string>): string {
  return [...names].join(', ') || 'none';
}
