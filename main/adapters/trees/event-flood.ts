/**
 * Linux keeps so many events for one process and drops what comes beyond, of whichever tree, without a word to us. As many as
 * three quarters of that in one turn of the loop count as too many: something may be lost, and everything is to be looked at, once
 * the flood is over. The tree that it is of is looked at meanwhile, and does not wait for all the others.
 */
import { readFile } from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';

/** What Linux keeps where nobody set it otherwise. */
const usual = 16_384;
/** From the last flood to the look at everything, milliseconds. */
const restMs = 1_000;

export class EventFlood {
  private readonly clock: Clock;
  private readonly onLost: () => void;
  private most = usual * 0.75;
  private counted = 0;
  private cancel = (): void => undefined;

  constructor(clock: Clock, onLost: () => void) {
    this.clock = clock;
    this.onLost = onLost;
    void this.readMost();
  }

  count(): void {
    if (this.counted === 0)
      this.clock.soon(() => {
        this.counted = 0;
      });
    if (++this.counted !== this.most) return;
    this.cancel();
    this.cancel = this.clock.schedule(this.onLost, restMs);
  }

  /** Nobody is left to be looked at; counting goes on when somebody comes. */
  rest(): void {
    this.cancel();
  }

  private async readMost(): Promise<void> {
    const file = '/proc/sys/fs/inotify/max_queued_events';
    const kept = Number(await readFile(file, 'utf8').catch(() => usual));
    if (kept > 0) this.most = Math.ceil(kept * 0.75);
  }
}
