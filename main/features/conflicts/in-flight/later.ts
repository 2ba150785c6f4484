/** Pairs that are to be looked at again at a time, one time for each. */
import type { Clock } from '../../../base/clock.ts';

export class Later {
  private readonly clock: Clock;
  private readonly planned = new Map<string, { readonly cancel: () => void; tries: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** In place of what was planned for it. `tries`: how many looks in vain there were. */
  plan(
    key: string,
    at: { readonly delayMs: number; readonly tries: number },
    fn: () => void,
  ): void {
    this.planned.get(key)?.cancel();
    const cancel = this.clock.schedule(fn, Math.max(0, at.delayMs));
    this.planned.set(key, { cancel, tries: at.tries });
  }

  triesOf(key: string): number {
    return this.planned.get(key)?.tries ?? 0;
  }

  forget(key: string): void {
    this.planned.get(key)?.cancel();
    this.planned.delete(key);
  }

  dispose(): void {
    for (const key of [...this.planned.keys()]) this.forget(key);
  }
}
