import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { PlacedThread } from '../placed-threads.ts';
import {
  type CommentPlace,
  isAbout,
  isSamePlace,
  type LinePlace,
  type ReviewComment,
} from '../review-comments.ts';
import { CommentBox } from './comment-box.tsx';
import { drawnAt, type ViewerFile } from './diff-items.ts';
import type { DiffReview } from './diff-review.ts';
import { ThreadBox } from './thread-box.tsx';

interface CommentBoxes {
  /** Lines below which something was written, or is being written. */
  readonly boxes: readonly LinePlace[];
  readonly renderBox: (place: LinePlace) => ReactNode;
  /** Opens the box at a line; `startLine` for a range. */
  readonly write: (place: LinePlace, startLine?: number) => void;
  /** Opens the box for the whole file. */
  readonly writeOnFile: (fileId: string) => void;
  /** The line below which a thread is shown; undefined where it is not in what is shown. */
  readonly boxOf: (thread: PlacedThread) => LinePlace | undefined;
}

interface Content {
  readonly place: LinePlace;
  readonly comments: ReviewComment[];
  readonly threads: PlacedThread[];
}

/** Comments and threads as boxes in the diff; at most one is being written at a time. */
export function useCommentBoxes(
  files: readonly ViewerFile[],
  review: DiffReview | undefined,
): CommentBoxes {
  const byPath = useMemo(() => byPaths(files), [files]);
  const hasOld = review?.canCommentOld ?? true;
  const lineOf = useCallback(
    (place: CommentPlace) => findLine(byPath, place, hasOld),
    [byPath, hasOld],
  );
  const contents = useContents(review, lineOf);
  // Folded again by hand, or opened.
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const renderBox = useCallback(
    (at: LinePlace) => {
      const content = contents.find(({ place }) => isSamePlace(place, at));
      if (!content || !review) return null;
      return (
        <div className="border-y bg-raised font-sans text-base whitespace-normal">
          {content.threads.map((placed) => (
            <ThreadBox
              key={placed.thread.id}
              {...{ placed, review }}
              isOpen={opened.get(placed.thread.id) ?? placed.thread.state !== 'resolved'}
              onOpen={(isOpen) => setOpened((old) => new Map(old).set(placed.thread.id, isOpen))}
            />
          ))}
          {content.comments.map((comment) => (
            <CommentBox key={keyOf(comment)} {...{ comment, review }} />
          ))}
        </div>
      );
    },
    [contents, review, opened],
  );
  const begin = useCallback(
    (place: CommentPlace) => {
      const { writing, comments = [], onWriting } = review ?? {};
      // A second press at the same place keeps what was begun there.
      if (writing?.place && isAbout(writing.place, place)) return;
      const known = comments.find((comment) => isAbout(comment, place));
      onWriting?.({ place: known ? toPlace(known) : place, text: known?.text ?? '' });
    },
    [review],
  );
  return {
    boxes: useMemo(() => contents.map(({ place }) => place), [contents]),
    renderBox,
    write: useCallback(
      ({ fileId, side, lineNumber }, startLine) => {
        const file = files.find((entry) => entry.file.id === fileId)?.file;
        if (!file || (side === 'deletions' && review?.canCommentOld === false)) return;
        const { path, oldPath } = file;
        begin({ path, oldPath, side, lineNumber, startLine });
      },
      [files, review, begin],
    ),
    writeOnFile: useCallback(
      (fileId) => {
        const file = files.find((entry) => entry.file.id === fileId)?.file;
        const side = file?.status === 'deleted' ? 'deletions' : 'additions';
        if (file) begin({ path: file.path, oldPath: file.oldPath, side });
      },
      [files, begin],
    ),
    boxOf: useCallback(({ place }) => place && lineOf(place), [lineOf]),
  };
}

function useContents(
  review: DiffReview | undefined,
  lineOf: (place: CommentPlace) => LinePlace | undefined,
): readonly Content[] {
  const { comments, threads, writing } = review ?? {};
  return useMemo(() => {
    const contents: Content[] = [];
    const at = (place: CommentPlace | undefined): Content | undefined => {
      const line = place && lineOf(place);
      if (line === undefined) return undefined;
      const found = contents.find((content) => isSamePlace(content.place, line));
      if (found) return found;
      const content: Content = { place: line, comments: [], threads: [] };
      contents.push(content);
      return content;
    };
    for (const placed of threads ?? []) at(placed.place)?.threads.push(placed);
    for (const comment of comments ?? []) at(comment)?.comments.push(comment);
    const place = writing?.place;
    const isNew = place && !comments?.some((comment) => isAbout(comment, place));
    if (isNew) at(place)?.comments.push({ ...place, text: '' });
    return contents;
  }, [comments, threads, writing, lineOf]);
}

function byPaths(files: readonly ViewerFile[]): ReadonlyMap<string, readonly ViewerFile[]> {
  return Map.groupBy(files, ({ file }) => file.path);
}

/**
 * A path is there twice when a file became a link: the one that has the line is meant. What is about the file, or about lines
 * that are not shown, stands at its top (line 0).
 */
function findLine(
  byPath: ReadonlyMap<string, readonly ViewerFile[]>,
  { path, side, lineNumber }: CommentPlace,
  hasOld: boolean,
): LinePlace | undefined {
  const entries = byPath.get(path) ?? [];
  const isShown = lineNumber !== undefined && (hasOld || side === 'additions');
  for (const { file, ...entry } of isShown ? entries : []) {
    const place = { fileId: file.id, side, lineNumber: lineNumber ?? 0 };
    const drawn = drawnAt({ file, ...entry }, place);
    if (drawn) return drawn;
  }
  const [first] = entries;
  return first && { fileId: first.file.id, side: 'additions', lineNumber: 0 };
}

function toPlace({ path, oldPath, side, startLine, lineNumber }: ReviewComment): CommentPlace {
  return { path, oldPath, side, startLine, lineNumber };
}

function keyOf({ side, lineNumber }: ReviewComment): string {
  return `${side} ${lineNumber}`;
}
