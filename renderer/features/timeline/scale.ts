/** Times and counts as places and heights. Pure. */
import type { MarkKind } from '../../../preload/contract/timeline.ts';

export const markWords: Readonly<Record<MarkKind, string>> = {
  merge: 'Merged',
  approval: 'Approved',
  restart: 'Restarted',
  failure: 'Failed',
};

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From 0 to 1, the beginning and the end of the log. */
export function xOf(atMs: number, { fromMs, toMs }: Span): number {
  return toMs <= fromMs ? 1 : Math.min(Math.max((atMs - fromMs) / (toMs - fromMs), 0), 1);
}

/** By their roots: a busy minute would leave every other at nothing. Whatever happened at all is seen. */
export function heightsOf(counts: readonly number[]): number[] {
  const most = Math.sqrt(Math.max(...counts, 1));
  return counts.map((count) => (count === 0 ? 0 : Math.max(Math.sqrt(count) / most, 0.08)));
}

export function bucketAt<Bucket>(buckets: readonly Bucket[], share: number): Bucket | undefined {
  return buckets[Math.min(Math.floor(share * buckets.length), buckets.length - 1)];
}

const dayMs = 24 * 3_600_000;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** `14:03:22 yesterday`; further back with its date. */
export function sayMoment(atMs: number, nowMs: number): string {
  const midnight = new Date(nowMs).setHours(0, 0, 0, 0);
  const time = clock.format(atMs);
  if (atMs >= midnight) return `${time} today`;
  if (atMs >= midnight - dayMs) return `${time} yesterday`;
  return `${time}, ${date.format(atMs)}`;
}
