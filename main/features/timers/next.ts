/** When a schedule fires after a moment. Pure. */
import type { Schedule } from '../../../preload/contract/timer-facts.ts';
import { nextCron } from './cron-times.ts';

/** Unix ms, always after `afterMs`; undefined when it will not. */
export function nextAfter(schedule: Schedule, afterMs: number): number | undefined {
  switch (schedule.kind) {
    case 'once':
      return schedule.atMs > afterMs ? schedule.atMs : undefined;
    case 'interval': {
      const { everyMs, fromMs, startMs } = schedule;
      if (startMs !== undefined && afterMs < startMs) return startMs;
      return fromMs + (Math.floor((afterMs - fromMs) / everyMs) + 1) * everyMs;
    }
    case 'cron':
      return nextCron(schedule.cron, schedule.zone, Math.max(afterMs, (schedule.startMs ?? 0) - 1));
  }
}

/** Two hours from when it was set are two hours from now, at most: the clock that was read then may have been wrong. */
export function withinReach(schedule: Schedule, nowMs: number): Schedule {
  if (schedule.kind !== 'once' || schedule.inMs === undefined) return schedule;
  const atMs = Math.min(schedule.atMs, nowMs + schedule.inMs);
  return atMs === schedule.atMs ? schedule : { ...schedule, atMs };
}

/**
 * Whether times after `sinceMs` are passed over when `nextMs` comes next: if the clock that said so is set back, they are to come again. What is so long
 * from when it was set counts from the clock anew.
 */
export function passesOver(
  schedule: Schedule,
  sinceMs: number | undefined,
  nextMs?: number,
): boolean {
  if (sinceMs === undefined || nextMs === undefined) return false;
  if (schedule.kind === 'once') return schedule.inMs !== undefined;
  return nextAfter(schedule, sinceMs) !== nextMs;
}

/** The first `count` times after a moment. */
export function timesAfter(schedule: Schedule, afterMs: number, count: number): number[] {
  const times: number[] = [];
  for (let at = nextAfter(schedule, afterMs); at !== undefined && times.length < count; ) {
    times.push(at);
    at = nextAfter(schedule, at);
  }
  return times;
}
