/**
 * The past, as the loop asks for it: of a thread with a connection of its own. It starts with the first question and ends when it
 * was asked nothing for a while, so that what it holds costs nobody anything. One that is killed is started again.
 */
import type { PastProgress } from '../../../preload/contract/timeline.ts';
import type { Logger } from '../../base/logger.ts';
import { MusherError, musherError, reasonOf } from '../../base/result.ts';
import type { Past, PastAnswers, PastAsk, PastWait } from '../../features/timeline/ports.ts';
import type { FromPast, ToPast } from './past-protocol.ts';
import { StoreThread } from './store-thread.ts';

/** Without a question for so long, it goes, milliseconds: a state of a large project is tens of megabytes. */
const idleMs = 120_000;
/** A thread that was lost is asked once more, and then it is said. */
const tries = 2;

export interface PastOptions {
  /** Path of the log. */
  readonly file: string;
  /** Where the thread's own file is. */
  readonly entry: URL;
  readonly log: Logger;
}

interface Waiting {
  readonly ask: PastAsk;
  triesLeft: number;
  progress: PastProgress;
  settle(outcome: Outcome): void;
}

type Outcome = { answer: unknown } | { progress: PastProgress } | { error: unknown };

export interface ClosablePast extends Past {
  /** Ends the thread as a crash would; the next question starts another. For tests. */
  kill(): Promise<void>;
  /** Whoever still waits is told SHUTTING_DOWN. Resolves when the thread is gone. */
  close(): Promise<void>;
}

export function createPast(options: PastOptions): ClosablePast {
  return new ThreadPast(options);
}

class ThreadPast implements ClosablePast {
  private readonly log: Logger;
  private readonly thread: StoreThread<ToPast, FromPast>;
  private readonly waiting = new Map<number, Waiting>();
  private ids = 0;
  private isClosed = false;
  private isLevel = true;
  private idle: NodeJS.Timeout | undefined;

  constructor({ file, entry, log }: PastOptions) {
    this.log = log;
    this.thread = new StoreThread({
      ...{ entry, file },
      onMessage: (message) => this.told(message),
      onLost: (error) => this.lost(error),
    });
  }

  ask<K extends PastAsk['kind']>(
    ask: Extract<PastAsk, { kind: K }>,
    { waitMs, signal }: PastWait,
  ): Promise<{ answer: PastAnswers[K] } | { progress: PastProgress }> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) throw musherError('SHUTTING_DOWN');
      signal.throwIfAborted();
      const id = this.ids++;
      const end = (outcome: Outcome, isWanted: boolean) => {
        if (!this.waiting.delete(id)) return;
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        if (!isWanted) this.thread.tell({ id, cancel: true });
        this.rest();
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome as { answer: PastAnswers[K] } | { progress: PastProgress });
      };
      const abort = () => end({ error: signal.reason }, false);
      const timer = setTimeout(() => end({ progress: waiting.progress }, false), waitMs);
      const waiting: Waiting = {
        ask,
        triesLeft: tries,
        progress: { at: 0, to: ask.seq },
        settle: (outcome) => end(outcome, true),
      };
      signal.addEventListener('abort', abort);
      this.waiting.set(id, waiting);
      this.post({ id, ask });
    });
  }

  keepUp(): void {
    if (this.isClosed) return;
    this.isLevel = false;
    this.post({ keepUp: true });
  }

  async kill(): Promise<void> {
    await this.thread.terminate();
  }

  close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.idle);
    const error = musherError('SHUTTING_DOWN');
    for (const waiting of [...this.waiting.values()]) waiting.settle({ error });
    clearTimeout(this.idle);
    return this.thread.close();
  }

  private post(message: ToPast): void {
    clearTimeout(this.idle);
    this.idle = undefined;
    this.thread.post(message);
  }

  private told(message: FromPast): void {
    if ('trouble' in message) {
      const what = 'states of the past cannot be kept: looks at them take longer';
      this.log.warn({ error: message.trouble }, what);
    } else if ('isLevel' in message) {
      this.isLevel = true;
      this.rest();
    } else this.answered(message);
  }

  private answered(message: Extract<FromPast, { id: number }>): void {
    const waiting = this.waiting.get(message.id);
    if (waiting === undefined) return;
    if ('progress' in message) waiting.progress = message.progress;
    else if ('answer' in message) waiting.settle(message);
    else waiting.settle({ error: errorOf(message) });
  }

  /** What it had kept is there; it is asked again. */
  private lost(error: unknown): void {
    for (const [id, waiting] of [...this.waiting]) {
      waiting.triesLeft -= 1;
      if (waiting.triesLeft > 0 && !this.isClosed) this.post({ id, ask: waiting.ask });
      else
        waiting.settle({
          error: musherError('PAST_UNREADABLE', { reason: reasonOf(error) }, error),
        });
    }
  }

  private rest(): void {
    if (this.isClosed || this.waiting.size > 0 || !this.isLevel) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => void this.thread.close(), idleMs);
    this.idle.unref();
  }
}

function errorOf({ error, wire }: Extract<FromPast, { error: string }>): Error {
  if (wire !== undefined) return new MusherError(wire);
  return musherError('PAST_UNREADABLE', { reason: error });
}
