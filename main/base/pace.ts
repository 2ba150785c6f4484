/** Long work cut into steps, so that whatever else waits for the loop is served in between. */
import type { Clock } from './clock.ts';

/** What all who share a pace may take of one turn of the loop, milliseconds: half a frame. */
export const turnBudgetMs = 8;

/** Of a microsecond or two each. */
const itemsInStep = 1_000;

interface Step {
  run(): void;
}

/** One budget for all who share it. A step that began is not cut: each should be short by itself. */
export class Pace {
  private readonly clock: Clock;
  private readonly budgetMs: number;
  private beganMs: number;
  private isScheduled = false;
  private readonly waiting: Step[] = [];

  constructor(clock: Clock, budgetMs = turnBudgetMs) {
    this.clock = clock;
    this.budgetMs = budgetMs;
    this.beganMs = clock.elapsed();
  }

  /** Does it at once while there is time left in this turn, else in a later one, in the order of asking. */
  step<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        run() {
          try {
            resolve(work());
          } catch (error) {
            reject(error);
          }
        },
      });
      if (!this.isScheduled) this.go();
    });
  }

  /** Those that fit, in their order; so many at a time that a step stays short. */
  async filter<T>(items: Iterable<T>, fits: (item: T) => boolean): Promise<T[]> {
    const all = [...items];
    const found: T[] = [];
    for (let at = 0; at < all.length; at += itemsInStep)
      await this.step(() => {
        for (const item of all.slice(at, at + itemsInStep)) if (fits(item)) found.push(item);
      });
    return found;
  }

  private go(): void {
    while (this.waiting.length > 0 && this.clock.elapsed() - this.beganMs < this.budgetMs)
      this.waiting.shift()?.run();
    if (this.waiting.length === 0) return;
    this.isScheduled = true;
    this.clock.soon(() => {
      this.isScheduled = false;
      this.beganMs = this.clock.elapsed();
      // One at least, however slow the machine.
      this.waiting.shift()?.run();
      this.go();
    });
  }
}
