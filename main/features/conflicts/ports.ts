/** What the conflicts feature needs from the outside: proof by the trees themselves. */
import type { CollidingView } from '../../../preload/contract/conflict-records.ts';

/** Two agents and their worktrees, in the same order. */
export interface TreePair {
  readonly agents: readonly [string, string];
  readonly worktreePaths: readonly [string, string];
}

export interface CollisionProof {
  /**
   * A file three ways, as both trees have it at this moment, committed or not; `path` from the root. Throws MusherError: what git refuses,
   * or a tree that is not there.
   */
  view(pair: TreePair, path: string, signal: AbortSignal): Promise<CollidingView>;
}
