/**
 * The log's sealed segments: files of their own beside it, each with the events of one range and their topics, never
 * written again. Where they are follows from what they hold. The log says in a table which there are; what that table
 * does not name is no part of the log.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { musherError, reasonOf } from '../../base/result.ts';

/** A range of events, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Folder of the segments of a log. */
export function segmentsFolder(logFile: string): string {
  return `${logFile}.segments`;
}

export function segmentFile(logFile: string, { first, last }: Range): string {
  const name = [first, last].map((seq) => String(seq).padStart(12, '0')).join('-');
  return path.join(segmentsFolder(logFile), `${name}.sqlite`);
}

export const segmentSchema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE events (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL);
  CREATE TABLE topics (topic TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (topic, seq)) WITHOUT ROWID;`;
/** After the rows, which is several times faster. */
export const segmentIndexes = `
  CREATE INDEX events_by_type ON events (type, seq);
  CREATE INDEX topics_by_seq ON topics (seq);`;

/** Open at once, of one connection; a page reads one after another. */
const openAtOnce = 4;

/** The segments as one connection to the log sees them. */
export class Segments {
  private readonly file: string;
  private readonly all: Database.Statement | undefined;
  /** Newest used last. */
  private readonly open = new Map<number, Database.Database>();

  constructor(db: Database.Database) {
    this.file = db.name;
    // A log that is only read may be of a time before there were any.
    const hasTable = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'segments'").get();
    this.all =
      hasTable === undefined
        ? undefined
        : db.prepare('SELECT first, last FROM segments ORDER BY first');
  }

  /** Oldest first. */
  list(): Range[] {
    return (this.all?.all() ?? []) as Range[];
  }

  /** Throws SEGMENT_MISSING, LOG_DAMAGED. Stays open until others are used more. */
  use(range: Range): Database.Database {
    const db = this.open.get(range.first) ?? this.openFile(range);
    this.open.delete(range.first);
    this.open.set(range.first, db);
    for (const [first, oldest] of this.open) {
      if (this.open.size <= openAtOnce) break;
      oldest.close();
      this.open.delete(first);
    }
    return db;
  }

  close(): void {
    for (const db of this.open.values()) db.close();
    this.open.clear();
  }

  private openFile(range: Range): Database.Database {
    const file = segmentFile(this.file, range);
    try {
      const db = new Database(file, { readonly: true });
      // Its head is read: what is no database is found out here.
      db.pragma('schema_version');
      return db;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'SQLITE_CANTOPEN')
        throw musherError('SEGMENT_MISSING', { path: file, ...range }, error);
      throw musherError('LOG_DAMAGED', { path: file, reason: reasonOf(error) }, error);
    }
  }
}
