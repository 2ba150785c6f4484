/** What a record becomes by what happened around it. */
import type { EventData } from '../../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { StoredApproval } from '../slice.ts';

/** Back at its own commit there is nothing to say. */
export function branchMoved(
  { newer: _before, ...record }: StoredApproval,
  { newer }: EventData<typeof contract, 'approval.branch_moved'>,
): StoredApproval {
  return newer.tip === record.pin.commit ? record : { ...record, newer };
}

/** By the hub itself it is nobody's decision: who approved one that failed did not take it back. */
export function withdrawnFor(
  record: StoredApproval,
  { reason }: EventData<typeof contract, 'approval.withdrawn'>,
): StoredApproval {
  return reason === undefined ? record : { ...record, withdrawal: reason, settledBy: 'system' };
}
