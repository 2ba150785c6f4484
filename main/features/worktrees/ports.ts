/** What the worktrees feature needs from the outside: eyes on the trees, and hands for what became of them. */
import type { TreeCounts, TreeSize } from '../../../preload/contract/worktree-commands.ts';
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

/** One place where a worktree of this repository is, was, or looks to be; nothing is said here of agents. */
export interface FoundTree {
  readonly path: string;
  /** As of a row of the list; `linked` is one that git and its folder agree on. */
  readonly kind:
    | 'main'
    | 'linked'
    | 'missing'
    | 'moved'
    | 'forgotten'
    | 'pool'
    | 'integration'
    | 'trash'
    | 'folder';
  /** Of a moved one: where git looks for it, unless that is here. */
  readonly wasAt?: string;
  readonly why?: string;
  readonly branch?: string;
  readonly head?: string;
  readonly locked?: string;
  /** For whom Musher made it, by its own note in the git folder. */
  readonly madeFor?: string;
  /** Of this very thing: another as soon as its kind, place, branch or commit is another. */
  readonly id: string;
}

export interface Measure {
  /** The commit of the target; undefined where there is none. */
  readonly base?: string;
  readonly hasRemote: boolean;
}

/** What is done with worktrees beside making one for an agent and taking it away. */
export interface Upkeep {
  /** Folder that Musher makes worktrees in. */
  readonly worktreesFolder: string;
  /** All that git knows, all in the folder of worktrees, and what is at `near`. Starts git once. */
  survey(ask: { near: readonly string[]; signal?: AbortSignal }): Promise<readonly FoundTree[]>;
  /** What commits are counted against; once for all of a list. */
  measure(target: string, signal?: AbortSignal): Promise<Measure>;
  /** Throws what git says. `isFiles`: its changed paths are counted too, which reads the whole tree. */
  count(ask: {
    tree: Pick<FoundTree, 'path' | 'head'>;
    measure: Measure;
    isFiles: boolean;
    signal?: AbortSignal;
  }): Promise<TreeCounts>;
  /** Tells git where a worktree stands that was moved. Throws WORKTREE_UNKNOWN where that cannot be, GIT_FAILED. */
  repoint(path: string, signal?: AbortSignal): Promise<void>;
  /** The newest snapshot of an agent on this branch; `isOfTip`: taken on the commit that the branch has now. */
  newestSnapshot(ask: {
    agent: string;
    branch: string;
    signal?: AbortSignal;
  }): Promise<{ readonly ref: string; readonly isOfTip: boolean } | undefined>;
  /**
   * Takes away what has this id there, after its files were kept under `keepAs`. What is gone already is no failure. Throws
   * WORKTREE_CHANGED, WORKTREE_BUSY, SNAPSHOT_FAILED, with nothing removed.
   */
  remove(ask: {
    tree: Pick<FoundTree, 'path' | 'id'>;
    keepAs: string;
    /** Of one that stands: called once its files are kept. Where it throws, nothing is removed. */
    onKept?: () => Promise<void>;
    signal?: AbortSignal;
  }): Promise<{ readonly snapshotRef?: string; readonly isGone: boolean }>;
  /** Undefined where nothing is. Ends within 20 s, with what it has then. */
  size(path: string, signal?: AbortSignal): Promise<TreeSize | undefined>;
}

/** A worktree that stands ready for an agent to come, detached. */
export interface PoolMember {
  readonly path: string;
  /** Of its folder, which no agent can have. */
  readonly name: string;
  /** That is checked out; empty where that is not known. */
  readonly commit: string;
  /** Made to its end. One that is not is of no use. */
  readonly isReady: boolean;
  /** A file that it was given from the operator's checkout is another one there by now. */
  readonly isStale: boolean;
  /** What was noted of the commands that have run in it. */
  readonly setUpAs?: string;
}

/** Worktrees that stand ready. What is on the disk is all there is to know. One call after another. */
export interface Pool {
  list(signal?: AbortSignal): Promise<readonly PoolMember[]>;
  /** Throws BASE_UNKNOWN, REPOSITORY_EMPTY. */
  commitOf(base: string, signal?: AbortSignal): Promise<string>;
  /** A new one at this commit, with what `.worktreeinclude` names; not ready yet. Its path. */
  make(commit: string, signal?: AbortSignal): Promise<string>;
  /** Checks out another commit; it is not ready then. */
  bringTo(path: string, commit: string, signal?: AbortSignal): Promise<void>;
  /** From now on it may be taken. `as`: what has set it up. */
  finish(path: string, as?: string): Promise<void>;
  /** Its files are kept as before any removal. One that was taken meanwhile is left. */
  remove(path: string, signal?: AbortSignal): Promise<void>;
}
