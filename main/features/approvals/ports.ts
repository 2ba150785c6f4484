/** What approvals need from git. Nothing here decides; everything throws the errors that it names. */
import type { Advance } from '../../../preload/contract/approval-outcomes.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type {
  ChangedFile,
  Picture,
  Pin,
  Place,
  UnpublishedSubmodule,
} from '../../../preload/contract/change-facts.ts';
import type { EffectContext } from '../../hub/feature.ts';
import type { Delegation } from './delegation/settings.ts';

export type { BranchAsk, Branches, BranchFacts, MergePreviews } from './lifecycle/ports.ts';

export interface RequestFacts {
  readonly pin: Pin;
  /** First line of the commit message. */
  readonly subject: string;
  /** At most 200. */
  readonly files: ChangedFile[];
  readonly fileCount: number;
  readonly additions: number;
  readonly deletions: number;
  readonly commitCount: number;
  /** Absent of what is on no branch. */
  readonly place?: Place;
  /** Of the open requests that were told, those that share no commit with this one. */
  readonly beside?: readonly string[];
  /** What this story brings was asked for. */
  readonly story?: string;
  /** A rule may approve it. */
  readonly considering?: true;
}

/** A request that can still be decided. */
export interface OpenRequest {
  readonly approval: string;
  readonly pin: Pin;
}

/** How a range stands to its target as that is now. */
export interface RangeFit {
  /** The target does not have what comes before it: it is put on top by itself. */
  readonly isApart: boolean;
  /** Why that is not possible now. */
  readonly unfit?: WireError;
}

/** What a name in a tree stands for. */
export type FileKind = 'file' | 'executable' | 'symlink' | 'submodule' | 'other';

/** One name that differs between two commits; a rename is there by both its names. Untrusted text. */
export interface TreeChange {
  readonly path: string;
  /** Absent on the side where there is none. */
  readonly before?: FileKind;
  readonly after?: FileKind;
}

/** What a yes has to know of the target, and of what else goes there. */
export interface ApproveFacts {
  /** Folder whose files would have to move along, when nobody said that they may. */
  readonly checkedOutIn?: string;
  /** How it is merged where the yes does not say. */
  readonly strategy: MergeStrategy;
  /** See `RangeFit`. */
  readonly isApart?: boolean;
  /** Approvals whose commits this one contains, and those whose commits contain it. */
  readonly after: readonly string[];
  readonly ahead: readonly string[];
}

/** What config files say of merges. */
export interface ReviewSettings {
  readonly strategy: MergeStrategy;
  /** Remote that a target is pushed to after a merge. */
  readonly push: string | undefined;
  /** After so many days a request that nobody decided is withdrawn; undefined: never. */
  readonly expireDays: number | undefined;
  readonly delegation: Delegation;
  /** What is approved by its story may bring the files of a clean checkout along. */
  readonly storyCheckout: boolean;
}

/** What an agent of a target works on. */
export interface TargetAgent {
  readonly agent: string;
  readonly branch: string;
  /** Absent where there is none yet. */
  readonly worktreePath?: string | undefined;
}

export interface MergeFacts {
  /** The commit that the target holds by this merge. */
  readonly mergeCommit: string;
  readonly checkoutUpdated: boolean;
  /** What the target held before; absent where somebody else's merge brought the commit. */
  readonly from?: string;
  /** What the target got, newest first, at most 250. */
  readonly commits?: string[];
}

export interface CommitLine {
  readonly commit: string;
  readonly subject: string;
  readonly author: string;
  readonly atMs: number;
}

/** Untrusted text. Cut at a file boundary when larger than 4 MiB. */
export interface ShownChange {
  readonly patch: string;
  readonly truncated: boolean;
  readonly files: readonly ChangedFile[];
}

export interface Pictures {
  readonly before?: Picture;
  readonly after?: Picture;
}

/** What a merge would ask of the submodules of everybody. */
export interface SubmoduleFacts {
  readonly unpublished: UnpublishedSubmodule[];
  /** Changed ones that could not be looked at in time. */
  readonly unchecked: number;
}

/** What a merge leads to, before anything moves. */
export interface MergeResult {
  readonly commit: string;
  /** Where the target is. */
  readonly from: string;
}

/** What it throws ends the merge; quick, for nothing else is merged meanwhile. */
export type ResultCheck = (result: MergeResult) => Promise<void>;

export interface PassAsk {
  readonly approval: string;
  readonly target: string;
  readonly ctx: Pick<EffectContext, 'dispatch' | 'signal'>;
}

export interface MergeGates {
  /**
   * Merges by `work`, which must call the check it is given: where a required gate has not passed on what it leads to, `work` ends by what the
   * check throws, and is called again once all have. Throws GATES_FAILED, GATES_OVERTAKEN, GATES_UNREADABLE; then nothing was merged.
   */
  pass<T>(ask: PassAsk, work: (check: ResultCheck) => Promise<T>): Promise<T>;
}

/** Whatever takes a signal ends with it, and leaves nothing half done. */
export interface Review {
  /**
   * Verifies that `commit` exists, is on the agent's branch and brings something to `target`, and says what it is. With `from` it
   * is only about the commits after that one, with `only` about `commit` alone; where the target has what comes before, that is the
   * whole branch. Throws COMMIT_UNKNOWN, COMMIT_AMBIGUOUS, COMMIT_NOT_YOURS, COMMIT_ON_TARGET, COMMIT_EMPTY, COMMIT_UNRELATED,
   * TARGET_UNKNOWN, FROM_NOT_ANCESTOR, RANGE_EMPTY, RANGE_HAS_MERGE.
   */
  examine(ask: {
    agent: string;
    branch: string;
    commit: string;
    from?: string | undefined;
    only?: boolean;
    target: string;
    /** Requests that it may have nothing in common with. */
    open?: readonly OpenRequest[];
    signal?: AbortSignal;
  }): Promise<RequestFacts>;
  /** Keeps the commit reachable under `refs/musher/approvals/<id>`, whatever happens to branches. Idempotent. */
  pin(approval: string, commit: string): Promise<void>;
  /**
   * Removes the pins of approvals that are not remembered, where a branch, tag, worktree or snapshot holds the commit as
   * well, or the commit is older than 90 days. All or none of them; resolves with the approvals whose pins went.
   * `isRemembered` is asked once the pins are listed: one that was set a moment ago is known by then.
   */
  sweepPins(ask: {
    isRemembered: (approval: string) => boolean;
    signal?: AbortSignal;
  }): Promise<string[]>;
  /** The patch of a pin. Its hash is checked against the pin; throws APPROVAL_MOVED when it differs. */
  diff(ask: { approval: string; pin: Pin; signal?: AbortSignal }): Promise<ShownChange>;
  /** What one commit of a pin changes by itself, to its first parent. Throws COMMIT_UNKNOWN, COMMIT_AMBIGUOUS, COMMIT_NOT_ASKED. */
  alone(ask: {
    approval: string;
    pin: Pin;
    commit: string;
    signal?: AbortSignal;
  }): Promise<ShownChange & { alone: CommitLine & { additions: number; deletions: number } }>;
  /** The commits of a pin, and around them those of its branch that it does not ask for, newest first, at most 250 each. */
  commits(ask: { pin: Pin; branch?: string | undefined; signal?: AbortSignal }): Promise<{
    commits: CommitLine[];
    earlier: CommitLine[];
    later: CommitLine[];
  }>;
  /** Whether the target gets exactly what a range shows, were it merged now. Throws TARGET_UNKNOWN. */
  fits(ask: { pin: Pin; signal?: AbortSignal }): Promise<RangeFit>;
  /** Every name that differs between two commits, without looking for renames. Names that are no UTF-8 have U+FFFD in them. */
  changes(ask: { from: string; to: string; signal?: AbortSignal }): Promise<TreeChange[]>;
  /** What a binary file of the diff shows on each side, where that is a picture of a bearable size. */
  pictures(ask: { pin: Pin; path: string; signal?: AbortSignal }): Promise<Pictures>;
  /** Which submodules the pin moves to commits that no remote is known to have. Asks no remote. */
  submodules(ask: { pin: Pin; agent: string; signal?: AbortSignal }): Promise<SubmoduleFacts>;
  /** How the target stands now. `checkout` is there when some worktree has the target checked out. */
  target(ask: {
    pin: Pin;
    signal?: AbortSignal;
  }): Promise<{ moved: boolean; checkout?: { path: string; clean: boolean } }>;
  /**
   * Of some approvals whose commits are kept by `pin`, those whose commit is in the history of `commit`, and those whose
   * history `commit` is in; not those of the very same commit.
   */
  related(ask: { commit: string; among: readonly string[]; signal?: AbortSignal }): Promise<{
    contained: string[];
    containing: string[];
  }>;
  /**
   * Keeps the commit as `pin` does, merges exactly `pin.commit` into `pin.target` by the strategy and moves the branch by
   * compare-and-swap; a target that moved meanwhile is tried again, three times in all. The tree that the target gets is that of
   * a merge of both, by any strategy; of a range whose beginning it does not have, its own with exactly the change that was
   * shown. Idempotent: what is on the target already, by itself or by the result of a merge that a crash cut off, is reported
   * as merged. Throws MERGE_CONFLICTED, REBASE_CONFLICTED (details.files), REBASE_UNFIT, RANGE_CONFLICTED (details.files),
   * RANGE_UNFIT, RANGE_STRATEGY, NOT_FORWARD, COMMIT_EMPTY,
   * TARGET_MOVED, TARGET_CHECKED_OUT, TARGET_DIRTY, TARGET_UNKNOWN, GIT_FAILED; the target is then untouched.
   */
  merge(ask: {
    approval: string;
    pin: Pin;
    title: string;
    agent: string;
    updateCheckout: boolean;
    /** Told of what it leads to, before anything moves; what it throws ends the merge. */
    check?: ResultCheck | undefined;
    strategy: MergeStrategy;
    /** For the trailers: number of the event that approved it, the rule by which, and the story that it merges. */
    event?: number;
    rule?: string | undefined;
    story?: string | undefined;
    signal?: AbortSignal;
  }): Promise<MergeFacts>;
  /** Lets go of what a merge noted for the case of a crash, once its outcome is in the log. Idempotent. */
  forgetResult(approval: string): Promise<void>;
  /**
   * Makes a commit on top of the target that takes back what came by a merge, of objects alone, and says what it is. Throws
   * UNDO_LOST, UNDO_EMPTY, UNDO_CONFLICTED (details.files), TARGET_UNKNOWN.
   */
  revert(ask: {
    approval: string;
    title: string;
    /** Title of the new approval. */
    subject: string;
    pin: Pin;
    mergeCommit: string;
    /** What the target held before; default what the merge commit or the pin says. */
    from?: string | undefined;
    signal?: AbortSignal;
  }): Promise<RequestFacts>;
  /**
   * Pushes a commit to the branch of that name, never by force, within two minutes, without asking anybody for anything. A remote
   * that has it already is fine. Throws PUSH_REJECTED, PUSH_HOOK_REFUSED, PUSH_FAILED.
   */
  push(ask: {
    approval: string;
    remote: string;
    target: string;
    commit: string;
    signal?: AbortSignal;
  }): Promise<void>;
  /** What a target got between two of its commits, and which of it each agent changed as well, committed or not. */
  advance(ask: {
    target: string;
    from: string;
    to: string;
    agents: readonly TargetAgent[];
    signal?: AbortSignal;
  }): Promise<Advance>;
}
