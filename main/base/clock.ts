/** Time comes in through this, so that tests can hold it. */

export interface Clock {
  /** Unix milliseconds; may jump when the machine's clock is set. */
  now(): number;
  /** Monotonic milliseconds, for durations. */
  elapsed(): number;
  /** Runs `fn` once after `delayMs`; returns the cancel. */
  schedule(fn: () => void, delayMs: number): () => void;
  /** Runs `fn` once, after what is already queued for this turn of the loop. */
  soon(fn: () => void): () => void;
}

interface Globals {
  setTimeout(fn: () => void, ms: number): { unref?(): void };
  clearTimeout(handle: unknown): void;
  setImmediate(fn: () => void): unknown;
  clearImmediate(handle: unknown): void;
  performance: { now(): number };
}

const host = globalThis as unknown as Globals;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => host.performance.now(),
  schedule(fn, delayMs) {
    const handle = host.setTimeout(fn, delayMs);
    return () => host.clearTimeout(handle);
  },
  soon(fn) {
    const handle = host.setImmediate(fn);
    return () => host.clearImmediate(handle);
  },
};

/** Resolves after `delayMs`, or at once when the signal aborts. Never rejects. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.schedule(done, delayMs);
    signal?.addEventListener('abort', done);
  });
}

/** What it resolves to, or undefined after `ms`, milliseconds: what it does then goes on unheard. */
export async function within<T>(
  clock: Clock,
  ms: number,
  what: Promise<T>,
): Promise<T | undefined> {
  const stop = new AbortController();
  try {
    return await Promise.race([what, sleep(clock, ms, stop.signal).then(() => undefined)]);
  } finally {
    stop.abort();
  }
}
