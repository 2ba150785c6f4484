/**
 * The thread that folds the write-ahead log into its file: it waits for the disk, so that the hub's loop need not. It
 * takes no lock that a commit wants. Each message asks for one checkpoint; its data is the log's path.
 */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { must } from '../../base/assert.ts';
import type { Checkpointed, ToCheckpointer } from './checkpointer.ts';

const port = must(parentPort, 'the checkpointer runs as a thread');
const db = new Database(workerData as string, { fileMustExist: true });
// Nothing is written here.
db.pragma('query_only = ON');

/**
 * SQLite begins its log anew once all of it is folded, which nothing that is asked amid a burst can bring about. So there
 * is one more after the last, milliseconds.
 */
const trailingMs = 500;
let trailing: NodeJS.Timeout | undefined;

port.on('message', (message: ToCheckpointer) => {
  clearTimeout(trailing);
  if ('end' in message) {
    db.close();
    port.close();
    return;
  }
  fold();
  trailing = setTimeout(fold, trailingMs);
  port.postMessage({ done: true } satisfies Checkpointed);
});

function fold(): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // A full disk, say. What is in the write-ahead log is safe there; the next one tries again.
  }
}
