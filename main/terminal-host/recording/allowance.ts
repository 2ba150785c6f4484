/** How much output may be recorded now: a burst, and a steady rate after it. */
import type { Clock } from '../../base/clock.ts';
import { burstBytes, resumeBytes, steadyBytesPerSecond } from './limits.ts';

export class Allowance {
  private readonly clock: Clock;
  private leftBytes: number;
  private atMs: number;

  constructor(clock: Clock, leftBytes = burstBytes) {
    this.clock = clock;
    this.leftBytes = Math.min(burstBytes, leftBytes);
    this.atMs = clock.elapsed();
  }

  get left(): number {
    this.refill();
    return this.leftBytes;
  }

  /** False when so much is too much; then nothing of it is taken. */
  take(bytes: number): boolean {
    this.refill();
    if (bytes > this.leftBytes) return false;
    this.leftBytes -= bytes;
    return true;
  }

  /** Until it is worth going on. */
  waitMs(): number {
    this.refill();
    return (Math.max(0, resumeBytes - this.leftBytes) / steadyBytesPerSecond) * 1000 + 1;
  }

  private refill(): void {
    const nowMs = this.clock.elapsed();
    const more = ((nowMs - this.atMs) / 1000) * steadyBytesPerSecond;
    this.leftBytes = Math.min(burstBytes, this.leftBytes + more);
    this.atMs = nowMs;
  }
}
