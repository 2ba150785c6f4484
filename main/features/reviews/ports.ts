/** What reviews need from git. All of it is read from commits and trees, never from a worktree. */
import type { ChangedFile, Pin } from '../../../preload/contract/change-facts.ts';
import type { CommitDoubt } from '../../../preload/contract/commit-doubt.ts';
import type { ReviewPlace } from '../../../preload/contract/reviews.ts';

/** A run of lines that was replaced. Starts are from 1; with a count of 0, the line after which it happened. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

export interface FileHunks {
  /** What the file is called in the newer commit; undefined where it is there no more. */
  readonly newPath: string | undefined;
  /** In order, without context. A file whose lines cannot be compared (binary) has `isOpaque`. */
  readonly hunks: readonly Hunk[];
  readonly isOpaque?: boolean;
}

export interface Ask {
  readonly signal?: AbortSignal;
}

export interface SinceFacts {
  readonly how: 'same-base' | 'rebased' | 'conflicts';
  readonly patch: string;
  readonly truncated: boolean;
  /** At most 200. */
  readonly files: ChangedFile[];
  /** All of them. */
  readonly paths: string[];
  readonly additions: number;
  readonly deletions: number;
}

/** Whatever takes a signal ends with it. All throw GIT_FAILED where a commit is gone. */
export interface ReviewDiffs {
  /**
   * The lines at each place, at most `maxQuotedLines` of `maxQuotedChars` each, in the order asked; none for a place without
   * lines. Undefined for a place that is not there: no such file, or fewer lines.
   */
  quote(
    ask: Ask & { readonly pin: Pin; readonly places: readonly ReviewPlace[] },
  ): Promise<ReadonlyArray<readonly string[] | undefined>>;
  /** What `pin` changes beyond `before`: the difference of the two results, both on the base of `pin`. */
  since(ask: Ask & { readonly before: Pin; readonly pin: Pin }): Promise<SinceFacts>;
  /** The hunks between two commits, without context, by old path; files that are equal are left out. */
  hunks(
    ask: Ask & {
      readonly from: string;
      readonly to: string;
      readonly paths: readonly string[];
    },
  ): Promise<ReadonlyMap<string, FileHunks>>;
  /** The section of one file in the diff of the pin, or in what it changes beyond `before`, with so many unchanged lines around each change. */
  file(
    ask: Ask & {
      readonly pin: Pin;
      readonly before?: Pin | undefined;
      readonly path: string;
      readonly oldPath?: string | undefined;
      readonly lines: number;
    },
  ): Promise<{ patch: string; truncated: boolean }>;
  /** What is wrong with a commit that is said to be on a branch; undefined where nothing is. */
  doubt(
    ask: Ask & { readonly commit: string; readonly branch: string },
  ): Promise<CommitDoubt | undefined>;
  /** Paths that the base's own `.gitattributes` call generated (`linguist-generated`), of those that the pin changes. */
  generated(ask: Ask & { readonly pin: Pin }): Promise<string[]>;
}
