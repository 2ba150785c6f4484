// A clock that stands still until the test moves it.

import type { Clock } from '../../../main/base/clock.ts';

interface Due {
  readonly atMs: number;
  readonly fn: () => void;
}

export class ManualClock implements Clock {
  private nowMs = 1_700_000_000_000;
  private readonly due = new Set<Due>();

  now(): number {
    return this.nowMs;
  }

  elapsed(): number {
    return this.nowMs;
  }

  schedule(fn: () => void, delayMs: number): () => void {
    const one = { atMs: this.nowMs + delayMs, fn };
    this.due.add(one);
    return () => this.due.delete(one);
  }

  soon(fn: () => void): () => void {
    return this.schedule(fn, 0);
  }

  /** What is scheduled, as delays from now. */
  delays(): number[] {
    return [...this.due].map((one) => one.atMs - this.nowMs).sort((a, b) => a - b);
  }

  /** Moves on, running what falls due in its order. */
  advance(byMs: number): void {
    const endMs = this.nowMs + byMs;
    for (let next = this.nextUntil(endMs); next !== undefined; next = this.nextUntil(endMs)) {
      this.due.delete(next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.fn();
    }
    this.nowMs = endMs;
  }

  private nextUntil(endMs: number): Due | undefined {
    const ripe = [...this.due].filter((one) => one.atMs <= endMs);
    return ripe.sort((a, b) => a.atMs - b.atMs)[0];
  }
}
