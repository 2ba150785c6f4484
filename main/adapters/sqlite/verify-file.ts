/** Proves a log file without a hub: for `musher verify` when nothing runs, and for backups. */
import { access } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { Verification } from '../../hub/feature.ts';
import { requireUnlocked } from './log-lock.ts';
import { createRows } from './log-reader.ts';
import { openError } from './open-error.ts';
import { Segments } from './segments.ts';
import { sha256 } from './sha256.ts';
import { verifySteps } from './verify-steps.ts';

/** Reads only. Throws LOG_DAMAGED when the file is no log at all, REPOSITORY_BUSY while a Musher holds it. */
export async function verifyLogFile(file: string): Promise<Verification> {
  try {
    await access(file);
    await requireUnlocked(file);
    const db = new Database(file, { readonly: true, timeout: 1_000 });
    try {
      return verifyAll(db);
    } finally {
      db.close();
    }
  } catch (error) {
    throw openError(file, error);
  }
}

function verifyAll(db: Database.Database): Verification {
  const segments = new Segments(db);
  try {
    const steps = verifySteps(createRows(db, segments), sha256);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  } finally {
    segments.close();
  }
}
