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

/** What commits changed, by path; a rename is a deletion and an addition. */
export type CommittedChanges = ReadonlyMap<string, 'added' | 'modified' | 'deleted'>;

/** A branch and where its work goes, since they parted. */
export interface BranchChanges {
  readonly own: CommittedChanges;
  /** What the target has that the branch has not; nothing where it is no branch, or gone. */
  readonly ahead: CommittedChanges;
}

export interface BranchAsk {
  readonly worktreePath: string;
  /** What is checked out: a full id. */
  readonly head: string;
  /** Where its work goes; where that ref is gone, the commit that it was made from counts. */
  readonly base: { readonly ref: string; readonly commit: string };
  readonly signal?: AbortSignal;
}

/** A side of a merge: a worktree as it is on the disk, by its path, or what a ref holds at that moment. */
export type MergeSide = string | { readonly ref: string };

/**
 * The proof is a merge in memory of what both are like. Nothing of the repository is changed, and no program that its
 * configuration names is run.
 */
export interface CollisionProof {
  /** A tree that may be asked about is like this now; `touched` since it was told last. At once, and cheap. */
  tell(worktreePath: string, state: TreeState, touched: 'all' | readonly string[]): void;
  /** It is not asked about any more; what was kept of it goes. */
  forget(worktreePath: string): void;
  /** Of trees that were told; ranges and sides in that order. Throws only what the signal says. */
  between(ours: string, theirs: MergeSide, signal?: AbortSignal): Promise<Verdict>;
  /**
   * A file three ways, as both have it at this moment, committed or not; `path` from the root. One side at least is a
   * worktree. One that merges now has no hunks. Throws GIT_FAILED where nothing is known.
   */
  view(
    sides: readonly [MergeSide, MergeSide],
    path: string,
    signal: AbortSignal,
  ): Promise<CollidingView>;
  /** Throws GIT_FAILED, also where both histories have nothing in common. */
  branchChanges(ask: BranchAsk): Promise<BranchChanges>;
  /** When the first of these files was written as far as the disk and the commits tell, Unix ms; undefined when they do not. */
  firstMs(ask: BranchAsk & { readonly paths: readonly string[] }): Promise<number | undefined>;
  /** Ends what runs, and takes all away that was made. */
  dispose(): Promise<void>;
}
