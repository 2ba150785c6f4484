/** The newest state of gates for work that goes on while it changes, and a wait for the next change. */
import type { Life } from '../../hub/feature.ts';
import { type GatesState, initialGates, type Run } from './slice.ts';

/** Under which every event of gates is told. */
export const gatesTopic = 'gates';

export class Board {
  private life: Life<GatesState> | undefined;
  private waiting: Array<() => void> = [];

  /** For as long as the hub lives. Effects run only after this. */
  attach(life: Life<GatesState>): void {
    this.life = life;
    life.onTopics((topics) => topics.includes(gatesTopic) && this.wake());
    life.own(() => this.wake());
  }

  state(): GatesState {
    return this.life?.state() ?? initialGates;
  }

  run(id: string): Run | undefined {
    return this.state().runs.byId.get(id);
  }

  /** Whoever waits looks again, first come first served. */
  wake(): void {
    const all = this.waiting;
    this.waiting = [];
    for (const go of all) go();
  }

  /** Resolves when anything of gates is another; rejects with the signal. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      this.waiting.push(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
    });
  }
}
