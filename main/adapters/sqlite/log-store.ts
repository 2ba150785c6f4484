/**
 * The log in one SQLite file. WAL with `synchronous=NORMAL`: a commit survives the death of any process, `kill -9`
 * included; a power cut may cost the last moments but never breaks the chain. `durability: 'power'` makes each commit
 * wait for the disk (FULL), at one disk flush per batch.
 */
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Batch, LogStore } from '../../hub/log-store.ts';
import { Checkpointer, lastResortPages } from './checkpointer.ts';
import { prepareInsert } from './insert-rows.ts';
import type { LogLock } from './log-lock.ts';
import { lockLog } from './log-lock.ts';
import { openError } from './open-error.ts';
import { migrate } from './schema.ts';
import type { RetentionOptions } from './retention.ts';
import { defaultRetention, Retention } from './retention.ts';
import { Segments } from './segments.ts';
import { sha256 } from './sha256.ts';
import { snapshotTables } from './snapshot-tables.ts';
import { createStoreReader } from './store-reader.ts';
import { createStoreSearch } from './store-search.ts';
import { createMarks, effectTable, logIdOf, receiptTable, setMark } from './log-tables.ts';

export interface LogFileOptions {
  readonly durability?: 'process' | 'power';
  /** Wall clock for the age of receipts, Unix ms. */
  readonly now: () => number;
  readonly retention?: RetentionOptions;
  /** What failed beside the log and is tried again: nothing of it is lost. Default: nobody is told. */
  readonly onTrouble?: (reason: string) => void;
}

/** How long an older Musher, which locks the file itself, may still hold it, milliseconds. */
const busyTimeoutMs = 1_000;

/**
 * Opens or makes the file, its folder 0700 and itself 0600, and holds it alone until it is closed or the process dies:
 * two writers would fork the chain. Throws REPOSITORY_BUSY, LOG_DAMAGED, STORE_FAILED.
 */
export async function openLogStore(file: string, options: LogFileOptions): Promise<LogStore> {
  let lock: LogLock | undefined;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    lock = await lockLog(file);
    await makePrivate(file);
    return openStore(file, lock, options);
  } catch (error) {
    lock?.release();
    throw openError(file, error);
  }
}

/** Before SQLite sees it: the files that it puts beside the log take over the log's mode. */
async function makePrivate(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.chmod(0o600);
  } finally {
    await handle.close();
  }
}

function openStore(file: string, lock: LogLock, options: LogFileOptions): LogStore {
  const db = new Database(file, { timeout: busyTimeoutMs });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma(`wal_autocheckpoint = ${lastResortPages}`);
    db.pragma(`synchronous = ${options.durability === 'power' ? 'FULL' : 'NORMAL'}`);
    migrate(db);
    return createStore(db, lock, options);
  } catch (error) {
    db.close();
    throw error;
  }
}

function createStore(db: Database.Database, lock: LogLock, options: LogFileOptions): LogStore {
  const segments = new Segments(db);
  const reader = createStoreReader(db, segments);
  const search = createStoreSearch(db.name);
  const checkpointer = new Checkpointer(db.name);
  const wrote = (bytes: number) => checkpointer.wrote(bytes);
  const retention = new Retention(
    { db, segments, wrote, onTrouble: options.onTrouble ?? (() => undefined) },
    options.retention ?? defaultRetention,
  );
  const commit = createCommit(db, options);
  return {
    place: db.name,
    logId: logIdOf(db),
    ...reader,
    ...search,
    ...effectTable(db),
    ...receiptTable(db),
    ...snapshotTables(db, wrote),
    marks: createMarks(db),
    commit(batch) {
      commit(batch);
      wrote(bytesOf(batch));
      retention.committed(batch.events.at(-1)?.seq);
    },
    sha256,
    async close() {
      // The writer's connection is the last: it then folds the write-ahead log into the file.
      await Promise.all([reader, search, checkpointer, retention].map((part) => part.close()));
      segments.close();
      db.close();
      lock.release();
    },
  };
}

function createCommit(db: Database.Database, options: LogFileOptions): (batch: Batch) => void {
  const events = prepareInsert(db, 'INSERT INTO events', 4);
  const topics = prepareInsert(db, 'INSERT OR IGNORE INTO topics', 2);
  const receipts = prepareInsert(db, 'INSERT INTO receipts_by_caller', 6);
  const effects = prepareInsert(db, 'INSERT INTO effects (id, kind, lane, data, attempts)', 5);
  const ended = db.prepare('DELETE FROM effects WHERE id = ?');
  const mark = db.prepare(setMark);
  return db.transaction((batch: Batch) => {
    const ofEvents: unknown[] = [];
    const ofTopics: unknown[] = [];
    for (const e of batch.events) {
      ofEvents.push(e.seq, e.type, e.body, e.hash);
      for (const topic of e.topics) ofTopics.push(topic, e.seq);
    }
    events(ofEvents);
    topics(ofTopics);
    receipts(
      batch.receipts.flatMap((r) => [
        ...[r.caller, r.commandId, r.fingerprint, r.seq, r.result, options.now()],
      ]),
    );
    effects(batch.effects.flatMap((f) => [f.id, f.kind, f.lane, f.data, f.attempts]));
    for (const id of batch.endedEffects) ended.run(id);
    for (const one of batch.marks ?? []) mark.run(one.owner, one.name, one.value);
  }).immediate;
}

/** What counts of it: bodies, results and data. */
function bytesOf({ events, receipts, effects }: Batch): number {
  let bytes = 0;
  for (const { body } of events) bytes += body.length;
  for (const { result } of receipts) bytes += result.length;
  for (const { data } of effects) bytes += data.length;
  return bytes;
}
