/**
 * The page's clock: the only reader of the time. One timer for all; it stands still while nobody looks.
 */
import { useSyncExternalStore } from 'react';

const tickMs = 1000;
const listeners = new Set<() => void>();
/** For each rhythm, the time it last moved to. Bounded by the few rhythms the code names. */
const shown = new Map<number, number>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Unix ms. For ages and dates in what is shown; nothing is decided by it. */
export function nowMs(): number {
  return Date.now();
}

/** The time, renewed every `everyMs` (whole seconds) while the component is mounted. */
export function useNow(everyMs = tickMs): number {
  return useSyncExternalStore(subscribe, () => timeFor(everyMs));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  const now = nowMs();
  for (const [everyMs, last] of shown) {
    // Half a tick of slack: timers come late, and a second must not last two.
    if (Math.abs(now - last) >= everyMs - tickMs / 2) shown.set(everyMs, now);
  }
  for (const listener of listeners) listener();
}

function timeFor(everyMs: number): number {
  const known = shown.get(everyMs);
  // Without the timer the value would be as old as its last reader.
  if (known !== undefined && (timer !== undefined || nowMs() - known < everyMs)) return known;
  const now = nowMs();
  shown.set(everyMs, now);
  return now;
}
