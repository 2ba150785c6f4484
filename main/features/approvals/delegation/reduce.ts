/** What is remembered of delegation: which approvals rules look at, why they left them, and how often each has approved. */
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import type { ApprovalsState, StoredApproval } from '../slice.ts';

export interface Delegated {
  readonly rule: string;
  readonly atMs: number;
}

/** An hour of the most that a rule may approve, of several rules. */
const kept = { ms: 3_600_000, count: 5_000 };

export function withDelegated(
  state: ApprovalsState,
  { atMs, data }: EventEnvelope,
): ApprovalsState {
  const { rule } = data as { rule?: string };
  if (rule === undefined) return state;
  const recent = (state.delegated ?? []).filter((one) => one.atMs > atMs - kept.ms);
  return { ...state, delegated: [...recent, { rule, atMs }].slice(-kept.count) };
}

export function leftToOperator(record: StoredApproval, data: { why: string }): StoredApproval {
  return { ...considered(record), leftBecause: data.why };
}

/** Whatever is decided, rules look at it no more. */
export function considered({ considering: _, ...record }: StoredApproval): StoredApproval {
  return record;
}
