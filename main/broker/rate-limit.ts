/** A bucket of requests per token: refilled evenly, so a burst is fine and a loop is not. */

export interface RateLimit {
  /** Milliseconds to wait, or 0 when the request may go on. */
  take(subject: string): number;
}

export interface RateLimitOptions {
  /** Requests per second that one token may make for long. */
  readonly perSecond: number;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
}

/** A full bucket holds this many seconds' worth. */
export const burstSeconds = 2;
/** Subjects remembered; all are forgotten at once when there are more, which only forgives. */
const subjectsKept = 1_000;

export function createRateLimit({ perSecond, elapsed }: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { left: number; atMs: number }>();
  const full = perSecond * burstSeconds;
  return {
    take(subject) {
      const nowMs = elapsed();
      if (buckets.size > subjectsKept) buckets.clear();
      const bucket = buckets.get(subject) ?? { left: full, atMs: nowMs };
      buckets.set(subject, bucket);
      bucket.left = Math.min(full, bucket.left + ((nowMs - bucket.atMs) / 1000) * perSecond);
      bucket.atMs = nowMs;
      if (bucket.left < 1) return Math.ceil(((1 - bucket.left) / perSecond) * 1000);
      bucket.left -= 1;
      return 0;
    },
  };
}
