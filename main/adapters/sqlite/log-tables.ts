/** What the log keeps beside its events: effects, receipts, marks. */
import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { LogStore, StoredEffect, StoredReceipt } from '../../hub/log-store.ts';

export function logIdOf(db: Database.Database): string {
  db.prepare("INSERT OR IGNORE INTO meta VALUES ('log_id', ?)").run(randomBytes(5).toString('hex'));
  return (db.prepare("SELECT value FROM meta WHERE key = 'log_id'").get() as { value: string })
    .value;
}

export const setMark = 'INSERT OR REPLACE INTO marks VALUES (?, ?, ?)';

export function effectTable(
  db: Database.Database,
): Pick<LogStore, 'pendingEffects' | 'beginEffect' | 'letEffectGo'> {
  const all = db.prepare('SELECT id, kind, lane, data, attempts FROM effects ORDER BY ordinal');
  const begin = db.prepare(
    'UPDATE effects SET attempts = attempts + 1 WHERE id = ? RETURNING attempts',
  );
  const letGo = db.prepare('UPDATE effects SET attempts = attempts - 1 WHERE id = ?');
  return {
    letEffectGo: (id) => void letGo.run(id),
    pendingEffects: () => all.all() as StoredEffect[],
    beginEffect: (id) => (begin.get(id) as { attempts: number } | undefined)?.attempts ?? 1,
  };
}

export function receiptTable(db: Database.Database): Pick<LogStore, 'receipt' | 'pruneReceipts'> {
  const one = db.prepare(
    `SELECT caller, command_id AS commandId, fingerprint, seq, result FROM receipts_by_caller
     WHERE caller IN (?, '') AND command_id = ? ORDER BY caller DESC LIMIT 1`,
  );
  const prune = db.prepare('DELETE FROM receipts_by_caller WHERE at_ms < ?');
  return {
    receipt: (caller, commandId) => one.get(caller, commandId) as StoredReceipt | undefined,
    pruneReceipts: (olderThanMs) => void prune.run(olderThanMs),
  };
}

export function createMarks(db: Database.Database): LogStore['marks'] {
  const get = db.prepare('SELECT value FROM marks WHERE owner = ? AND name = ?').pluck();
  const set = db.prepare(setMark);
  return (owner) => ({
    get: (name) => get.get(owner, name) as string | undefined,
    set: (name, value) => void set.run(owner, name, value),
  });
}
