/**
 * Kept slices of past states: a file of its own beside the log, made from the log alone. One that is deleted, damaged, of another
 * log or cannot be written costs time and nothing else, so no call of it throws. What did not change from one place to
 * the next is stored once.
 */
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { reasonOf } from '../../base/result.ts';
import { type KeptSlice, thinnest, type Waypoints } from '../../hub/past/waypoints.ts';
import type { Head } from '../../hub/seal.ts';
import { decodeSlice, encodeSlice } from '../../hub/slice-json.ts';

/** Bumped when the tables, or how slices are written, become others. */
const format = 1;
/** Of all of it: a few hundred states of a large project, or thousands of a small one. */
export const defaultMaxBytes = 512 * 1024 * 1024;

const tables = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE places (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL);
  CREATE TABLE bodies (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE kept (seq INTEGER NOT NULL, feature TEXT NOT NULL, version INTEGER NOT NULL, body INTEGER NOT NULL,
    PRIMARY KEY (seq, feature)) WITHOUT ROWID;
  CREATE INDEX kept_by_body ON kept (body);`;

export interface WaypointsOptions {
  readonly logId: string;
  readonly maxBytes?: number;
  /** Why nothing can be kept for now; told once. */
  readonly onTrouble?: (reason: string) => void;
}

export interface WaypointsFile extends Waypoints {
  /** On the disk, of all that is kept. */
  bytes(): number;
  close(): void;
}

export function waypointsFileOf(log: string): string {
  return path.join(path.dirname(log), 'waypoints.sqlite');
}

/** Mode 0600, as the log has it. Of what cannot be opened at all nothing is kept, and nothing is read. */
export async function openWaypoints(
  file: string,
  options: WaypointsOptions,
): Promise<WaypointsFile> {
  const made = JSON.stringify({ format, logId: options.logId });
  try {
    const found = await openIf(file, made);
    if (found !== undefined) return new SqliteWaypoints(found, options);
    for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
    return new SqliteWaypoints(await make(file, made), options);
  } catch (error) {
    options.onTrouble?.(reasonOf(error));
    return new SqliteWaypoints(inMemory(made), options);
  }
}

async function openIf(file: string, made: string): Promise<Database.Database | undefined> {
  await makePrivate(file);
  let db: Database.Database | undefined;
  try {
    db = openDatabase(file);
    const found = db.prepare("SELECT value FROM meta WHERE key = 'made'").pluck().get();
    if (found === made) return db;
  } catch {
    // Whatever is wrong with it: it holds nothing that the log has not.
  }
  db?.close();
  return undefined;
}

async function make(file: string, made: string): Promise<Database.Database> {
  await makePrivate(file);
  return filled(openDatabase(file), made);
}

/** Where no file can be had: what is folded is kept for as long as the thread lives. */
function inMemory(made: string): Database.Database {
  return filled(new Database(':memory:'), made);
}

function filled(db: Database.Database, made: string): Database.Database {
  db.transaction(() => {
    db.exec(tables);
    db.prepare("INSERT INTO meta VALUES ('made', ?), ('level', '0')").run(made);
  })();
  return db;
}

async function makePrivate(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.chmod(0o600);
  } finally {
    await handle.close();
  }
}

function openDatabase(file: string): Database.Database {
  const db = new Database(file, { timeout: 0 });
  // A power cut may take the last of it, which is then made again.
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  return db;
}

interface Row {
  readonly seq: number;
  readonly feature: string;
  readonly version: number;
  readonly body: number;
}

class SqliteWaypoints implements WaypointsFile {
  level: number;
  private readonly db: Database.Database;
  private readonly options: WaypointsOptions;
  private readonly heads = new Map<number, string>();
  private readonly rows = new Map<number, Map<string, Row>>();
  private isTroubled = false;

  constructor(db: Database.Database, options: WaypointsOptions) {
    this.db = db;
    this.options = options;
    const level = db.prepare("SELECT value FROM meta WHERE key = 'level'").pluck().get();
    this.level = Number(level ?? 0);
    for (const { seq, hash } of db
      .prepare('SELECT seq, hash FROM places ORDER BY seq')
      .all() as Head[])
      this.heads.set(seq, hash);
    for (const row of db.prepare('SELECT * FROM kept').all() as Row[]) this.remember(row);
  }

  places(): Head[] {
    const all = [...this.heads].map(([seq, hash]) => ({ seq, hash }));
    return all.sort((a, b) => a.seq - b.seq);
  }

  versionsAt(seq: number): ReadonlyMap<string, number> {
    const rows = [...(this.rows.get(seq)?.values() ?? [])];
    return new Map(rows.map(({ feature, version }) => [feature, version]));
  }

  read(seq: number, feature: string): unknown {
    const row = this.rows.get(seq)?.get(feature);
    if (row === undefined) return undefined;
    return this.attempt(() => {
      const body = this.db.prepare('SELECT data FROM bodies WHERE id = ?').pluck();
      const data = body.get(row.body) as Buffer;
      return decodeSlice(zstdDecompressSync(data).toString());
    });
  }

  write({ seq, hash }: Head, slices: readonly KeptSlice[]): void {
    const rows = this.attempt(() =>
      this.db
        .transaction(() => {
          this.db.prepare('INSERT OR REPLACE INTO places VALUES (?, ?)').run(seq, hash);
          return slices.map((slice) => this.insert(seq, slice));
        })
        .immediate(),
    );
    if (rows === undefined) return;
    this.heads.set(seq, hash);
    for (const row of rows) this.remember(row);
    this.bound();
  }

  forget(seq: number, feature?: string): void {
    this.attempt(() => {
      if (feature === undefined) this.drop([seq]);
      else this.db.prepare('DELETE FROM kept WHERE seq = ? AND feature = ?').run(seq, feature);
    });
    // What the disk still says is asked for no more while this one lives.
    if (feature === undefined) this.heads.delete(seq);
    if (feature === undefined) this.rows.delete(seq);
    else this.rows.get(seq)?.delete(feature);
  }

  keepOnly(seqs: readonly number[]): void {
    const wanted = new Set(seqs);
    const gone = [...this.heads.keys()].filter((seq) => !wanted.has(seq));
    if (gone.length > 0) this.attempt(() => this.drop(gone));
  }

  bytes(): number {
    const pragma = (name: string) => this.db.pragma(name, { simple: true }) as number;
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  close(): void {
    this.db.close();
  }

  private insert(seq: number, { feature, version, slice, sameAs }: KeptSlice): Row {
    const same = sameAs === undefined ? undefined : this.rows.get(sameAs)?.get(feature);
    const body = same?.version === version ? same.body : this.insertBody(slice);
    this.db
      .prepare('INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)')
      .run(seq, feature, version, body);
    return { seq, feature, version, body };
  }

  private insertBody(slice: unknown): number {
    const data = zstdCompressSync([...encodeSlice(slice)].join(''));
    return Number(
      this.db.prepare('INSERT INTO bodies (data) VALUES (?)').run(data).lastInsertRowid,
    );
  }

  private remember(row: Row): void {
    const known = this.rows.get(row.seq) ?? new Map<string, Row>();
    known.set(row.feature, row);
    this.rows.set(row.seq, known);
  }

  /** Too much: from now on fewer places are kept; those that are too many go when it is level with the log. */
  private bound(): void {
    const { maxBytes = defaultMaxBytes } = this.options;
    if (this.level >= thinnest || this.bytes() <= maxBytes) return;
    this.attempt(() => {
      this.db.prepare("UPDATE meta SET value = ? WHERE key = 'level'").run(String(this.level + 1));
      this.level += 1;
    });
  }

  private drop(seqs: readonly number[]): void {
    this.db
      .transaction(() => {
        for (const seq of seqs) {
          this.db.prepare('DELETE FROM places WHERE seq = ?').run(seq);
          this.db.prepare('DELETE FROM kept WHERE seq = ?').run(seq);
        }
        this.db
          .prepare(
            'DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM kept WHERE kept.body = bodies.id)',
          )
          .run();
      })
      .immediate();
    for (const seq of seqs) {
      this.heads.delete(seq);
      this.rows.delete(seq);
    }
    this.db.pragma('incremental_vacuum');
  }

  private attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!this.isTroubled) this.options.onTrouble?.(reasonOf(error));
      this.isTroubled = true;
      return undefined;
    }
  }
}
