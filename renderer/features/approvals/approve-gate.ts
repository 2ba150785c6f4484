/** Whether the operator may say yes now, and if not, why not. A yes is only for what is on the screen. */
import type { ApprovalRecord, approvals } from '../../../preload/contract/approvals.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { QueryResult } from '../../../preload/contract/define.ts';
import type { WireError } from '../../../preload/contract/errors.ts';

export interface ApprovalDiff extends QueryResult<typeof approvals, 'approval.diff'> {
  /** Paths that its base calls generated. */
  readonly generated?: readonly string[];
}

/** What became of asking for the diff. */
export type DiffLoad =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: WireError }
  | { readonly state: 'loaded'; readonly diff: ApprovalDiff };

export type Gate =
  | { readonly isOpen: true; readonly pin: Pin }
  | { readonly isOpen: false; readonly reason: string };

export function approveGate({ state, pin }: ApprovalRecord, load: DiffLoad): Gate {
  if (!isUndecided(state)) return shut(`This request is ${state}.`);
  if (load.state === 'loading') return shut('The diff is still loading.');
  if (load.state === 'failed') return shut('Without its diff nothing can be approved.');
  if (!isSamePin(pin, load.diff.pin)) return shut('The diff shown is not the one requested.');
  return { isOpen: true, pin: load.diff.pin };
}

export function isSamePin(a: Pin, b: Pin): boolean {
  const keys = ['commit', 'tree', 'base', 'fork', 'target', 'diffHash'] as const;
  return keys.every((key) => a[key] === b[key]);
}

function shut(reason: string): Gate {
  return { isOpen: false, reason };
}
