/** What a command must find before it decides, or how it is refused. */
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { sayWithdrawal } from '../../../preload/contract/say-lifecycle.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { type ApprovalsState, initialApprovals } from './slice.ts';

export function requireApproval(state: ApprovalsState, id: string): Result<ApprovalRecord> {
  const found = state.byId.get(id);
  if (found !== undefined) return ok(found);
  const pending = state.byId.values().filter((approval) => approval.state === 'pending');
  return refuse('APPROVAL_UNKNOWN', {
    approval: id,
    known: listOrNone(pending.map((approval) => approval.id)),
  });
}

/** To others than its agent and the operator, an approval does not exist. */
export function requireVisible(
  ctx: Pick<QueryContext<ApprovalsState>, 'actor' | 'state'>,
  id: string,
  state = ctx.state,
): Result<ApprovalRecord> {
  const found = requireApproval(state, id);
  const self = agentIdOf(ctx.actor);
  return !found.ok || self === undefined || found.value.agent === self
    ? found
    : requireApproval(initialApprovals, id);
}

export function requireUndecided(state: ApprovalsState, id: string): Result<ApprovalRecord> {
  const found = requireApproval(state, id);
  if (!found.ok || isUndecided(found.value.state)) return found;
  const hint = hintOf(found.value);
  return refuse('APPROVAL_NOT_PENDING', { approval: id, state: found.value.state, hint });
}

function hintOf({ state, withdrawal }: ApprovalRecord): string {
  if (withdrawal !== undefined) return `Musher withdrew it: ${sayWithdrawal(withdrawal)}`;
  return state === 'superseded'
    ? 'The agent asked again; look at its newest request.'
    : 'Nothing to do.';
}

export function requireSeen(
  { id, pin }: ApprovalRecord,
  seen: { commit: string; diffHash?: string | undefined },
): Result<undefined> {
  if (!pin.commit.startsWith(seen.commit.toLowerCase()))
    return refuse('APPROVAL_MOVED', {
      approval: id,
      what: 'commit',
      expected: pin.commit,
      found: seen.commit,
    });
  if (seen.diffHash !== undefined && seen.diffHash !== pin.diffHash)
    return refuse('APPROVAL_MOVED', {
      approval: id,
      what: 'diff',
      expected: pin.diffHash,
      found: seen.diffHash,
    });
  return ok(undefined);
}
