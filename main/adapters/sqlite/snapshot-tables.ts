/** Slices of the state and their pieces. A piece counts once its slice says that it was written at that event. */
import type Database from 'better-sqlite3';
import type { LogStore, SlicePart, SnapshotEnd, StoredSlice } from '../../hub/log-store.ts';

type SnapshotStore = Pick<
  LogStore,
  'slices' | 'sliceJson' | 'saveSlicePart' | 'saveSnapshot' | 'dropOldParts'
>;

/** `wrote` is told how many bytes. */
export function snapshotTables(
  db: Database.Database,
  wrote: (bytes: number) => void,
): SnapshotStore {
  const all = db.prepare('SELECT feature, version, seq, hash FROM slices');
  const parts = db
    .prepare(
      `SELECT p.json FROM slices s JOIN slice_parts p ON p.feature = s.feature AND p.seq = s.written_at
       WHERE s.feature = ? AND p.part < s.parts ORDER BY p.part`,
    )
    .pluck();
  const savePart = db.prepare('INSERT OR REPLACE INTO slice_parts VALUES (?, ?, ?, ?)');
  const dropOld = db.prepare(
    `DELETE FROM slice_parts WHERE rowid IN (SELECT p.rowid FROM slice_parts p WHERE NOT EXISTS
       (SELECT 1 FROM slices s WHERE s.feature = p.feature AND s.written_at = p.seq) LIMIT ?)`,
  );
  return {
    slices: () => all.all() as StoredSlice[],
    sliceJson: (feature) => (parts.all(feature) as string[]).join(''),
    saveSlicePart({ feature, seq, part, json }: SlicePart) {
      savePart.run(feature, seq, part, json);
      wrote(json.length);
    },
    saveSnapshot: createEnd(db),
    dropOldParts: (limit) => dropOld.run(limit).changes === limit,
  };
}

function createEnd(db: Database.Database): (end: SnapshotEnd) => void {
  const write = db.prepare('INSERT OR REPLACE INTO slices VALUES (?, ?, ?, ?, ?, ?)');
  const move = db.prepare('UPDATE slices SET seq = ?, hash = ? WHERE feature = ?');
  return db.transaction(({ seq, hash, written, unchanged }: SnapshotEnd) => {
    for (const { feature, version, parts } of written)
      write.run(feature, version, seq, hash, seq, parts);
    for (const feature of unchanged) move.run(seq, hash, feature);
  }).immediate;
}
