import { formatExact, formatTimeOfDay } from '../../../ui/format-time.ts';

const dayMs = 24 * 3_600_000;

/** `12:03`, and of what is longer ago the date as well. */
export function saySince(atMs: number, nowMs: number): string {
  return nowMs - atMs < dayMs ? formatTimeOfDay(atMs) : formatExact(atMs);
}
