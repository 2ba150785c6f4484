/** What the lifecycle of requests needs from git. Whatever takes a signal ends with it. */
import type { Pin } from '../../../../preload/contract/change-facts.ts';
import type { Preview } from '../../../../preload/contract/approval-lifecycle.ts';
import type { Dispose } from '../../../base/disposable.ts';

export interface Branches {
  /**
   * Tells at once and whenever a branch may be at another commit, or gone: by events of the disk, and every 30 s where those do not
   * come. Nothing runs while no ref moves. `branches` is asked anew each time. Never throws.
   */
  watch(branches: () => readonly string[], onMoved: (branch: string) => void): Dispose;
  /** Of those whose branch is not at `known` any more. Starts git once where all are. */
  look(asks: readonly BranchAsk[], signal?: AbortSignal): Promise<BranchFacts[]>;
}

export interface BranchAsk {
  readonly approval: string;
  readonly branch: string;
  readonly commit: string;
  readonly target: string;
  /** Where the branch was last. */
  readonly known: string;
}

export interface BranchFacts {
  readonly approval: string;
  readonly branch: string;
  /** Absent where there is no such branch. */
  readonly tip?: string;
  /** It has the commit, as its newest or below others. */
  readonly holds: boolean;
  /** How many lie on top of it that the target has not. */
  readonly newer: number;
}

export interface MergePreviews {
  /**
   * What a merge of the pin would come to as the target stands now, from objects alone; remembered by where the target is and the
   * commit. Throws TARGET_UNKNOWN, COMMIT_UNKNOWN, COMMIT_UNRELATED, RANGE_UNFIT.
   */
  preview(ask: { pin: Pin; signal?: AbortSignal }): Promise<Omit<Preview, 'approval'>>;
}
