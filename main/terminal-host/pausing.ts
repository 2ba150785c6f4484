/** Whether the program of one terminal is held. Who asks waits for who asked before. */
import { type PausedTree, pauseTree } from './pause-tree.ts';

export class Pausing {
  private readonly whose: { readonly pid: number; readonly mark: string };
  private tree: PausedTree | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(whose: { readonly pid: number; readonly mark: string }) {
    this.whose = whose;
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
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
