/**
 * Where parts of the shared document are kept over restarts: their updates, as they came, in a file beside the log; merged into one when a part is
 * loaded, and whenever they outgrow what they lead to. Losing it loses nothing: the board is written again from the log, and each node brings its own.
 */
import { open, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import * as Y from 'yjs';
import type { Clock } from '../../base/clock.ts';
import type { Dispose } from '../../base/disposable.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';

/** Updates are written together after so long, milliseconds; what a crash takes is sent or written again. */
const writeMs = 50;
/** After a write that failed, milliseconds. */
const retryMs = 5_000;
/** Merged when the updates since have more bytes than this and than what they lead to. */
const mergeBytes = 1024 * 1024;

interface Kept {
  readonly doc: Y.Doc;
  pending: Uint8Array[];
  /** Written since it was merged last. */
  bytes: number;
  /** Written whole next: an update could not be written. */
  isBehind: boolean;
}

export class PartStore {
  private readonly db: Database.Database;
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly kept = new Map<string, Kept>();
  private cancel: (() => void) | undefined;

  private constructor(db: Database.Database, { clock, log }: { clock: Clock; log: Logger }) {
    this.db = db;
    this.clock = clock;
    this.log = log;
  }

  /** A file that cannot be read is begun anew. Throws what the disk says when that fails too. */
  static async open(file: string, parts: { clock: Clock; log: Logger }): Promise<PartStore> {
    // Readable by its user alone, from its first byte on.
    await (await open(file, 'a', 0o600)).close();
    try {
      return new PartStore(openDatabase(file), parts);
    } catch (error) {
      parts.log.warn({ file, error: reasonOf(error) }, 'the shared document is begun anew');
      for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true });
      return new PartStore(openDatabase(file), parts);
    }
  }

  /** Brings the part to what was kept, and keeps what changes from now on. */
  keep(name: string, doc: Y.Doc): Dispose {
    const one: Kept = { doc, pending: [], bytes: 0, isBehind: false };
    const updates = this.db.prepare('SELECT body FROM updates WHERE name = ? ORDER BY n').pluck();
    const rows = updates.all(name) as Buffer[];
    try {
      doc.transact(() => {
        for (const row of rows) Y.applyUpdate(doc, row);
      }, this);
    } catch (error) {
      this.log.warn(
        { part: name, error: reasonOf(error) },
        'a part of the shared document is lost',
      );
      one.isBehind = true;
    }
    if (rows.length > 1) one.isBehind = true;
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      if (origin === this) return;
      one.pending.push(update);
      this.schedule(writeMs);
    };
    doc.on('update', onUpdate);
    this.kept.set(name, one);
    if (one.isBehind) this.schedule(writeMs);
    return () => {
      doc.off('update', onUpdate);
      this.write();
      this.kept.delete(name);
    };
  }

  /** Forgets a part that is served no more. */
  drop(name: string): void {
    this.kept.delete(name);
    this.db.prepare('DELETE FROM updates WHERE name = ?').run(name);
  }

  close(): void {
    this.write();
    this.cancel?.();
    this.db.close();
  }

  private schedule(afterMs: number): void {
    this.cancel ??= this.clock.schedule(() => {
      this.cancel = undefined;
      this.write();
    }, afterMs);
  }

  private write(): void {
    try {
      this.db.transaction(() => {
        for (const [name, one] of this.kept) this.writeOne(name, one);
      })();
    } catch (error) {
      this.log.warn({ error: reasonOf(error) }, 'the shared document could not be written');
      // Written whole next: nothing piles up while the disk is full, and what was taken back counts as not written.
      for (const one of this.kept.values()) {
        one.isBehind = true;
        one.pending = [];
      }
      this.schedule(retryMs);
      return;
    }
    for (const one of this.kept.values()) one.pending = [];
  }

  private writeOne(name: string, one: Kept): void {
    const added = one.pending.reduce((sum, update) => sum + update.byteLength, 0);
    if (!one.isBehind && one.bytes + added < mergeBytes) {
      if (added === 0) return;
      this.db
        .prepare(
          'INSERT INTO updates VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM updates WHERE name = ?), ?)',
        )
        .run(name, name, Y.mergeUpdates(one.pending));
      one.bytes += added;
      return;
    }
    const whole = Y.encodeStateAsUpdate(one.doc);
    this.db.prepare('DELETE FROM updates WHERE name = ?').run(name);
    this.db.prepare('INSERT INTO updates VALUES (?, 1, ?)').run(name, whole);
    // As much again may come before it is worth the work.
    one.bytes = Math.min(0, mergeBytes - whole.byteLength);
    one.isBehind = false;
  }
}

function openDatabase(file: string): Database.Database {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.exec(
      'CREATE TABLE IF NOT EXISTS updates (name TEXT, n INTEGER, body BLOB, PRIMARY KEY (name, n)) WITHOUT ROWID',
    );
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
