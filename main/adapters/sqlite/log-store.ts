/**
 * The log in one SQLite file. WAL with `synchronous=NORMAL`: a commit survives the death of any process, `kill -9`
 * included; a power cut may cost the last moments but never breaks the chain. `durability: 'power'` makes each commit
 * wait for the disk (FULL), at one disk flush per batch.
 */
import { createHash, hash, randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import type {
  Batch,
  LogStore,
  StoredEffect,
  StoredReceipt,
  StoredSnapshot,
} from '../../hub/log-store.ts';
import { prepareInsert } from './insert-rows.ts';
import { createReader } from './log-reader.ts';
import { openError } from './open-error.ts';
import { migrate } from './schema.ts';

export interface LogFileOptions {
  readonly durability?: 'process' | 'power';
  /** Wall clock for the age of receipts, Unix ms. */
  readonly now: () => number;
}

/** How long a Musher that is just going may still hold the file, milliseconds. */
const busyTimeoutMs = 1_000;

/**
 * Opens or makes the file, its folder 0700 and itself 0600, and holds it alone until it is closed or the process dies:
 * two writers would fork the chain. Throws REPOSITORY_BUSY, LOG_DAMAGED, STORE_FAILED.
 */
export async function openLogStore(file: string, options: LogFileOptions): Promise<LogStore> {
  try {
    await makePrivate(file);
    return openStore(file, options);
  } catch (error) {
    throw openError(file, error);
  }
}

/** Before SQLite sees it: the files that it puts beside the log take over the log's mode. */
async function makePrivate(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.chmod(0o600);
  } finally {
    await handle.close();
  }
}

function openStore(file: string, options: LogFileOptions): LogStore {
  const db = new Database(file, { timeout: busyTimeoutMs });
  try {
    holdAlone(db, options);
    return createStore(db, options);
  } catch (error) {
    db.close();
    throw error;
  }
}

function holdAlone(db: Database.Database, options: LogFileOptions): void {
  // Before WAL is entered, so that no shared memory file is needed and the lock is held from the first write on.
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${options.durability === 'power' ? 'FULL' : 'NORMAL'}`);
  migrate(db);
  db.exec('BEGIN IMMEDIATE; COMMIT');
}

function createStore(db: Database.Database, options: LogFileOptions): LogStore {
  return {
    place: db.name,
    logId: logIdOf(db),
    ...createReader(db, sha256),
    ...effectTable(db),
    ...receiptTable(db),
    ...snapshotTable(db),
    commit: createCommit(db, options),
    sha256,
    close: () => db.close(),
  };
}

export function sha256(text: string): string {
  // The one-shot form is about three times faster than createHash for bodies of this size.
  return hash === undefined
    ? createHash('sha256').update(text).digest('hex')
    : hash('sha256', text, 'hex');
}

function logIdOf(db: Database.Database): string {
  db.prepare("INSERT OR IGNORE INTO meta VALUES ('log_id', ?)").run(randomBytes(5).toString('hex'));
  return (db.prepare("SELECT value FROM meta WHERE key = 'log_id'").get() as { value: string })
    .value;
}

function createCommit(db: Database.Database, options: LogFileOptions): (batch: Batch) => void {
  const events = prepareInsert(db, 'INSERT INTO events', 4);
  const topics = prepareInsert(db, 'INSERT OR IGNORE INTO topics', 2);
  const receipts = prepareInsert(db, 'INSERT INTO receipts_by_caller', 6);
  const effects = prepareInsert(db, 'INSERT INTO effects (id, kind, lane, data, attempts)', 5);
  const ended = db.prepare('DELETE FROM effects WHERE id = ?');
  return db.transaction((batch: Batch) => {
    events(batch.events.flatMap((e) => [e.seq, e.type, e.body, e.hash]));
    topics(batch.events.flatMap((e) => e.topics.flatMap((topic) => [topic, e.seq])));
    receipts(
      batch.receipts.flatMap((r) => [
        ...[r.caller, r.commandId, r.fingerprint, r.seq, r.result, options.now()],
      ]),
    );
    effects(batch.effects.flatMap((f) => [f.id, f.kind, f.lane, f.data, f.attempts]));
    for (const id of batch.endedEffects) ended.run(id);
  }).immediate;
}

function effectTable(
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

function receiptTable(db: Database.Database): Pick<LogStore, 'receipt' | 'pruneReceipts'> {
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

function snapshotTable(db: Database.Database): Pick<LogStore, 'newestSnapshot' | 'saveSnapshot'> {
  const newest = db.prepare(
    'SELECT seq, hash, shape, state FROM snapshots ORDER BY seq DESC LIMIT 1',
  );
  const insert = db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)');
  const prune = db.prepare(
    'DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT 2)',
  );
  const save = db.transaction((s: StoredSnapshot) => {
    insert.run(s.seq, s.hash, s.shape, s.state);
    prune.run();
  });
  return { newestSnapshot: () => newest.get() as StoredSnapshot | undefined, saveSnapshot: save };
}
