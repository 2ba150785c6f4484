/** Comments that were written and not sent, by approval: they outlive a look at another view. */
import { create } from 'zustand';
import { putComment, type ReviewComment } from './review-comments.ts';

type Drafts = Readonly<Record<string, readonly ReviewComment[]>>;

/** Approvals with comments that are kept; the one written to longest ago goes first. */
const maxDrafts = 20;
const none: readonly ReviewComment[] = [];

const useDrafts = create<{ readonly drafts: Drafts }>(() => ({ drafts: {} }));

export function useReviewComments(approval: string): readonly ReviewComment[] {
  return useDrafts(({ drafts }) => drafts[approval] ?? none);
}

export function keepComment(approval: string, comment: ReviewComment): void {
  const { drafts } = useDrafts.getState();
  keep(approval, putComment(drafts[approval] ?? none, comment));
}

/** They were sent. */
export function dropComments(approval: string): void {
  keep(approval, none);
}

function keep(approval: string, comments: readonly ReviewComment[]): void {
  const { [approval]: _, ...others } = useDrafts.getState().drafts;
  const kept = Object.entries(others).slice(-(maxDrafts - 1));
  const own = comments.length > 0 ? [[approval, comments] as const] : [];
  useDrafts.setState({ drafts: Object.fromEntries([...kept, ...own]) });
}
