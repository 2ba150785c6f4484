/** Has the write-ahead log folded into its file now and then, beside the loop: on the loop, the wait for the disk would stall everything. */
import { type End, StoreThread } from './store-thread.ts';

export type ToCheckpointer = End | { readonly checkpoint: true };
export interface Checkpointed {
  readonly done: true;
}

/** About so many pages of 4 KiB between two, as SQLite does it by itself. */
const everyPages = 1_000;
/** A commit touches the last pages of a handful of tables and indexes, whatever is in it. */
const pagesOfCommit = 6;
const pageBytes = 4_096;

/**
 * Pages (64 MiB) at which a commit folds the log itself: the thread is gone, or so much is written without a pause that
 * it never catches up. What is left for the commit is then little.
 */
export const lastResortPages = 16_384;

export class Checkpointer {
  private readonly thread: StoreThread<ToCheckpointer, Checkpointed>;
  private pages = 0;
  private isBusy = false;
  private isClosed = false;

  constructor(file: string) {
    const over = () => {
      this.isBusy = false;
    };
    const entry = 'checkpoint-worker';
    this.thread = new StoreThread({ entry, file, onMessage: over, onLost: over });
  }

  /** A commit of so many bytes was written. */
  wrote(bytes: number): void {
    this.pages += pagesOfCommit + bytes / pageBytes;
    if (this.pages < everyPages || this.isBusy || this.isClosed) return;
    this.pages = 0;
    try {
      this.thread.post({ checkpoint: true });
      this.isBusy = true;
    } catch {
      // No thread can be had. What was committed is durable all the same, and must not be reported as failed.
    }
  }

  /** Folds a last time what it can, so that the store's own end is short. */
  close(): Promise<void> {
    this.isClosed = true;
    this.thread.tell({ checkpoint: true });
    return this.thread.close();
  }
}
