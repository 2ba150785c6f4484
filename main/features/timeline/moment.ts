/** From what somebody typed to an event: its number, or a time. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { LogReader } from '../../hub/feature.ts';

export type Moment = { readonly seq: number } | { readonly atMs: number };

/** A time without a zone is the machine's own, as its user reads it. */
export function parseMoment(at: string): Moment | undefined {
  const number = /^#?(\d{1,15})$/.exec(at)?.[1];
  if (number !== undefined) return { seq: Number(number) };
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(at))
    return undefined;
  // A day alone is taken by `Date` as one of Greenwich.
  const atMs = Date.parse(at.length === 10 ? `${at}T00:00` : at.replace(' ', 'T'));
  return Number.isNaN(atMs) ? undefined : { atMs };
}

/** The event that is meant: of a time, the last one before it. */
export async function findMoment(
  log: LogReader,
  at: string,
  signal: AbortSignal,
): Promise<Result<EventEnvelope>> {
  const moment = parseMoment(at);
  if (moment === undefined) return refuse('MOMENT_UNREADABLE', { at });
  const head = log.head().seq;
  const seq = 'seq' in moment ? moment.seq : await lastBefore(log, moment.atMs, signal);
  if (seq === 0 && 'atMs' in moment && head > 0) {
    const first = await eventAt(log, 1, signal);
    const said = first === undefined ? 'later' : new Date(first.atMs).toISOString();
    return refuse('MOMENT_TOO_EARLY', { at, first: said });
  }
  const event = seq < 1 || seq > head ? undefined : await eventAt(log, seq, signal);
  return event === undefined ? refuse('MOMENT_UNKNOWN', { seq, head }) : ok(event);
}

/**
 * By halves: the log has no index by time, and needs none. A clock that was set back may lead beside the very last one;
 * the order of the log is what counts.
 */
export async function lastBefore(
  log: LogReader,
  atMs: number,
  signal: AbortSignal,
): Promise<number> {
  let [low, high] = [0, log.head().seq];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const event = await eventAt(log, middle, signal);
    if (event === undefined || event.atMs > atMs) high = middle - 1;
    else low = middle;
  }
  return low;
}

async function eventAt(
  log: LogReader,
  seq: number,
  signal: AbortSignal,
): Promise<EventEnvelope | undefined> {
  const { events } = await log.read({ after: seq - 1, limit: 1 }, signal);
  return events[0]?.seq === seq ? events[0] : undefined;
}
