/** What waits to be merged, in which order, and what is next. The queue is what approvals are approved and not yet merged. Pure. */
import { mergeFailureKindOf, nextSteps } from '../../../../preload/contract/merge-failures.ts';
import { inMergeOrder } from '../../../../preload/contract/merge-order.ts';
import type { QueueTarget } from '../../../../preload/contract/merge-queue.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { QueryResult } from '../../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { ApprovalsState, StoredApproval } from '../slice.ts';

/** Name of the hold of all branches; no branch can be called so. */
export const everyTarget = '*';

/** Approved ones of a target that do not run yet, in the order in which they will be merged. */
export function waitingFor(state: ApprovalsState, target: string): StoredApproval[] {
  const waiting = state.byId
    .values()
    .filter((one) => one.state === 'approved' && one.pin.target === target);
  const places = waiting.map((record) => ({
    ...{ id: record.id, record },
    // One that was approved by a Musher without a queue goes first.
    ...{ rank: record.queued?.rank ?? 0, after: record.queued?.after ?? [] },
  }));
  return inMergeOrder(places).map(({ record }) => record);
}

export function runningFor(state: ApprovalsState, target: string): StoredApproval | undefined {
  return state.byId
    .values()
    .find(({ state: now, pin }) => now === 'merging' && pin.target === target);
}

export function isHeld({ holds }: ApprovalsState, target: string): boolean {
  return holds?.get(target) !== undefined || holds?.get(everyTarget) !== undefined;
}

/** The one whose merge may begin now. */
export function nextFor(state: ApprovalsState, target: string): StoredApproval | undefined {
  if (isHeld(state, target) || runningFor(state, target) !== undefined) return undefined;
  return waitingFor(state, target)[0];
}

/** Branches that something waits for, runs into, or that are held. */
export function queuedTargets(state: ApprovalsState): string[] {
  const inQueue = state.byId.values().filter(({ state: now }) => isQueued(now));
  const held = state.holds?.keys() ?? [];
  const names = [...inQueue.map(({ pin }) => pin.target), ...held];
  return [...new Set(names)].filter((name) => name !== everyTarget).sort();
}

function isQueued(state: ApprovalRecord['state']): boolean {
  return state === 'approved' || state === 'merging';
}

const mostFailed = 20;

export function listQueue(state: ApprovalsState): QueryResult<typeof contract, 'queue.list'> {
  const all = state.holds?.get(everyTarget)?.sinceMs;
  const failed = state.byId
    .values()
    .filter((one) => one.state === 'failed' || one.state === 'conflicted')
    .sort((a, b) => (b.settledMs ?? 0) - (a.settledMs ?? 0))
    .slice(0, mostFailed)
    .map((one) => {
      const kind = one.failureKind ?? mergeFailureKindOf(one.failure?.code ?? '');
      const message = one.failure?.message ?? '';
      const sinceMs = one.settledMs ?? one.requestedMs;
      const { id: approval, agent, title, pin } = one;
      const what = { approval, agent, title, commit: pin.commit, target: pin.target };
      return { ...what, sinceMs, kind, message, next: nextSteps[kind].operator };
    });
  return {
    targets: queuedTargets(state).map((target) => listTarget(state, target)),
    ...(all !== undefined && { heldSinceMs: all }),
    failed,
  };
}

function listTarget(state: ApprovalsState, target: string): QueueTarget {
  const running = runningFor(state, target);
  const heldSinceMs = state.holds?.get(target)?.sinceMs;
  const waiting = waitingFor(state, target);
  const ids = new Set(waiting.map(({ id }) => id));
  if (running !== undefined) ids.add(running.id);
  return {
    target,
    ...(heldSinceMs !== undefined && { heldSinceMs }),
    ...(running !== undefined && {
      running: { ...entryOf(running), sinceMs: running.mergingMs ?? sinceOf(running) },
    }),
    waiting: waiting.map((one, at) => {
      const before = at === 0 ? running : waiting[at - 1];
      const contained = one.queued?.after.find((id) => ids.has(id));
      const entry = { ...entryOf(one), sinceMs: sinceOf(one) };
      if (contained !== undefined) return { ...entry, why: 'contains', of: contained };
      const why = at === 0 ? 'next' : 'behind';
      return { ...entry, why, ...(before !== undefined && { of: before.id }) };
    }),
  };
}

function entryOf({ id, agent, title, pin, strategy = 'merge' }: ApprovalRecord) {
  return { approval: id, agent, title, commit: pin.commit, strategy };
}

function sinceOf({ settledMs, requestedMs }: ApprovalRecord): number {
  return settledMs ?? requestedMs;
}
