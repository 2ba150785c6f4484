/** What snapshots need from outside: git, and what config files say. */
import type { ChangedFile } from '../../../preload/contract/change-facts.ts';
import type { Snapshot, SnapshotWhy } from '../../../preload/contract/snapshots.ts';

export interface KeptSnapshot {
  readonly snapshot: Snapshot;
  /** Of repositories inside it that are kept as well. */
  readonly keys: readonly string[];
}

export interface SnapshotDiff {
  readonly patch: string;
  readonly truncated: boolean;
  readonly files: readonly ChangedFile[];
  readonly fileCount: number;
  readonly additions: number;
  readonly deletions: number;
}

interface Callable {
  readonly signal?: AbortSignal | undefined;
}

interface RestoreWish extends Callable {
  /** Full id. */
  readonly commit: string;
  /** From the root; left out: all. */
  readonly paths?: readonly string[] | undefined;
}

export type RestoreAsk =
  /** Over what is in the agent's worktree. */
  | (RestoreWish & { readonly agent: string; readonly path: string })
  /** Into a new folder; `name`: part of the name that it has until it is whole. */
  | (RestoreWish & { readonly to: string; readonly name: string });

export interface Restored {
  readonly path: string;
  /** Written or removed. */
  readonly files: number;
  /** Repositories inside that were there already, and were left as they are. */
  readonly left: string[];
  /** What was there; absent in a new folder. */
  readonly before?: { readonly ref: string; readonly commit: string; readonly atMs: number };
}

/** All throw GIT_FAILED and its kin when git fails, and the signal's reason when called off. */
export interface Snapshots {
  /** Newest first; of one agent, or of all. */
  list(ask: { readonly agent?: string | undefined } & Callable): Promise<readonly KeptSnapshot[]>;
  /** The newest of that id, or of its first digits. Throws SNAPSHOT_UNKNOWN, SNAPSHOT_AMBIGUOUS and, for paths, SNAPSHOT_PATH_UNKNOWN. */
  find(
    ask: { readonly snapshot: string; readonly paths?: readonly string[] | undefined } & Callable,
  ): Promise<KeptSnapshot>;
  /**
   * Keeps what is in a worktree at this moment; `isNew` is false when the agent's newest snapshot has all of it. The worktree is
   * not touched, and no lock of it is needed. Throws SNAPSHOT_FAILED.
   */
  take(
    ask: {
      readonly agent: string;
      readonly worktreePath: string;
      readonly why: SnapshotWhy;
    } & Callable,
  ): Promise<{ readonly snapshot: Snapshot; readonly isNew: boolean }>;
  /** From the other side to the snapshot: a commit (undefined: no files), or a worktree as it is now. */
  diff(
    ask: {
      readonly of: string;
      readonly against:
        | { readonly commit: string | undefined }
        | { readonly agent: string; readonly path: string };
      readonly paths?: readonly string[] | undefined;
    } & Callable,
  ): Promise<SnapshotDiff>;
  /** Throws SNAPSHOT_TARGET_INVALID where no new folder can be made. */
  requireNew(to: string): Promise<void>;
  /**
   * Writes the files byte for byte, removes those that the snapshot has not, and stages what was staged when the same commit is
   * checked out. What is there is kept first. Throws SNAPSHOT_FAILED when it cannot be, SNAPSHOT_IN_WAY, SNAPSHOT_TARGET_INVALID,
   * RESTORE_FAILED. Asked again after a crash, it keeps what is there again, and ends the same.
   */
  restore(ask: RestoreAsk): Promise<Restored>;
  /** What these hold beyond branches and tags, in bytes on the disk. */
  sizeOf(
    ask: { readonly commits: readonly string[]; readonly keys: readonly string[] } & Callable,
  ): Promise<number>;
  /** Refs that hold something else by now stay. Idempotent. `agents`: all that there are. */
  forget(
    ask: {
      readonly refs: ReadonlyArray<{ readonly ref: string; readonly commit: string }>;
      readonly agents: readonly string[];
    } & Callable,
  ): Promise<void>;
}

/** What config files say, or the defaults. */
export interface SnapshotSettings {
  /** How often what changed is kept while an agent is at work; undefined: never by itself. */
  readonly everyMs: number | undefined;
  readonly keepAllDays: number;
  readonly keepDailyDays: number;
  readonly keepWeeklyDays: number;
  /** Of all of them together. */
  readonly maxBytes: number;
}

export interface SnapshotsPorts {
  readonly snapshots: Snapshots;
  readonly settings: () => SnapshotSettings;
}
