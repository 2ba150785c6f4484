/** What it means that a log file cannot be opened: it is in use, it is damaged, or the disk does not let us. */
import path from 'node:path';
import type { MusherError } from '../../base/result.ts';
import { musherError, reasonOf } from '../../base/result.ts';

/** Of SQLite and of the file system: the file may be whole. */
const ofTheDisk = /^(SQLITE_(FULL|IOERR|CANTOPEN|READONLY|PERM|AUTH|NOMEM)|E[A-Z]+$)/;

export function openError(file: string, error: unknown): MusherError {
  const code = String((error as { code?: unknown }).code ?? '');
  const reason = reasonOf(error);
  if (code.startsWith('SQLITE_BUSY'))
    return musherError('REPOSITORY_BUSY', { path: path.dirname(file), pid: 'unknown' }, error);
  return ofTheDisk.test(code)
    ? musherError('STORE_FAILED', { path: path.dirname(file), reason }, error)
    : musherError('LOG_DAMAGED', { path: file, reason }, error);
}
