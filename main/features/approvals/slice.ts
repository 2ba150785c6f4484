/** What the hub remembers of approvals: all undecided ones, and the newest settled. */
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import { Table } from '../../../preload/contract/table.ts';

export type ApprovalsState = Kept<ApprovalRecord>;

export const selectApprovals: (hub: HubState) => ApprovalsState =
  selectorOf<ApprovalsState>(contract);

/** Branches that undecided approvals go to. */
export function targetsOfApprovals(hub: HubState): readonly string[] {
  const undecided = selectApprovals(hub)
    .byId.values()
    .filter(({ state }) => isUndecided(state));
  return [...new Set(undecided.map(({ pin }) => pin.target))];
}

/** Approvals by which the hub is about to move it, or did and has not said so yet. */
export function mergingInto(hub: HubState, target: string): readonly ApprovalRecord[] {
  return selectApprovals(hub)
    .byId.values()
    .filter(({ state, pin }) => pin.target === target && ['approved', 'merging'].includes(state));
}

export const initialApprovals: ApprovalsState = { byId: Table.empty(), settled: [] };

const settledKept = 200;

type Reduce = (state: ApprovalsState, event: EventEnvelope) => ApprovalsState;
type Change = (approval: ApprovalRecord, data: never, event: EventEnvelope) => ApprovalRecord;

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
  change: (record: ApprovalRecord) => ApprovalRecord,
): ApprovalsState {
  const byId = state.byId.update(id, change);
  if (byId === state.byId) return state;
  return keepNewest({ ...state, byId }, id, { isSettled, keep: settledKept });
}

/** When it left the operator's hands for good; failed and conflicted ones can be tried again. */
function isSettled({ state, settledMs }: ApprovalRecord): boolean {
  return state !== 'failed' && state !== 'conflicted' && settledMs !== undefined;
}

function settled(record: ApprovalRecord, to: ApprovalState, event: EventEnvelope): ApprovalRecord {
  const by = event.actor === 'system' ? (record.settledBy ?? event.actor) : event.actor;
  return { ...record, state: to, settledBy: by, settledMs: event.atMs };
}

const merged = (
  record: ApprovalRecord,
  data: { mergeCommit: string },
  event: EventEnvelope,
): ApprovalRecord => ({
  ...settled(record, 'merged', event),
  mergeCommit: data.mergeCommit,
});

function failed(
  record: ApprovalRecord,
  data: Pick<ApprovalRecord, 'conflicts'> & { error: ApprovalRecord['failure'] },
  event: EventEnvelope,
): ApprovalRecord {
  const to = data.conflicts === undefined ? 'failed' : 'conflicted';
  return { ...settled(record, to, event), failure: data.error, conflicts: data.conflicts };
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
  'approval.approved': on((record, data: { overrideGates?: string }, event) => ({
    ...record,
    overrideGates: data.overrideGates,
    state: 'approved',
    settledBy: event.actor,
    settledMs: event.atMs,
    failure: undefined,
    conflicts: undefined,
    unpinned: undefined,
  })),
  'approval.unpinned': on((record, data: { error: ApprovalRecord['unpinned'] }) => ({
    ...record,
    unpinned: data.error,
  })),
  'approval.merging': on((record) => ({ ...record, state: 'merging' })),
  'approval.merged': on(merged),
  'approval.failed': on(failed),
  'approval.denied': on((record, data: { note: string }, event) => ({
    ...settled(record, 'denied', event),
    note: data.note,
  })),
  'approval.withdrawn': on((record, _data, event) => settled(record, 'withdrawn', event)),
  'agent.destroyed': agentGone,
};
