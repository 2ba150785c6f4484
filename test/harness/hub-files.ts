// Log files in a folder of their own that goes with the test.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { type LogFileOptions, openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import type { LogStore, StoredEvent } from '../../main/hub/log-store.ts';
import { type Head, sealEvent } from '../../main/hub/seal.ts';

/** Path of a log that does not exist yet. */
export async function newLogPath(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, 'musher', 'log.sqlite');
}

/** Opens a log, and closes it after the test. */
export async function openLog(file: string, options?: Partial<LogFileOptions>): Promise<LogStore> {
  const store = await openLogStore(file, { now: () => 1_700_000_000_000, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Events of one kind that are linked to the head of a log. */
export function linkedEvents(store: LogStore, count: number, topics: string[] = []): StoredEvent[] {
  let head: Head = store.head();
  return Array.from({ length: count }, (_, index) => {
    const event = { type: 'test.happened', v: 1, data: { index } };
    const cause = { actor: 'operator' as const, causeId: 'c', atMs: index };
    const { envelope, body } = sealEvent(store, { head, event, cause });
    head = envelope;
    return { seq: envelope.seq, type: event.type, body, hash: envelope.hash, topics };
  });
}

export function append(store: LogStore, count: number, topics: string[] = []): void {
  store.commit({
    events: linkedEvents(store, count, topics),
    receipts: [],
    effects: [],
    endedEffects: [],
  });
}

/** A look into a closed log's tables, past the store. */
export function withTables<T>(file: string, use: (db: Database.Database) => T): T {
  const db = new Database(file, { fileMustExist: true });
  try {
    return use(db);
  } finally {
    db.close();
  }
}
