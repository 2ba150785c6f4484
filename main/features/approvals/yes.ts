/** A yes to one approval, by whoever may say it: checked against what was seen, as an event. Pure. */
import { canReplay } from '../../../preload/contract/approval-range.ts';
import type { ByStory } from '../../../preload/contract/approval-stories.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { NewEvent } from '../../hub/feature.ts';
import { newEvent } from '../../hub/feature.ts';
import type { ApproveFacts } from './ports.ts';
import { requireSeen, requireUndecided } from './require.ts';
import type { ApprovalsState } from './slice.ts';

export interface Yes {
  readonly approval: string;
  readonly commit: string;
  readonly diffHash?: string | undefined;
  readonly updateCheckout: boolean;
  readonly overrideGates?: string | undefined;
  readonly strategy?: MergeStrategy | undefined;
  readonly note?: string;
  readonly rule?: string;
  readonly byStory?: ByStory;
}

export interface TakenYes {
  readonly target: string;
  readonly event: NewEvent;
}

export function requireYes(
  state: ApprovalsState,
  yes: Yes,
  { checkedOutIn, after, ahead, isApart = false, ...facts }: ApproveFacts,
): Result<TakenYes> {
  const found = requireUndecided(state, yes.approval);
  if (!found.ok) return found;
  const seen = requireSeen(found.value, yes);
  if (!seen.ok) return seen;
  const { pin } = found.value;
  if (checkedOutIn !== undefined)
    return refuse('TARGET_CHECKED_OUT', { target: pin.target, path: checkedOutIn });
  const { updateCheckout, overrideGates, strategy = facts.strategy } = yes;
  const { note = '', rule, byStory } = yes;
  if (isApart && !canReplay(strategy))
    return refuse('RANGE_STRATEGY', { strategy, target: pin.target, from: pin.base });
  const event = newEvent(contract, 'approval.approved', {
    ...subjectOf(found.value),
    ...{ pin, updateCheckout },
    ...(overrideGates !== undefined && { overrideGates }),
    strategy,
    after: [...after],
    ahead: [...ahead],
    ...(note !== '' && { note }),
    ...(rule !== undefined && { rule }),
    ...(byStory !== undefined && { byStory }),
  });
  return ok({ target: pin.target, event });
}

export function subjectOf({ id, agent, title }: ApprovalRecord): {
  approval: string;
  agent: string;
  title: string;
} {
  return { approval: id, agent, title };
}

/** What was said with its yes goes with what becomes of it. */
export function yesWords({
  note,
  rule,
  byStory,
}: ApprovalRecord): Pick<Yes, 'note' | 'rule' | 'byStory'> {
  return {
    ...(note !== undefined && { note }),
    ...(rule !== undefined && { rule }),
    ...(byStory !== undefined && { byStory }),
  };
}
