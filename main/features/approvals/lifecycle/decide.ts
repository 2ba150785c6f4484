/** What a request becomes while the world moves on. What was approved is never touched: that yes was for exactly its commit. */
import { isUndecided } from '../../../../preload/contract/approval-states.ts';
import type { Withdrawal } from '../../../../preload/contract/approval-lifecycle.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import type { Result } from '../../../base/result.ts';
import type { DecideContext, Decision, NewEvent, Nothing } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { subjectOf } from '../yes.ts';
import { requireApproval } from '../require.ts';
import type { ApprovalsState } from '../slice.ts';
import { expiresMs, knownTip } from './stands.ts';

type Ctx = DecideContext<ApprovalsState>;

/** Also one that failed: a yes could try it again. */
export function decideBranch(
  ctx: Ctx,
  { approval, branch, tip, holds, newer }: CommandData<typeof contract, 'approval.tell_branch'>,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  const record = found.value;
  if (!isUndecided(record.state)) return decided({}, []);
  const { commit } = record.pin;
  if (!holds || tip === undefined) {
    const where = { branch, commit, ...(tip !== undefined && { tip }) };
    return decided({}, [withdrawn(record, { kind: 'left-branch', ...where })]);
  }
  if (tip === knownTip(record)) return decided({}, []);
  const moved = { ...subjectOf(record), branch, newer: { tip, count: newer } };
  return decided({}, [newEvent(contract, 'approval.branch_moved', moved)]);
}

export function decideExpire(
  ctx: Ctx,
  { approval, days }: CommandData<typeof contract, 'approval.expire'>,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  const record = found.value;
  if ((expiresMs(record, days) ?? Infinity) > ctx.nowMs) return decided({}, []);
  const { commit } = record.pin;
  return decided({}, [withdrawn(record, { kind: 'expired', commit, days })]);
}

function withdrawn(record: ApprovalRecord, reason: Withdrawal): NewEvent {
  return newEvent(contract, 'approval.withdrawn', { ...subjectOf(record), reason });
}
