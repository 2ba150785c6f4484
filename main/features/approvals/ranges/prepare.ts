/** What git says of a request for part of a branch, and of a yes to it. */
import { canReplay, isRange } from '../../../../preload/contract/approval-range.ts';
import { isUndecided } from '../../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { Pin } from '../../../../preload/contract/change-facts.ts';
import type { MergeStrategy } from '../../../../preload/contract/merge-queue.ts';
import type { OpenRequest, RangeFit, Review } from '../ports.ts';
import type { ApprovalsState } from '../slice.ts';

/** Of this agent: a request for other commits of its branch leaves them as they are. */
export function openOf({ byId }: ApprovalsState, agent: string): OpenRequest[] {
  return byId
    .values()
    .filter((one) => one.agent === agent && isUndecided(one.state))
    .map(({ id: approval, pin }) => ({ approval, pin }));
}

/** A whole branch brings what comes before it along, and is never apart. */
export async function fitOf(
  review: Pick<Review, 'fits'>,
  pin: Pin,
  signal: AbortSignal,
): Promise<RangeFit> {
  return isRange(pin) ? review.fits({ pin, signal }) : { isApart: false };
}

/** What is said for all merges counts where it can. */
export function strategyFor(strategy: MergeStrategy, { isApart }: RangeFit): MergeStrategy {
  return isApart && !canReplay(strategy) ? 'rebase' : strategy;
}

/**
 * Those of `related` that set the order of a queue: what comes before a range only where that does not apply without it, and of
 * ranges that contain it none, as their own yes has said that already.
 */
export function orderBy(
  { contained, containing }: Awaited<ReturnType<Review['related']>>,
  fit: RangeFit,
  isRangeOf: (approval: string) => boolean,
): { after: string[]; ahead: string[] } {
  const isFree = fit.isApart && fit.unfit === undefined;
  return {
    after: isFree ? [] : contained,
    ahead: containing.filter((approval) => !isRangeOf(approval)),
  };
}

/** The target got copies of its commits, so that its agent's branch has them still. */
export function replayedOf(
  { pin, strategy = 'merge', commitCount: count }: ApprovalRecord,
  { mergeCommit, from }: { readonly mergeCommit: string; readonly from?: string | undefined },
) {
  const { commit } = pin;
  // Without `from` somebody else's merge brought the commit itself.
  if (!canReplay(strategy) || from === undefined || mergeCommit === commit) return {};
  return { replayed: { how: strategy, commit, count, isRange: isRange(pin) } };
}
