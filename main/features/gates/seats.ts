/** The checkouts that gates run in: so many run at once, each alone in its own. */
import { hasEnded } from '../../../preload/contract/gate-verdict.ts';
import type { Board } from './board.ts';
import { activeRuns } from './slice.ts';

export class Seats {
  private readonly board: Board;
  /** How many there are now; it may change. */
  private readonly count: () => number;
  private readonly taken = new Set<number>();

  constructor(board: Board, count: () => number) {
    this.board = board;
    this.count = count;
  }

  /** Waits for a free one; undefined when the run is over before its turn came. What ran already has the one that it ran in. */
  async take(run: string, signal: AbortSignal): Promise<number | undefined> {
    for (;;) {
      const known = this.board.run(run);
      if (known === undefined || hasEnded(known)) return undefined;
      const slot = known.slot ?? this.free();
      if (slot !== undefined && !this.taken.has(slot)) {
        this.taken.add(slot);
        return slot;
      }
      await this.board.changed(signal);
    }
  }

  leave(slot: number): void {
    this.taken.delete(slot);
    this.board.wake();
  }

  /** After a restart others may run that have not come for theirs yet. */
  private free(): number | undefined {
    const used = new Set([
      ...this.taken,
      ...activeRuns(this.board.state()).map(({ slot }) => slot),
    ]);
    const all = Array.from({ length: this.count() }, (_, at) => at + 1);
    return all.find((slot) => !used.has(slot));
  }
}
