/** The tables of a log file. A new step is appended and never edited: old files walk through all of them. */
import type Database from 'better-sqlite3';

const steps: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE events (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL);
   CREATE INDEX events_by_type ON events (type, seq);
   CREATE TABLE topics (topic TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (topic, seq)) WITHOUT ROWID;
   CREATE TABLE receipts (command_id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, seq INTEGER NOT NULL,
     result TEXT NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX receipts_by_age ON receipts (at_ms);
   CREATE TABLE effects (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, lane TEXT NOT NULL,
     data TEXT NOT NULL, attempts INTEGER NOT NULL);
   CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, shape TEXT NOT NULL, state TEXT NOT NULL);
   CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`,
  // An id is its caller's own. Receipts from before say no caller; they are asked for under none for their seven days.
  `CREATE TABLE receipts_by_caller (caller TEXT NOT NULL, command_id TEXT NOT NULL, fingerprint TEXT NOT NULL,
     seq INTEGER NOT NULL, result TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (caller, command_id)) WITHOUT ROWID;
   INSERT INTO receipts_by_caller SELECT '', command_id, fingerprint, seq, result, at_ms FROM receipts;
   DROP TABLE receipts;
   CREATE INDEX receipts_by_age ON receipts_by_caller (at_ms);`,
  // Marks get an owner, and so names of their own.
  `ALTER TABLE marks RENAME TO all_marks;
   CREATE TABLE marks (owner TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (owner, name)) WITHOUT ROWID;
   INSERT INTO marks SELECT 'messages', name, value FROM all_marks WHERE name LIKE 'handed/%';
   INSERT INTO marks SELECT 'tokens', substr(name, 7), value FROM all_marks WHERE name LIKE 'token/%';
   DROP TABLE all_marks;`,
  // One snapshot of all becomes one of each slice, in pieces; old ones are not read any more.
  `DROP TABLE snapshots;
   CREATE TABLE slices (feature TEXT PRIMARY KEY, version INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL,
     written_at INTEGER NOT NULL, parts INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE slice_parts (feature TEXT NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL, json TEXT NOT NULL,
     PRIMARY KEY (feature, seq, part));`,
  // Ranges of events that are in files of their own, and no longer here.
  `CREATE TABLE segments (first INTEGER PRIMARY KEY, last INTEGER NOT NULL);`,
];

/** What `user_version` of a file is that this Musher wrote. */
export const newestFormat = steps.length;

/** Brings a file to the newest schema. Throws when it was written by a newer Musher. */
export function migrate(db: Database.Database): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > steps.length)
    throw new Error(
      `it was written by a newer Musher (format ${version}, this one knows ${steps.length})`,
    );
  for (let step = version; step < steps.length; step++) {
    db.transaction(() => {
      db.exec(steps[step] ?? '');
      db.pragma(`user_version = ${step + 1}`);
    })();
  }
}
