/** A thread beside a store, with a connection of its own. The first message starts it; it ends with the store. */
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../thread-entry.ts';

/** One that does not go by itself within this is ended, milliseconds: its step is one statement. */
const endPatienceMs = 2_000;

export interface StoreThreadOptions<From> {
  /** File beside this one, without its ending: `reader-worker`; or where it is. */
  readonly entry: string | URL;
  /** Path of the log. */
  readonly file: string;
  readonly onMessage: (message: From) => void;
  /** It is gone though nobody ended it; the next message starts another. */
  readonly onLost: (error: unknown) => void;
}

/** `{ end: true }` is the last message that a thread gets: close the log and go. */
export interface End {
  readonly end: true;
}

export class StoreThread<To extends object, From> {
  private readonly options: StoreThreadOptions<From>;
  private worker: Worker | undefined;

  constructor(options: StoreThreadOptions<From>) {
    this.options = options;
  }

  post(message: To): void {
    this.worker ??= this.start();
    this.worker.postMessage(message);
  }

  /** To a thread that runs; starts none. */
  tell(message: To): void {
    this.worker?.postMessage(message);
  }

  /** Resolves when it is gone. */
  async close(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ end: true } satisfies End);
    const timer = setTimeout(() => void worker.terminate(), endPatienceMs);
    await gone;
    clearTimeout(timer);
  }

  /** As a crash would end it: whoever asked is told that it is lost. */
  async terminate(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const { entry, file, onMessage, onLost } = this.options;
    // Flags of this process (how it was told to run a script) are not the thread's.
    const place = typeof entry === 'string' ? threadEntry(entry, import.meta.url) : entry;
    const worker = new Worker(place, {
      workerData: file,
      execArgv: [],
    });
    worker.on('message', onMessage);
    const lost = (error: unknown) => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      onLost(error);
    };
    worker.on('error', lost);
    worker.on('exit', (code) => lost(new Error(`the thread ${String(entry)} ended with ${code}`)));
    return worker;
  }
}
