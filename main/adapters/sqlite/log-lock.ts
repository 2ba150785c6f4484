/**
 * One process holds a log: an exclusive transaction on an empty SQLite file beside it, for as long as the log is open.
 * The kernel gives it back when the process dies, on every platform, so there is no stale lock to judge. The log
 * itself stays free for readers.
 */
import { access, open } from 'node:fs/promises';
import Database from 'better-sqlite3';

/** How long a Musher that is just going may still hold the lock, milliseconds. */
const busyTimeoutMs = 1_000;

export interface LogLock {
  release(): void;
}

/** Throws SQLITE_BUSY while another holds it; waits for that, and the loop with it, at most `busyMs`, default a second. */
export async function lockLog(file: string, busyMs = busyTimeoutMs): Promise<LogLock> {
  const lock = lockOf(file);
  await makeOnce(lock);
  const db = new Database(lock, { timeout: busyMs });
  try {
    // Nothing is ever written, so no journal is to lie about.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return { release: () => db.close() };
}

/**
 * Never opened when it is there: on POSIX, whatever closes a file of a process lets go of all locks that the process
 * has on it.
 */
async function makeOnce(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
}

/**
 * Throws SQLITE_BUSY while another holds the log. Leaves nothing behind: a log may lie where nothing can be written, and
 * one that was never open here has no lock.
 */
export async function requireUnlocked(file: string): Promise<void> {
  const lock = lockOf(file);
  try {
    await access(lock);
  } catch {
    return;
  }
  const db = new Database(lock, { readonly: true, timeout: busyTimeoutMs });
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  } finally {
    db.close();
  }
}

function lockOf(file: string): string {
  return `${file}-lock`;
}
