/** Work that somebody waits for, and for how long at most. */
import { type Clock, sleep } from '../../base/clock.ts';
import { musherError } from '../../base/result.ts';

interface Bound {
  readonly what: string;
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** Ends by itself: throws WELCOME_TIMEOUT, and when the caller goes the reason of that; the work is told by its signal. */
export async function bounded<T>(
  clock: Clock,
  { what, seconds: limit, signal }: Bound,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const over = new AbortController();
  const end = () => over.abort(signal?.reason);
  signal?.addEventListener('abort', end);
  const working = work(over.signal);
  // Whoever gave up hears no more of it.
  working.catch(() => undefined);
  const late = sleep(clock, limit * 1000, over.signal).then((): never => {
    signal?.throwIfAborted();
    throw musherError('WELCOME_TIMEOUT', { what, seconds: limit });
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } finally {
    signal?.removeEventListener('abort', end);
    over.abort();
  }
}
