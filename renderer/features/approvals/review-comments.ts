/**
 * Comments on lines of a diff. They are collected while reading and reach the agent together, with the
 * operator's no: one at a time, it would begin to edit under the reader. Pure.
 */

export interface LinePlace {
  /** Of the file, in its diff. */
  readonly fileId: string;
  readonly side: 'additions' | 'deletions';
  readonly lineNumber: number;
}

export interface ReviewComment extends LinePlace {
  readonly path: string;
  /** The line it is about, as in the patch. */
  readonly line: string;
  readonly text: string;
}

/** More would be a conversation, not a review. */
export const maxComments = 200;
export const maxCommentChars = 4_000;

export function isSamePlace(a: LinePlace, b: LinePlace): boolean {
  return a.fileId === b.fileId && a.side === b.side && a.lineNumber === b.lineNumber;
}

/** With this comment in place of what was at its line; without one when it has no text. */
export function putComment(
  comments: readonly ReviewComment[],
  comment: ReviewComment,
): readonly ReviewComment[] {
  const others = comments.filter((other) => !isSamePlace(other, comment));
  const text = comment.text.trim().slice(0, maxCommentChars);
  if (text === '' || others.length >= maxComments) return others;
  return [...others, { ...comment, text }];
}

/** What the agent reads: the note, then each place with its line and what was said, in the order of the diff. */
export function formatReview(note: string, comments: readonly ReviewComment[]): string {
  const blocks = comments.toSorted(byPlace).map(formatComment);
  return [note.trim(), ...blocks].filter((block) => block !== '').join('\n\n');
}

function formatComment({ path, lineNumber, side, line, text }: ReviewComment): string {
  const where = side === 'deletions' ? ' (removed line)' : '';
  return `${path}:${lineNumber}${where}\n> ${line.trimEnd()}\n${text}`;
}

/** Ids of files begin with their place in the diff. */
function byPlace(a: ReviewComment, b: ReviewComment): number {
  return (
    Number.parseInt(a.fileId, 10) - Number.parseInt(b.fileId, 10) || a.lineNumber - b.lineNumber
  );
}
