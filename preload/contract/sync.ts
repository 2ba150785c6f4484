/**
 * How a page stays a mirror of the hub: one snapshot, then deltas of whole records by id.
 * A record's id is `<kind>/<key>`, for example `agent/backend`. Pure; used by both sides.
 */
import { Table } from './table.ts';

/** Everything a page mirrors, as it was after event `seq`; where that is much, in parts that come one after another. */
export interface Snapshot {
  readonly seq: number;
  readonly records: Readonly<Record<string, unknown>>;
  /** Which part, from 0, which begins anew; absent when it is whole. */
  readonly part?: number;
  /** Another part follows: only with the last one the whole is known. */
  readonly more?: true;
}

/** Parts in the order they came, as one. */
export function joinParts(parts: readonly Snapshot[]): Snapshot {
  return {
    seq: parts.at(-1)?.seq ?? 0,
    records: Object.assign({}, ...parts.map(({ records }) => records)),
  };
}

/** What changed after `fromSeq` up to `toSeq`. Whole records: put replaces, remove forgets. */
export interface Delta {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly put: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

/**
 * What changed of the live records: those beside the log, which have no seq and are gone with the hub. `whole`: these are
 * all there are, what was held before is forgotten. In order, so none is missing between two.
 */
export interface LiveChange {
  readonly whole: boolean;
  readonly put: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

/** Records by kind, then by key. */
export interface Mirror {
  readonly seq: number;
  readonly kinds: ReadonlyMap<string, Table<unknown>>;
}

export const emptyMirror: Mirror = { seq: 0, kinds: new Map() };

export function fromSnapshot(snapshot: Snapshot): Mirror {
  return { seq: snapshot.seq, kinds: withRecords(new Map(), snapshot.records, []) };
}

/**
 * The mirror after a delta, at the cost of what changed. A delta at or below the mirror's seq is ignored, so applying
 * one twice is harmless. Returns undefined on a gap (`fromSeq` beyond the mirror): the caller must ask for a snapshot.
 */
export function applyDelta(mirror: Mirror, delta: Delta): Mirror | undefined {
  if (delta.toSeq <= mirror.seq) return mirror;
  if (delta.fromSeq > mirror.seq) return undefined;
  return { seq: delta.toSeq, kinds: withRecords(mirror.kinds, delta.put, delta.remove) };
}

export function applyLive(
  kinds: Mirror['kinds'],
  { whole, put, remove }: LiveChange,
): Mirror['kinds'] {
  return withRecords(whole ? new Map() : kinds, put, remove);
}

/** All of them by id, as a snapshot has them. */
export function recordsIn(mirror: Mirror): Record<string, unknown> {
  return Object.fromEntries(
    [...mirror.kinds].flatMap(([kind, table]) =>
      table.entries().map(([key, record]) => [`${kind}/${key}`, record]),
    ),
  );
}

function withRecords(
  before: Mirror['kinds'],
  put: Readonly<Record<string, unknown>>,
  remove: readonly string[],
): Mirror['kinds'] {
  const kinds = new Map(before);
  const change = (id: string, to: (table: Table<unknown>, key: string) => Table<unknown>) => {
    const slash = id.indexOf('/');
    const kind = id.slice(0, slash);
    kinds.set(kind, to(kinds.get(kind) ?? Table.empty(), id.slice(slash + 1)));
  };
  for (const id of remove) change(id, (table, key) => table.delete(key));
  for (const [id, record] of Object.entries(put))
    change(id, (table, key) => table.set(key, record));
  return kinds;
}
