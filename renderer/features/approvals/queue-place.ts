/** Where an approval is in the merge queue, and what it waits for. Pure. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { inMergeOrder } from '../../../preload/contract/merge-order.ts';
import type { MergeStrategy, QueueHold } from '../../../preload/contract/merge-queue.ts';

/** What runs, then what waits, in the order in which it will be merged. */
export function inQueueOrder(approvals: readonly ApprovalRecord[]): ApprovalRecord[] {
  const places = approvals.map((record) => {
    const { rank = 0, after = [] } = record.queued ?? {};
    const isRunning = record.state === 'merging';
    return { id: record.id, record, rank: isRunning ? Number.NEGATIVE_INFINITY : rank, after };
  });
  return inMergeOrder(places).map(({ record }) => record);
}

export interface QueuePlace {
  /** From 1 among those that wait. */
  readonly position: number;
  /** What it goes after: what runs, or the one before it. */
  readonly behind: ApprovalRecord | undefined;
  /** The one whose commit it builds on. */
  readonly contains: ApprovalRecord | undefined;
  /** The one that would be first without it; undefined where it is first. */
  readonly first: ApprovalRecord | undefined;
  /** What holds its branch, if anything. */
  readonly hold: QueueHold | undefined;
}

export function placeOf(
  { id, pin, queued }: ApprovalRecord,
  approvals: readonly ApprovalRecord[],
  holds: readonly QueueHold[],
): QueuePlace {
  const line = lineOf(pin.target, approvals);
  const waiting = line.filter(({ state }) => state === 'approved');
  const at = line.findIndex((one) => one.id === id);
  return {
    position: waiting.findIndex((one) => one.id === id) + 1,
    behind: line[at - 1],
    contains: line.find((one) => queued?.after.includes(one.id)),
    first: waiting[0]?.id === id ? undefined : waiting[0],
    hold: holdOf(pin.target, holds),
  };
}

function lineOf(target: string, approvals: readonly ApprovalRecord[]): ApprovalRecord[] {
  return inQueueOrder(
    approvals.filter(
      ({ pin, state }) => pin.target === target && (state === 'approved' || state === 'merging'),
    ),
  );
}

function holdOf(branch: string, holds: readonly QueueHold[]): QueueHold | undefined {
  return holds.find(({ target }) => target === branch || target === '*');
}

/** What one that is not in the queue yet would find there. */
export function aheadOf(
  { id, pin }: ApprovalRecord,
  approvals: readonly ApprovalRecord[],
  holds: readonly QueueHold[],
): { readonly ahead: readonly ApprovalRecord[]; readonly hold: QueueHold | undefined } {
  const ahead = lineOf(pin.target, approvals).filter((one) => one.id !== id);
  return { ahead, hold: holdOf(pin.target, holds) };
}

export const strategyWords: Readonly<Record<MergeStrategy, string>> = {
  merge: 'Merge (forward where that goes)',
  squash: 'Squash to one commit',
  rebase: 'Rebase its commits on top',
  'ff-only': 'Forward only',
};

/** `merged`, for a sentence. */
export const strategyDone: Readonly<Record<MergeStrategy, string>> = {
  merge: 'to be merged',
  squash: 'to be squashed',
  rebase: 'to be rebased',
  'ff-only': 'to go forward only',
};
