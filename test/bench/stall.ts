// How long the loop of this process stands still.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { median } from './load.ts';

/** The median of three, for a machine that does something else as well. */
export async function medianStall(work: () => Promise<unknown>): Promise<number> {
  const stalls: number[] = [];
  for (let round = 0; round < 3; round++) stalls.push(await longestStall(work));
  return median(stalls);
}

/**
 * Longest piece of this thread's own processor time between two turns, milliseconds: what the work itself keeps the loop from
 * others, without what other programs take of the machine.
 */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const usedMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let longestMs = 0;
  let lastMs = usedMs();
  const look = () => {
    const nowMs = usedMs();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  const timer = setInterval(look, 1);
  await work();
  look();
  clearInterval(timer);
  return longestMs;
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
