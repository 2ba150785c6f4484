/** Lifetimes: whatever starts returns its end at birth. */

export type Dispose = () => void | Promise<void>;

/**
 * Collects ends; `dispose` runs them once, last in first out, waits for each, and goes on when one fails.
 * Adding after dispose ends the newcomer at once.
 */
export class Disposables {
  private ends: Dispose[] = [];
  private disposed = false;

  add(end: Dispose): void {
    if (this.disposed) void end();
    else this.ends.push(end);
  }

  /** Rejects with AggregateError when ends failed; every one has run by then. */
  async dispose(): Promise<void> {
    this.disposed = true;
    const ends = this.ends.reverse();
    this.ends = [];
    const failures: unknown[] = [];
    for (const end of ends) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some parts did not end cleanly');
  }
}

/** Calls once when the signal aborts; returns what takes that back. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  signal?.addEventListener('abort', listener, { once: true });
  return () => signal?.removeEventListener('abort', listener);
}
