/** What the state of an approval means. Without schemas, so that the command loads none to know it. */
import type { ApprovalState } from './approvals.ts';

/** Yes or no can still be said; after a merge that did not happen, yes tries again. */
export function isUndecided(state: ApprovalState): boolean {
  return state === 'pending' || state === 'failed' || state === 'conflicted';
}

/** Nothing more comes of it by itself: it is merged, refused or taken back, or its merge did not happen. */
export function isSettled(state: ApprovalState): boolean {
  return state !== 'pending' && state !== 'approved' && state !== 'merging';
}
