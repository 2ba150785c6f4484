/**
 * A machine that slept is known by its clock, on every system and in both hosts: far more time has passed since the last look than lies
 * between two. A clock that was set forward looks the same, and means the same: nobody worked in that time.
 */
import type { Life } from '../../hub/feature.ts';
import type { WatchdogState } from './slice.ts';

/** So much more than what lies between two looks, milliseconds: below it, it is a machine that is busy. */
const asleepMs = 90_000;

/** Tells the log first, before anything is decided by a time that nobody worked in. */
export type CheckSleep = () => Promise<void>;

/** `everyMs`: it is checked so often at least. `onSlept`: what was seen before says nothing any more. */
export function watchSleep(
  life: Life<WatchdogState>,
  { everyMs, onSlept }: { readonly everyMs: number; readonly onSlept: () => void },
): CheckSleep {
  let seenMs = life.clock.now();
  return async () => {
    const [fromMs, toMs] = [seenMs, life.clock.now()];
    seenMs = toMs;
    if (toMs - fromMs < everyMs + asleepMs) return;
    onSlept();
    await life.system({ type: 'watchdog.wake', data: { fromMs, toMs } });
  };
}
