/** Proves a log file without a hub: for `musher verify` when nothing runs, and for backups. */
import Database from 'better-sqlite3';
import { access } from 'node:fs/promises';
import type { LogReader } from '../../hub/feature.ts';
import { verifyChain } from './log-reader.ts';
import { sha256 } from './log-store.ts';
import { openError } from './open-error.ts';

/** Reads only. Throws LOG_DAMAGED when the file is no log at all, REPOSITORY_BUSY while a Musher holds it. */
export async function verifyLogFile(file: string): Promise<ReturnType<LogReader['verify']>> {
  try {
    await access(file);
    const db = new Database(file, { readonly: true, timeout: 1_000 });
    try {
      return verifyChain(db, sha256);
    } finally {
      db.close();
    }
  } catch (error) {
    throw openError(file, error);
  }
}
