/**
 * How a page stays a mirror of the hub: one snapshot, then deltas of whole records by id.
 * A record's id is `<kind>/<key>`, for example `agent/backend`. Pure; used by both sides.
 */

export type RecordMap = ReadonlyMap<string, unknown>;

/** Everything a page mirrors, as it was after event `seq`. */
export interface Snapshot {
  readonly seq: number;
  readonly records: Readonly<Record<string, unknown>>;
}

/** What changed after `fromSeq` up to `toSeq`. Whole records: put replaces, remove forgets. */
export interface Delta {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly put: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

export interface Mirror {
  readonly seq: number;
  readonly records: RecordMap;
}

export const emptyMirror: Mirror = { seq: 0, records: new Map() };

export function fromSnapshot(snapshot: Snapshot): Mirror {
  return { seq: snapshot.seq, records: new Map(Object.entries(snapshot.records)) };
}

/**
 * The mirror after a delta. A delta at or below the mirror's seq is ignored, so applying one twice is
 * harmless. Returns undefined on a gap (`fromSeq` beyond the mirror): the caller must ask for a snapshot.
 */
export function applyDelta(mirror: Mirror, delta: Delta): Mirror | undefined {
  if (delta.toSeq <= mirror.seq) return mirror;
  if (delta.fromSeq > mirror.seq) return undefined;
  const records = new Map(mirror.records);
  for (const id of delta.remove) records.delete(id);
  for (const [id, record] of Object.entries(delta.put)) records.set(id, record);
  return { seq: delta.toSeq, records };
}
