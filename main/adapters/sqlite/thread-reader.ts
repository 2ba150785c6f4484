/** Asks the reader's thread. The first question starts it; it ends with the store. */
import { Worker } from 'node:worker_threads';
import { musherError } from '../../base/result.ts';
import type { FromReader, JobResults, ReadJob, ToReader } from './reader-protocol.ts';

/** Pages in the thread at once; more wait here, in order. They are short, so few are enough. */
const pagesAtOnce = 8;
/** A thread that does not go by itself within this is ended, milliseconds: its step is one statement. */
const endPatienceMs = 2_000;

interface Waiting {
  readonly job: ReadJob;
  readonly signal: AbortSignal | undefined;
  settle(answer: { result: unknown } | { error: unknown }): void;
}

export class ThreadReader {
  private readonly file: string;
  private worker: Worker | undefined;
  private isClosed = false;
  private ids = 0;
  private queue: Waiting[] = [];
  private readonly running = new Map<number, Waiting>();

  constructor(file: string) {
    this.file = file;
  }

  /** Throws SHUTTING_DOWN. */
  requireOpen(): void {
    if (this.isClosed) throw musherError('SHUTTING_DOWN');
  }

  /** Rejects when the signal aborts, SHUTTING_DOWN when it is closed, else with what SQLite said. */
  ask<K extends ReadJob['kind']>(
    job: Extract<ReadJob, { kind: K }>,
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
  async close(): Promise<void> {
    this.isClosed = true;
    this.failAll(musherError('SHUTTING_DOWN'));
    const { worker } = this;
    if (worker === undefined) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ end: true } satisfies ToReader);
    const timer = setTimeout(() => void worker.terminate(), endPatienceMs);
    await gone;
    clearTimeout(timer);
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

  private hasRoom({ kind }: ReadJob): boolean {
    const sameKind = [...this.running.values()].filter(({ job }) => job.kind === kind).length;
    return sameKind < (kind === 'page' ? pagesAtOnce : 1);
  }

  private start(waiting: Waiting): void {
    const id = this.ids++;
    this.running.set(id, waiting);
    this.worker ??= this.startWorker();
    this.worker.postMessage({ id, job: waiting.job } satisfies ToReader);
  }

  private startWorker(): Worker {
    // Flags of this process (how it was told to run a script) are not the thread's.
    const worker = new Worker(workerUrl(), { workerData: this.file, execArgv: [] });
    worker.on('message', (message: FromReader) => this.answered(message));
    const lost = (error: unknown) => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.failAll(error);
    };
    worker.on('error', lost);
    worker.on('exit', (code) => lost(new Error(`the reader of the log ended with ${code}`)));
    return worker;
  }

  private answered(message: FromReader): void {
    const waiting = this.running.get(message.id);
    this.running.delete(message.id);
    this.next();
    waiting?.settle('error' in message ? { error: new Error(message.error) } : message);
  }

  private giveUp(waiting: Waiting, reason: unknown): void {
    this.queue = this.queue.filter((one) => one !== waiting);
    for (const [id, one] of this.running) {
      if (one !== waiting) continue;
      this.running.delete(id);
      this.worker?.postMessage({ id, cancel: true } satisfies ToReader);
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

/** Beside this file in the source; built, it is an entry of its own above the chunks. */
function workerUrl(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('reader-worker.ts', here);
  return new URL(here.includes('/chunks/') ? '../reader-worker.js' : 'reader-worker.js', here);
}
