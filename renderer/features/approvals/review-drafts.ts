/**
 * What was written and not sent, by approval. It is kept by the page: it outlives another view, a decision that was undone, a
 * reload, and a restart of Musher.
 */
import { create } from 'zustand';
import { readStored, writeStored } from '../../hub/storage.ts';
import { type CommentPlace, putComment, type ReviewComment } from './review-comments.ts';

/** In a box that is open: a comment at a place, or a reply to a thread. */
export interface Writing {
  readonly place?: CommentPlace | undefined;
  readonly thread?: string | undefined;
  readonly text: string;
}

export interface Draft {
  readonly comments: readonly ReviewComment[];
  /** Of a denial, or of the whole. */
  readonly note: string;
  readonly writing?: Writing | undefined;
}

/** The one written to last is the last. */
export type Drafts = ReadonlyArray<Draft & { readonly approval: string }>;

/** The one written to longest ago goes first. One alone is always within them: see `putComment`. */
const maxDrafts = 20;
const maxDraftsChars = 400_000;
const none: Draft = { comments: [], note: '' };

const useDrafts = create<{ readonly drafts: Drafts }>(() => ({
  drafts: readStored('reviewDrafts', []),
}));

// Another window writes too: what it stored is the newest.
globalThis.addEventListener?.('storage', () =>
  useDrafts.setState({ drafts: readStored('reviewDrafts', []) }),
);

export function useDraft(approval: string): Draft {
  return useDrafts(({ drafts }) => find(drafts, approval));
}

export function keepComment(approval: string, comment: ReviewComment): void {
  const draft = draftOf(approval);
  keep(approval, { ...draft, comments: putComment(draft.comments, comment), writing: undefined });
}

export function keepWriting(approval: string, writing: Writing | undefined): void {
  keep(approval, { ...draftOf(approval), writing });
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

export function draftOf(approval: string): Draft {
  return find(useDrafts.getState().drafts, approval);
}

function find(drafts: Drafts, approval: string): Draft {
  return drafts.find((draft) => draft.approval === approval) ?? none;
}

function keep(approval: string, draft: Draft): void {
  const drafts = withDraft(useDrafts.getState().drafts, approval, draft);
  useDrafts.setState({ drafts });
  writeStored('reviewDrafts', drafts);
}

/** Within the bounds; a draft without a word is none. */
export function withDraft(drafts: Drafts, approval: string, draft: Draft): Drafts {
  const others = drafts.filter((one) => one.approval !== approval).slice(-(maxDrafts - 1));
  const isEmpty = draft.comments.length === 0 && draft.note === '' && !draft.writing;
  let kept = isEmpty ? others : [...others, { ...draft, approval }];
  while (kept.length > 1 && JSON.stringify(kept).length > maxDraftsChars) kept = kept.slice(1);
  return kept;
}
