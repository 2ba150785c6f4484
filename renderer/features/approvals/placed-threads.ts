/** The threads of an approval and of what came before it, with where each is in its diff. Pure. */
import type { ThreadPlace, ThreadRecord } from '../../../preload/contract/reviews.ts';
import type { CommentPlace } from './review-comments.ts';

export interface PlacedThread {
  readonly thread: ThreadRecord;
  /** Undefined: its lines are there no more. */
  readonly place: CommentPlace | undefined;
  /** Of an earlier request. */
  readonly isEarlier: boolean;
}

interface FileNames {
  readonly path: string;
  readonly oldPath: string | undefined;
}

export interface PlacingOptions {
  readonly approval: string;
  readonly threads: readonly ThreadRecord[];
  /** Of earlier ones; what is not in it yet is left out. */
  readonly places: readonly ThreadPlace[];
  /** Of the diff. */
  readonly files: readonly FileNames[];
}

/** In the order of the diff; those without a place come last. */
export function placeThreads({ approval, threads, places, files }: PlacingOptions): PlacedThread[] {
  const placeOf = new Map(places.map((place) => [place.thread, place]));
  const placed = threads.flatMap((thread): PlacedThread[] => {
    const isEarlier = thread.approval !== approval;
    const at = isEarlier ? placeOf.get(thread.id) : { ...thread, isOutdated: false };
    if (at === undefined) return [];
    return [{ thread, isEarlier, place: at.isOutdated ? undefined : toPlace(at, files) }];
  });
  const rank = new Map(files.map(({ path }, index) => [path, index]));
  const rankOf = ({ place }: PlacedThread) =>
    place === undefined ? files.length + 1 : (rank.get(place.path) ?? files.length);
  const lineOf = ({ place }: PlacedThread) => place?.lineNumber ?? 0;
  return placed.sort((a, b) => rankOf(a) - rankOf(b) || lineOf(a) - lineOf(b));
}

type At = Pick<ThreadPlace, 'path' | 'side' | 'startLine' | 'line'>;

/** The diff calls a renamed file by its new name; a thread on its old side, by the old one. */
function toPlace({ path, side, startLine, line }: At, files: readonly FileNames[]): CommentPlace {
  const isOld = side === 'old';
  const file = files.find((one) => (isOld ? (one.oldPath ?? one.path) : one.path) === path);
  return {
    path: file?.path ?? path,
    ...(file?.oldPath !== undefined && { oldPath: file.oldPath }),
    side: isOld ? 'deletions' : 'additions',
    startLine,
    lineNumber: line,
  };
}

/** What still asks for a look: open ones wait for the agent, done ones for the operator. */
export function countUnresolved(threads: readonly PlacedThread[]): number {
  return threads.filter(({ thread }) => thread.state !== 'resolved').length;
}
