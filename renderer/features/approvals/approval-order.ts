/** Which approvals the list shows, in which groups and order. `isDecided`: by this page, and not settled yet. */
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';
import { inQueueOrder } from './queue-place.ts';

export type ApprovalGroupName = 'waiting' | 'underWay' | 'trouble' | 'settled';

export type IsDecided = (approval: ApprovalRecord) => boolean;

export interface ApprovalGroup {
  readonly name: ApprovalGroupName;
  readonly approvals: readonly ApprovalRecord[];
}

/** Settled ones shown; all of them are in the timeline. */
export const maxSettled = 50;

const groupOf: Readonly<Record<ApprovalState, ApprovalGroupName>> = {
  pending: 'waiting',
  approved: 'underWay',
  merging: 'underWay',
  failed: 'trouble',
  conflicted: 'trouble',
  merged: 'settled',
  denied: 'settled',
  withdrawn: 'settled',
  superseded: 'settled',
};

/** Waiting ones oldest first; those under way in the order of their merges; failed and settled ones newest first. Empty groups are left out. */
export function groupApprovals(
  approvals: readonly ApprovalRecord[],
  isDecided: IsDecided,
): ApprovalGroup[] {
  // What rules look at is not the operator's yet.
  const nameOf = (one: ApprovalRecord) =>
    isDecided(one) || one.considering ? 'underWay' : groupOf[one.state];
  const inGroup = (name: ApprovalGroupName): ApprovalRecord[] =>
    approvals.filter((one) => nameOf(one) === name);
  const groups: ApprovalGroup[] = [
    { name: 'waiting', approvals: inGroup('waiting').sort(byRequest) },
    { name: 'underWay', approvals: inQueueOrder(inGroup('underWay').sort(byRequest)) },
    { name: 'trouble', approvals: inGroup('trouble').sort(bySettled) },
    { name: 'settled', approvals: inGroup('settled').sort(bySettled).slice(0, maxSettled) },
  ];
  return groups.filter((group) => group.approvals.length > 0);
}

/** What waits for the operator's yes or no, the oldest first. */
export function waitingOnes(
  approvals: readonly ApprovalRecord[],
  isDecided: IsDecided,
): readonly ApprovalRecord[] {
  const waits = (one: ApprovalRecord) =>
    one.state === 'pending' && !one.considering && !isDecided(one);
  return approvals.filter(waits).sort(byRequest);
}

/**
 * Where to go once this one is decided: to the one that takes its place in the list, which is what the eye is on;
 * from the last one to the one before.
 */
export function takesPlaceOf(
  waiting: readonly ApprovalRecord[],
  decided: ApprovalRecord,
): ApprovalRecord | undefined {
  const others = waiting.filter(({ id }) => id !== decided.id);
  return others.find((one) => byRequest(one, decided) > 0) ?? others.at(-1);
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
