/** Which approval of the same work was reviewed before this one. Pure. */
import type { ApprovalRecord } from './approvals.ts';
import type { ReviewRecord } from './reviews.ts';

/** The same agent's requests for the same target, back to the last that was merged; the newest first. */
export function earlierOf(
  approvals: readonly ApprovalRecord[],
  { id, agent, pin, requestedMs }: ApprovalRecord,
): ApprovalRecord[] {
  const all = approvals
    .filter((one) => one.id !== id && one.agent === agent && one.pin.target === pin.target)
    .filter((one) => one.requestedMs <= requestedMs)
    .reverse();
  const merged = all.findIndex(({ state }) => state === 'merged');
  return merged === -1 ? all : all.slice(0, merged);
}

/** The newest that the operator denied or wrote a review of, and that is of another commit or base. */
export function reviewedBefore(
  approvals: readonly ApprovalRecord[],
  reviews: readonly ReviewRecord[],
  approval: ApprovalRecord,
): ApprovalRecord | undefined {
  const written = new Set(reviews.map((review) => review.approval));
  return earlierOf(approvals, approval).find(
    ({ id, state, pin }) =>
      (state === 'denied' || written.has(id)) && pin.diffHash !== approval.pin.diffHash,
  );
}
