/** What the worktrees feature needs from the outside: eyes on the trees. */
import type { Dispose } from '../../base/disposable.ts';

export interface TreeChange {
  /** Against the commit that is checked out. `untracked`: git does not know it. */
  readonly kind: 'added' | 'modified' | 'deleted' | 'type-changed' | 'unmerged' | 'untracked';
  readonly isStaged: boolean;
}

export interface TreeState {
  /** The commit that is checked out; absent where there is none yet. */
  readonly head?: string;
  /** Absent when detached. */
  readonly branch?: string;
  /** By path from the root, with `/`, and read in order of path. A rename is two of them; a repository inside is one path. Never changed: a state of before stays as it was. */
  readonly changes: ReadonlyMap<string, TreeChange>;
  /** When it was so, Unix ms. */
  readonly atMs: number;
  /** `events`: the system tells of each change. `poll`: not of all of them, and it is looked at every 30 s; `reason` says why and what helps. */
  readonly seenBy: 'events' | 'poll';
  readonly reason?: string;
}

export interface TreeListener {
  /**
   * First as it is, then each time that something in it was written. `touched`: what that was; of `all`, anything may be.
   * What a path says may be the same as before: another line of a file that had changed already.
   */
  onState(state: TreeState, touched: 'all' | readonly string[]): void;
  /** It could not be read; it is tried again within 30 s. A code of `ENOENT`: its folder is gone. */
  onTrouble(error: unknown): void;
}

export interface Trees {
  /** Until disposed. Who comes to one that is followed already is told its state at once. Never throws: what goes wrong is told. */
  follow(worktreePath: string, listener: TreeListener): Dispose;
}
