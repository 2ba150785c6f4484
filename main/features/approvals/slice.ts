/** What the hub remembers of approvals: all undecided ones, and the newest settled. */
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { branchMoved, withdrawnFor } from './lifecycle/reduce.ts';
import { considered, type Delegated, leftToOperator, withDelegated } from './delegation/reduce.ts';
import { followMerge, reduceOutcomes } from './outcomes/reduce.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { QueueHold } from '../../../preload/contract/merge-queue.ts';
import { Table } from '../../../preload/contract/table.ts';

export interface ApprovalsState extends Kept<StoredApproval> {
  /** Branches that nothing is merged into for now, by name; absent until one was held. */
  readonly holds?: Table<QueueHold>;
  /** What rules have approved within the last hour; absent until one did. */
  readonly delegated?: readonly Delegated[];
  /** What targets got that their agents were not told of yet, by name; absent until something was merged. */
  readonly untold?: Table<{ readonly target: string; readonly from: string; readonly to: string }>;
}

/** What the hub remembers beside what pages see. */
export interface StoredApproval extends ApprovalRecord {
  readonly updateCheckout?: boolean | undefined;
}

export const selectApprovals: (hub: HubState) => ApprovalsState =
  selectorOf<ApprovalsState>(contract);

/** Branches that undecided approvals go to. */
export function targetsOfApprovals(hub: HubState): readonly string[] {
  const undecided = selectApprovals(hub)
    .byId.values()
    .filter(({ state }) => isUndecided(state));
  return [...new Set(undecided.map(({ pin }) => pin.target))];
}

/** Approvals by which the hub is about to move it, or did and has not said so yet. What only waits in the queue moves nothing. */
export function mergingInto(hub: HubState, target: string): readonly ApprovalRecord[] {
  return selectApprovals(hub)
    .byId.values()
    .filter(({ state, pin }) => pin.target === target && state === 'merging');
}

export const initialApprovals: ApprovalsState = { byId: Table.empty(), settled: [] };

const settledKept = 200;

type Reduce = (state: ApprovalsState, event: EventEnvelope) => ApprovalsState;
type Change = (approval: StoredApproval, data: never, event: EventEnvelope) => StoredApproval;

function requested(state: ApprovalsState, event: EventEnvelope): ApprovalsState {
  const { approval, ...data } = event.data as EventData<typeof contract, 'approval.requested'>;
  const record: ApprovalRecord = {
    ...data,
    id: approval,
    state: 'pending',
    requestedMs: event.atMs,
  };
  return { ...state, byId: state.byId.set(approval, record) };
}

function on(change: Change): Reduce {
  return (state, event) => {
    const { approval } = event.data as { approval: string };
    return changed(state, approval, (record) => change(record, event.data as never, event));
  };
}

function changed(
  state: ApprovalsState,
  id: string,
  change: (record: StoredApproval) => StoredApproval,
): ApprovalsState {
  const byId = state.byId.update(id, change);
  if (byId === state.byId) return state;
  const { settled } = state;
  return { ...state, ...keepNewest({ byId, settled }, id, { isSettled, keep: settledKept }) };
}

/** When it left the operator's hands for good; failed and conflicted ones can be tried again. */
function isSettled({ state, settledMs }: ApprovalRecord): boolean {
  return state !== 'failed' && state !== 'conflicted' && settledMs !== undefined;
}

function settled(record: StoredApproval, to: ApprovalState, event: EventEnvelope): StoredApproval {
  const by = event.actor === 'system' ? (record.settledBy ?? event.actor) : event.actor;
  const { mergingMs: _, ...rest } = considered(record);
  return { ...rest, state: to, settledBy: by, settledMs: event.atMs };
}

const merged = (
  record: StoredApproval,
  data: { mergeCommit: string; from?: string },
  event: EventEnvelope,
): StoredApproval => ({
  ...settled(record, 'merged', event),
  mergeCommit: data.mergeCommit,
  ...(data.from !== undefined && { mergedFrom: data.from }),
});

function failed(
  record: StoredApproval,
  data: EventData<typeof contract, 'approval.failed'>,
  event: EventEnvelope,
): StoredApproval {
  const to = data.conflicts === undefined ? 'failed' : 'conflicted';
  const { error: failure, conflicts, kind } = data;
  const why = { failure, conflicts, ...(kind !== undefined && { failureKind: kind }) };
  return { ...settled(record, to, event), ...why };
}

/** What was approved before there were queues has no place in one. */
function approved(state: ApprovalsState, event: EventEnvelope): ApprovalsState {
  const data = event.data as EventData<typeof contract, 'approval.approved'>;
  const { approval, updateCheckout, overrideGates, strategy, after = [], ahead = [] } = data;
  const { note, rule, byStory } = data;
  const next = changed(state, approval, (old) => ({
    ...undecided(old),
    state: 'approved',
    ...(note !== undefined && { note }),
    ...(rule !== undefined && { rule }),
    ...(byStory !== undefined && { byStory }),
    overrideGates,
    settledBy: event.actor,
    settledMs: event.atMs,
    failure: undefined,
    conflicts: undefined,
    unpinned: undefined,
    ...(strategy !== undefined && {
      ...{ strategy, updateCheckout },
      queued: { seq: event.seq, rank: event.seq, after },
    }),
  }));
  const counted = withDelegated(next, event);
  return ahead.reduce((left, id) => changed(left, id, (one) => goAfter(one, approval)), counted);
}

/** Without what an earlier yes said and came to. */
function undecided(record: StoredApproval): StoredApproval {
  const { failureKind: _, note: _note, rule: _rule, byStory: _by, ...rest } = considered(record);
  return rest;
}

function goAfter(record: StoredApproval, approval: string): StoredApproval {
  const { state, queued } = record;
  if (state !== 'approved' || queued === undefined) return record;
  return { ...record, queued: { ...queued, after: [...queued.after, approval] } };
}

/** Those that were moved share the places that they had. */
function movedInQueue(state: ApprovalsState, event: EventEnvelope): ApprovalsState {
  const { order } = event.data as EventData<typeof contract, 'queue.moved'>;
  const rankOf = (id: string): number => state.byId.get(id)?.queued?.rank ?? 0;
  const ranks = order.map(rankOf).sort((a, b) => a - b);
  return order.reduce(
    (left, id, at) =>
      changed(left, id, (record) =>
        record.queued === undefined
          ? record
          : { ...record, queued: { ...record.queued, rank: ranks[at] ?? record.queued.rank } },
      ),
    state,
  );
}

/** Nothing of an agent that is gone waits for the operator. Its commits stay pinned. */
function agentGone(state: ApprovalsState, event: EventEnvelope): ApprovalsState {
  const { agent } = event.data as { agent: string };
  const open = state.byId
    .values()
    .filter(
      (record) =>
        record.agent === agent && ['pending', 'failed', 'conflicted'].includes(record.state),
    );
  return open.reduce(
    (left, { id }) => changed(left, id, (record) => settled(record, 'withdrawn', event)),
    state,
  );
}

export const reduceApprovals: Readonly<Record<string, Reduce>> = {
  'approval.requested': requested,
  'approval.superseded': on((record, _data, event) => settled(record, 'superseded', event)),
  'approval.approved': approved,
  'approval.unpinned': on((record, data: { error: ApprovalRecord['unpinned'] }) => ({
    ...record,
    unpinned: data.error,
  })),
  'approval.left': on(leftToOperator),
  'approval.merging': on((record, _data, event) => ({
    ...{ ...record, state: 'merging' },
    ...(record.queued !== undefined && { mergingMs: event.atMs }),
  })),
  'approval.merged': (state, event) => followMerge(on(merged)(state, event), event),
  'approval.failed': on(failed),
  'approval.denied': on((record, { note, review }: { note: string; review?: string }, event) => ({
    ...settled(record, 'denied', event),
    note,
    ...(review !== undefined && { review }),
  })),
  'approval.withdrawn': on((record, data: never, event) =>
    withdrawnFor(settled(record, 'withdrawn', event), data),
  ),
  'approval.branch_moved': on(branchMoved),
  ...reduceOutcomes,
  'agent.destroyed': agentGone,
  'queue.moved': movedInQueue,
  'queue.held': (state, { data, atMs: sinceMs }) => {
    const { target } = data as { target: string };
    return { ...state, holds: (state.holds ?? Table.empty()).set(target, { target, sinceMs }) };
  },
  'queue.released': (state, { data }) =>
    state.holds === undefined
      ? state
      : { ...state, holds: state.holds.delete((data as { target: string }).target) },
};
