// A clock that the test holds: nothing runs until the test says so.

import { type Clock, systemClock } from '../../main/base/clock.ts';

interface Due {
  readonly atMs: number;
  readonly fn: () => void;
}

/** The machine's clock as a process has it that may be killed: what was to fire by then does not. */
export function mortalClock(): Clock & { die(): void } {
  let isDead = false;
  const alive = (fn: () => void) => () => {
    if (!isDead) fn();
  };
  return {
    ...systemClock,
    schedule: (fn, delayMs) => systemClock.schedule(alive(fn), delayMs),
    soon: (fn) => systemClock.soon(alive(fn)),
    die: () => {
      isDead = true;
    },
  };
}

export class TestClock implements Clock {
  private wallMs = 1_700_000_000_000;
  private monotonicMs = 0;
  /** In the order of scheduling: what falls due together runs in that order. */
  private readonly due = new Set<Due>();
  private readonly soonQueue = new Set<Due>();

  now(): number {
    return this.wallMs;
  }

  elapsed(): number {
    return this.monotonicMs;
  }

  schedule(fn: () => void, delayMs: number): () => void {
    const one = { atMs: this.monotonicMs + delayMs, fn };
    this.due.add(one);
    return () => this.due.delete(one);
  }

  soon(fn: () => void): () => void {
    const one = { atMs: this.monotonicMs, fn };
    this.soonQueue.add(one);
    return () => this.soonQueue.delete(one);
  }

  /** Ends the turn: runs what was queued by `soon`, and what that queues. Returns how many ran. */
  flush(): number {
    let ran = 0;
    for (const one of this.soonQueue) {
      this.soonQueue.delete(one);
      one.fn();
      ran += 1;
    }
    return ran;
  }

  /** Moves on, firing in the order of deadlines; each firing is a turn of its own. */
  advance(byMs: number): void {
    const endMs = this.monotonicMs + byMs;
    for (let next = this.next(endMs); next !== undefined; next = this.next(endMs)) {
      this.due.delete(next);
      this.move(next.atMs);
      next.fn();
      this.flush();
    }
    this.move(endMs);
  }

  /** Somebody sets the machine's clock: durations are as they were. */
  setWall(atMs: number): void {
    this.wallMs = atMs;
  }

  /** Delays from now of what is scheduled, shortest first. */
  pending(): number[] {
    return [...this.due].map((one) => one.atMs - this.monotonicMs).sort((a, b) => a - b);
  }

  private move(toMs: number): void {
    const byMs = Math.max(0, toMs - this.monotonicMs);
    this.wallMs += byMs;
    this.monotonicMs += byMs;
  }

  private next(endMs: number): Due | undefined {
    const ripe = [...this.due].filter((one) => one.atMs <= endMs);
    return ripe.sort((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Lets everything go on that waits for nothing but its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Turns of the loop until nothing is queued any more. */
export async function settle(clock: TestClock): Promise<void> {
  do await turn();
  while (clock.flush() > 0);
}

/** The system's clock, a hundred times as fast: half a minute is 300 ms. */
export const fastClock: Clock = {
  now: () => systemClock.now(),
  elapsed: () => systemClock.elapsed() * 100,
  schedule: (fn, delayMs) => systemClock.schedule(fn, delayMs / 100),
  soon: (fn) => systemClock.soon(fn),
};
