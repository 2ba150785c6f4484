import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { isSamePlace, type LinePlace, type ReviewComment } from '../review-comments.ts';
import { CommentBox } from './comment-box.tsx';
import { lineAt, type ViewerFile } from './diff-items.ts';

interface CommentBoxes {
  /** Where something was written, and where it is being written. */
  readonly boxes: readonly LinePlace[];
  readonly renderBox: (place: LinePlace) => ReactNode;
  /** Opens the box at a line. */
  readonly write: (place: LinePlace) => void;
}

interface CommentBoxOptions {
  readonly files: readonly ViewerFile[];
  readonly comments: readonly ReviewComment[];
  readonly onComment?: ((comment: ReviewComment) => void) | undefined;
}

/** The comments as boxes in the diff; at most one is being written at a time. */
export function useCommentBoxes({ files, comments, onComment }: CommentBoxOptions): CommentBoxes {
  // Held here and not in the box: a box that is scrolled out of sight is not mounted.
  const [writing, setWriting] = useState<LinePlace & { readonly draft: string }>();
  const boxes = useMemo(() => {
    const isNew = writing && !comments.some((comment) => isSamePlace(comment, writing));
    return isNew ? [...comments, writing] : comments;
  }, [comments, writing]);
  const renderBox = useCallback(
    (place: LinePlace) => {
      const save = (text: string) => {
        setWriting(undefined);
        const entry = files.find(({ file }) => file.id === place.fileId);
        if (!entry) return;
        const line = lineAt(entry, place) ?? '';
        onComment?.({ ...toPlace(place), path: entry.file.path, line, text });
      };
      return (
        <CommentBox
          text={comments.find((comment) => isSamePlace(comment, place))?.text}
          draft={writing && isSamePlace(writing, place) ? writing.draft : undefined}
          onDraft={(draft) => setWriting({ ...toPlace(place), draft })}
          onSave={save}
          onCancel={() => setWriting(undefined)}
        />
      );
    },
    [files, comments, writing, onComment],
  );
  const write = useCallback(
    (place: LinePlace) => {
      const known = comments.find((comment) => isSamePlace(comment, place));
      // A second press on the same line keeps what was begun there.
      setWriting((old) => {
        const isOpen = old !== undefined && isSamePlace(old, place);
        return isOpen ? old : { ...toPlace(place), draft: known?.text ?? '' };
      });
    },
    [comments],
  );
  return { boxes, renderBox, write };
}

function toPlace({ fileId, side, lineNumber }: LinePlace): LinePlace {
  return { fileId, side, lineNumber };
}
