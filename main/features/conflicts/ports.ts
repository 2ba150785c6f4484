/** What the conflicts feature needs from the outside: whether what two trees hold merges. */
import type {
  CollidingView,
  CollisionReason,
  Collisions,
} from '../../../preload/contract/conflict-records.ts';
import type { TreeState } from '../worktrees/index.ts';

/** A file that collides, with all names that its collision is about: of a rename the old and the new. */
export interface ProvedCollision {
  readonly path: string;
  readonly reason: CollisionReason;
  readonly names: readonly string[];
  /** It collides because one side renamed a folder: the other need not have a name of it. */
  readonly isByFolder: boolean;
}

/** `reason` says in a sentence why nothing is known. */
export type Verdict =
  | {
      readonly isKnown: true;
      readonly collisions: Collisions;
      /** The first 2,000 of them, in order of path; the files of `collisions` are the first of these. */
      readonly proved: readonly ProvedCollision[];
    }
  | NotKnown;

export interface NotKnown {
  readonly isKnown: false;
  readonly reason: string;
}

/** What commits of a branch changed since it left its base, by path; a rename is a deletion and an addition. */
export type CommittedChanges = ReadonlyMap<string, 'added' | 'modified' | 'deleted'>;

export interface BranchAsk {
  readonly worktreePath: string;
  /** What is checked out: a full id. */
  readonly head: string;
  /** Where its work goes; where that ref is gone, the commit that it was made from counts. */
  readonly base: { readonly ref: string; readonly commit: string };
  readonly signal?: AbortSignal;
}

/** Two agents and their worktrees, in the same order. */
export interface TreePair {
  readonly agents: readonly [string, string];
  readonly worktreePaths: readonly [string, string];
}

/**
 * The proof is a merge in memory of what both trees are like on the disk. Nothing of the repository is changed, and no
 * program that its configuration names is run.
 */
export interface CollisionProof {
  /** A tree that may be asked about is like this now; `touched` since it was told last. At once, and cheap. */
  tell(worktreePath: string, state: TreeState, touched: 'all' | readonly string[]): void;
  /** It is not asked about any more; what was kept of it goes. */
  forget(worktreePath: string): void;
  /** Of two trees that were told; ranges and sides in that order. Throws only what the signal says. */
  between(ours: string, theirs: string, signal?: AbortSignal): Promise<Verdict>;
  /**
   * A file three ways, as both trees have it at this moment, committed or not; `path` from the root. One that merges now
   * has no hunks. Throws GIT_FAILED where nothing is known.
   */
  view(pair: TreePair, path: string, signal: AbortSignal): Promise<CollidingView>;
  /** Throws GIT_FAILED, also where both histories have nothing in common. */
  committed(ask: BranchAsk): Promise<CommittedChanges>;
  /** When the first of these files was written as far as the disk and the commits tell, Unix ms; undefined when they do not. */
  firstMs(ask: BranchAsk & { readonly paths: readonly string[] }): Promise<number | undefined>;
  /** Ends what runs, and takes all away that was made. */
  dispose(): Promise<void>;
}
