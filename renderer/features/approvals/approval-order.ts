/** Which approvals the list shows, in which groups and order. */
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';

export type ApprovalGroupName = 'waiting' | 'merging' | 'trouble' | 'settled';

export interface ApprovalGroup {
  readonly name: ApprovalGroupName;
  readonly approvals: readonly ApprovalRecord[];
}

/** Settled ones shown; all of them are in the timeline. */
export const maxSettled = 50;

const groupOf: Readonly<Record<ApprovalState, ApprovalGroupName>> = {
  pending: 'waiting',
  approved: 'merging',
  merging: 'merging',
  failed: 'trouble',
  conflicted: 'trouble',
  merged: 'settled',
  denied: 'settled',
  withdrawn: 'settled',
  superseded: 'settled',
};

/** Waiting ones oldest first; failed and settled ones newest first. Empty groups are left out. */
export function groupApprovals(approvals: readonly ApprovalRecord[]): ApprovalGroup[] {
  const inGroup = (name: ApprovalGroupName): ApprovalRecord[] =>
    approvals.filter(({ state }) => groupOf[state] === name);
  const groups: ApprovalGroup[] = [
    { name: 'waiting', approvals: inGroup('waiting').sort(byRequest) },
    { name: 'merging', approvals: inGroup('merging').sort(byRequest) },
    { name: 'trouble', approvals: inGroup('trouble').sort(bySettled) },
    { name: 'settled', approvals: inGroup('settled').sort(bySettled).slice(0, maxSettled) },
  ];
  return groups.filter((group) => group.approvals.length > 0);
}

/** What waits for the operator's yes or no. */
export function countWaiting(approvals: readonly ApprovalRecord[]): number {
  return approvals.filter(({ state }) => state === 'pending').length;
}

/** The one that has waited longest, other than this one. */
export function nextWaiting(
  approvals: readonly ApprovalRecord[],
  current: string | undefined,
): ApprovalRecord | undefined {
  return approvals
    .filter(({ id, state }) => state === 'pending' && id !== current)
    .sort(byRequest)
    .at(0);
}

/** The id so many rows away in the order shown; stays at the ends. */
export function neighbour(
  groups: readonly ApprovalGroup[],
  current: string | undefined,
  step: number,
): string | undefined {
  const ids = groups.flatMap((group) => group.approvals.map(({ id }) => id));
  const at = current === undefined ? -1 : ids.indexOf(current);
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}

/** Equal times keep one order: by id. */
function byRequest(a: ApprovalRecord, b: ApprovalRecord): number {
  return a.requestedMs - b.requestedMs || a.id.localeCompare(b.id);
}

function bySettled(a: ApprovalRecord, b: ApprovalRecord): number {
  return (
    (b.settledMs ?? b.requestedMs) - (a.settledMs ?? a.requestedMs) || b.id.localeCompare(a.id)
  );
}
