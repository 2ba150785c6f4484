// How long the loop of this process stands still.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { median } from './load.ts';

/** The median of three, for a machine that does something else as well. */
export async function medianStall(work: () => Promise<unknown>): Promise<number> {
  const stalls: number[] = [];
  for (let round = 0; round < 3; round++) stalls.push(await longestStall(work));
  return median(stalls);
}

/** Longest time between two turns while the work is done, beyond the timer's own millisecond. */
export async function longestStall(work: () => Promise<unknown>): Promise<number> {
  // What was left behind before is not this work's.
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  // A stall that has just ended is counted by the next tick.
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return Math.max(0, delay.max / 1e6 - 1);
}
