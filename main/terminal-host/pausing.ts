/** Whether the program of one terminal is held. Who asks waits for who asked before. */
import { type PausedState, type PausedTree, pausedTree, pauseTree } from './pause-tree.ts';

export class Pausing {
  private readonly whose: { readonly pid: number; readonly mark: string };
  private tree: PausedTree | undefined;
  private turn: Promise<void> = Promise.resolve();
  private turns = 0;

  /** `held`: it is so already. */
  constructor(whose: { readonly pid: number; readonly mark: string }, held?: PausedState) {
    this.whose = whose;
    this.tree = held && pausedTree(whose, held);
  }

  /** It is just being held, or let go on. */
  get isBusy(): boolean {
    return this.turns > 0;
  }

  get state(): PausedState | undefined {
    return this.tree?.state;
  }

  get isPaused(): boolean {
    return this.tree !== undefined;
  }

  /** Throws PAUSE_UNSUPPORTED. */
  pause(): Promise<void> {
    return this.inTurn(async () => {
      this.tree ??= await pauseTree(this.whose);
    });
  }

  resume(): Promise<void> {
    return this.inTurn(async () => {
      await this.tree?.resume();
      this.tree = undefined;
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turns += 1;
    const done = this.turn.then(work).finally(() => {
      this.turns -= 1;
    });
    this.turn = done.catch(() => undefined);
    return done;
  }
}
