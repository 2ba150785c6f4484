/** Asks a thread that reads. The first question starts it; it ends with the store. */
import { MusherError, musherError } from '../../base/result.ts';
import type { FromReader, JobResults, ThreadJob, ToReader } from './reader-protocol.ts';
import { StoreThread } from './store-thread.ts';

/** Pages in the thread at once; more wait here, in order. They are short, so few are enough. */
const pagesAtOnce = 8;

interface Waiting {
  readonly job: ThreadJob;
  readonly signal: AbortSignal | undefined;
  settle(answer: { result: unknown } | { error: unknown }): void;
}

export class ThreadReader {
  private readonly thread: StoreThread<ToReader, FromReader>;
  private isClosed = false;
  private ids = 0;
  private queue: Waiting[] = [];
  private readonly running = new Map<number, Waiting>();

  constructor(file: string, entry = 'reader-worker') {
    this.thread = new StoreThread({
      entry,
      file,
      onMessage: (message) => this.answered(message),
      onLost: (error) => this.failAll(error),
    });
  }

  /** Throws SHUTTING_DOWN. */
  requireOpen(): void {
    if (this.isClosed) throw musherError('SHUTTING_DOWN');
  }

  /** Rejects when the signal aborts, SHUTTING_DOWN when it is closed, else with what SQLite said. */
  ask<K extends ThreadJob['kind']>(
    job: Extract<ThreadJob, { kind: K }>,
    signal?: AbortSignal,
  ): Promise<JobResults[K]> {
    return new Promise((resolve, reject) => {
      this.requireOpen();
      signal?.throwIfAborted();
      const abort = () => this.giveUp(waiting, signal?.reason);
      const waiting: Waiting = {
        job,
        signal,
        settle(answer) {
          signal?.removeEventListener('abort', abort);
          if ('error' in answer) reject(answer.error);
          else resolve(answer.result as JobResults[K]);
        },
      };
      signal?.addEventListener('abort', abort);
      this.queue.push(waiting);
      this.next();
    });
  }

  /** Whoever still waits is told SHUTTING_DOWN; resolves when the thread is gone. */
  close(): Promise<void> {
    this.isClosed = true;
    this.failAll(musherError('SHUTTING_DOWN'));
    return this.thread.close();
  }

  /** Starts what there is room for. One proof of the chain at a time, and it takes no page's room. */
  private next(): void {
    const rest: Waiting[] = [];
    for (const waiting of this.queue) {
      if (this.hasRoom(waiting.job)) this.start(waiting);
      else rest.push(waiting);
    }
    this.queue = rest;
  }

  private hasRoom({ kind }: ThreadJob): boolean {
    const sameKind = [...this.running.values()].filter(({ job }) => job.kind === kind).length;
    return sameKind < (kind === 'page' ? pagesAtOnce : 1);
  }

  private start(waiting: Waiting): void {
    const id = this.ids++;
    this.running.set(id, waiting);
    this.thread.post({ id, job: waiting.job });
  }

  private answered(message: FromReader): void {
    const waiting = this.running.get(message.id);
    this.running.delete(message.id);
    this.next();
    waiting?.settle('error' in message ? { error: errorOf(message) } : message);
  }

  private giveUp(waiting: Waiting, reason: unknown): void {
    this.queue = this.queue.filter((one) => one !== waiting);
    for (const [id, one] of this.running) {
      if (one !== waiting) continue;
      this.running.delete(id);
      this.thread.tell({ id, cancel: true });
    }
    waiting.settle({ error: reason });
    this.next();
  }

  private failAll(error: unknown): void {
    const all = [...this.running.values(), ...this.queue];
    this.running.clear();
    this.queue = [];
    for (const waiting of all) waiting.settle({ error });
  }
}

function errorOf({ error, wire }: Extract<FromReader, { error: string }>): Error {
  return wire === undefined ? new Error(error) : new MusherError(wire);
}
