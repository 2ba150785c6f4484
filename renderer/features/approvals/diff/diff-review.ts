/** What a diff shows of its review, and what can be said in it. */
import type { ReactNode } from 'react';
import type { PlacedThread } from '../placed-threads.ts';
import type { ReviewComment } from '../review-comments.ts';
import type { Writing } from '../review-drafts.ts';

export interface DiffReview {
  /** Not sent yet. */
  readonly comments: readonly ReviewComment[];
  readonly threads: readonly PlacedThread[];
  /** In a box that is open. Held outside: a box that is scrolled out of sight is not mounted. */
  readonly writing: Writing | undefined;
  readonly onWriting: (writing: Writing | undefined) => void;
  /** With no text: takes it away. */
  readonly onComment: (comment: ReviewComment) => void;
  readonly onReply: (thread: string, text: string) => void;
  readonly onResolve: (thread: string, isResolved: boolean) => void;
  /** How far the review of a thread got to its agent. */
  readonly renderReceipt: (thread: PlacedThread['thread']) => ReactNode;
  /** False where the lines that were taken away are not those of the base: there is nothing to pin a comment to. */
  readonly canCommentOld: boolean;
}
