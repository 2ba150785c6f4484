/**
 * Comments on lines of a diff. They are collected while reading and reach the agent together: one at a time, it would begin
 * to edit under the reader. Pure.
 */
import type { ReviewPlace } from '../../../preload/contract/reviews.ts';
import { maxComments, maxReviewChars } from '../../../preload/contract/review-bounds.ts';

export type DiffSide = 'additions' | 'deletions';

/** A line of the diff that is shown. */
export interface LinePlace {
  /** Of the file, in this diff. */
  readonly fileId: string;
  readonly side: DiffSide;
  readonly lineNumber: number;
}

/** What a comment is about, in any diff that has the file. */
export interface CommentPlace {
  /** As the diff calls the file. */
  readonly path: string;
  /** Before, when it was renamed. */
  readonly oldPath?: string | undefined;
  readonly side: DiffSide;
  /** First line of a range. */
  readonly startLine?: number | undefined;
  /** Undefined: the whole file. */
  readonly lineNumber?: number | undefined;
}

export interface ReviewComment extends CommentPlace {
  readonly text: string;
}

export function isSamePlace(a: LinePlace, b: LinePlace): boolean {
  return a.fileId === b.fileId && a.side === b.side && a.lineNumber === b.lineNumber;
}

export function isAbout(a: CommentPlace, b: CommentPlace): boolean {
  return a.path === b.path && a.side === b.side && a.lineNumber === b.lineNumber;
}

/** With this comment in place of what was at its line; without one when it has no text. Stays within what a review takes. */
export function putComment(
  comments: readonly ReviewComment[],
  comment: ReviewComment,
): readonly ReviewComment[] {
  const others = comments.filter((other) => !isAbout(other, comment));
  const text = comment.text.trim();
  const chars = others.reduce((sum, other) => sum + other.text.length, text.length);
  if (text === '') return others;
  if (others.length >= maxComments || chars > maxReviewChars) return comments;
  return [...others, { ...comment, text }];
}

/** As the hub takes them, in the order of the diff. */
export function toSent(
  comments: readonly ReviewComment[],
  order: readonly string[] = [],
): Array<ReviewPlace & { text: string }> {
  const rank = new Map(order.map((path, index) => [path, index]));
  const rankOf = ({ path }: ReviewComment) => rank.get(path) ?? order.length;
  return comments
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.lineNumber ?? 0) - (b.lineNumber ?? 0))
    .map(({ path, oldPath = path, side, startLine, lineNumber: line, text }) => ({
      ...{ path: side === 'deletions' ? oldPath : path, text },
      side: side === 'deletions' ? 'old' : 'new',
      ...(line !== undefined && { line }),
      ...(startLine !== undefined && startLine !== line && { startLine }),
    }));
}

/** `src/a.ts:12-14`, or without a line the file alone. */
export function sayLines({ startLine, lineNumber }: Omit<CommentPlace, 'side' | 'path'>): string {
  if (lineNumber === undefined) return 'the file';
  return startLine === undefined || startLine === lineNumber
    ? `line ${lineNumber}`
    : `lines ${startLine} to ${lineNumber}`;
}
