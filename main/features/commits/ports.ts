/** What commits need from git. Whatever takes a signal ends with it. */
import type {
  CommitFacts,
  LostCommits,
  StrayCommit,
} from '../../../preload/contract/commit-facts.ts';

export interface BranchMove {
  readonly agent: string;
  readonly branch: string;
  readonly from: string;
  readonly to: string;
  /** Branches whose commits are told there: the target, and those of other agents. One that is gone counts as nothing. */
  readonly others: readonly string[];
}

export interface MoveFacts {
  /** New ones that none of `others` has, oldest first, the newest 50. */
  readonly commits: CommitFacts[];
  /** Older new ones beyond these. */
  readonly more: number;
  /** What only `from` led to, kept by a ref from now on. */
  readonly lost?: LostCommits;
}

export interface CommitList {
  readonly base: string;
  readonly commits: Omit<CommitFacts, 'files'>[];
  readonly hasMore: boolean;
  readonly lost: { ref: string; commit: string; subject: string; committedMs: number }[];
}

export interface Commits {
  /**
   * What a move of an agent's branch brought, and what it left behind: that is kept under `refs/musher/lost/<agent>/`, the newest
   * 200 of an agent for 90 days. A `from` that is no commit any more counts as nothing. Idempotent.
   */
  moved(move: BranchMove & { signal?: AbortSignal }): Promise<MoveFacts>;
  /** Newest first. */
  list(ask: {
    agent: string;
    branch: string;
    base: { readonly ref: string; readonly commit: string };
    limit: number;
    signal?: AbortSignal;
  }): Promise<CommitList>;
  /**
   * Commits made in a worktree on something else than `branch` since `mark`, by its own reflog, and the mark for next time. Without a
   * mark: none, from now on. None while a rebase of `branch` is under way. A reflog that is not kept tells nothing.
   */
  strays(ask: {
    worktreePath: string;
    branch: string;
    /** The branch that is checked out; absent when detached. */
    current: string | undefined;
    mark: string | undefined;
  }): Promise<{ commits: StrayCommit[]; mark: string }>;
}
