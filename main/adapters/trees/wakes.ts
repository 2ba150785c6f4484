/**
 * When to look: what comes close together is looked at together, one look at a time, and none is lost that comes while one runs.
 * A look that took long is followed by a rest as long, so that whoever writes without end costs half of a core at most.
 */
import type { Clock } from '../../base/clock.ts';

/** What comes so soon after the one before it belongs to it, milliseconds. */
export const settleMs = 40;
/** The first waits no longer, milliseconds. */
export const mostSettleMs = 200;
/** No rest is longer, milliseconds. */
const mostRestMs = 1_000;

export class Wakes {
  private readonly clock: Clock;
  /** Never rejects. */
  private readonly look: () => Promise<void>;
  private firstMs: number | undefined;
  private lastMs = 0;
  private restUntilMs = 0;
  private cancel: (() => void) | undefined;
  private cancelLater = (): void => undefined;
  private isLooking = false;
  private isOver = false;

  constructor(clock: Clock, look: () => Promise<void>) {
    this.clock = clock;
    this.look = look;
  }

  dispose(): void {
    this.isOver = true;
    this.cancel?.();
    this.cancelLater();
  }

  wake(): void {
    this.lastMs = this.clock.elapsed();
    this.firstMs ??= this.lastMs;
    this.arm();
  }

  /** Does it once after so many milliseconds; in place of what was to be done later before. */
  later(work: () => void, delayMs: number): void {
    this.cancelLater();
    if (!this.isOver) this.cancelLater = this.clock.schedule(work, delayMs);
  }

  /** What was to be done later is not needed any more. */
  notLater(): void {
    this.cancelLater();
  }

  /** One timer, however many wake: it looks at its end whether it is time. */
  private arm(): void {
    if (this.cancel !== undefined || this.isLooking || this.isOver || this.firstMs === undefined)
      return;
    const dueMs = Math.min(this.lastMs + settleMs, this.firstMs + mostSettleMs);
    const leftMs = Math.max(dueMs, this.restUntilMs) - this.clock.elapsed();
    this.cancel = this.clock.schedule(
      () => {
        this.cancel = undefined;
        if (this.isDue()) void this.go();
        else this.arm();
      },
      Math.max(0, leftMs),
    );
  }

  private isDue(): boolean {
    const { firstMs = 0, lastMs } = this;
    // Timers may be a millisecond early.
    const nowMs = this.clock.elapsed() + 1;
    return (
      nowMs >= this.restUntilMs && (nowMs >= lastMs + settleMs || nowMs >= firstMs + mostSettleMs)
    );
  }

  private async go(): Promise<void> {
    this.isLooking = true;
    this.firstMs = undefined;
    const beganMs = this.clock.elapsed();
    await this.look();
    const nowMs = this.clock.elapsed();
    this.restUntilMs = nowMs + Math.min(nowMs - beganMs, mostRestMs);
    this.isLooking = false;
    this.arm();
  }
}
