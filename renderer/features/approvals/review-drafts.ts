/** What was written and not sent, by approval: it outlives a look at another view, and a decision that was undone. */
import { create } from 'zustand';
import { putComment, type ReviewComment } from './review-comments.ts';

interface Draft {
  readonly comments: readonly ReviewComment[];
  /** Of a denial. */
  readonly note: string;
}

type Drafts = Readonly<Record<string, Draft>>;

/** Approvals with drafts that are kept; the one written to longest ago goes first. */
const maxDrafts = 20;
const none: Draft = { comments: [], note: '' };

const useDrafts = create<{ readonly drafts: Drafts }>(() => ({ drafts: {} }));

export function useReviewComments(approval: string): readonly ReviewComment[] {
  return useDrafts(({ drafts }) => (drafts[approval] ?? none).comments);
}

export function keepComment(approval: string, comment: ReviewComment): void {
  const draft = draftOf(approval);
  keep(approval, { ...draft, comments: putComment(draft.comments, comment) });
}

export function noteOf(approval: string): string {
  return draftOf(approval).note;
}

export function keepNote(approval: string, note: string): void {
  keep(approval, { ...draftOf(approval), note });
}

/** It was sent. */
export function dropDraft(approval: string): void {
  keep(approval, none);
}

function draftOf(approval: string): Draft {
  return useDrafts.getState().drafts[approval] ?? none;
}

function keep(approval: string, draft: Draft): void {
  const { [approval]: _, ...others } = useDrafts.getState().drafts;
  const kept = Object.entries(others).slice(-(maxDrafts - 1));
  const isEmpty = draft.comments.length === 0 && draft.note === '';
  const own = isEmpty ? [] : [[approval, draft] as const];
  useDrafts.setState({ drafts: Object.fromEntries([...kept, ...own]) });
}
