/**
 * What a yes comes to now: whether it can be said, what it waits for by gates and queue, and, once it was given, what holds it.
 * The decision bar says this and works out nothing by itself. Pure.
 */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { QueueHold } from '../../../preload/contract/merge-queue.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Standing } from '../gates/index.ts';
import { approveGate, type DiffLoad } from './approve-gate.ts';
import { aheadOf } from './queue-place.ts';

export type YesWords = Pick<Standing, 'tone' | 'text'>;

export type Yes =
  /** It cannot be said, and why. */
  | { readonly kind: 'shut'; readonly reason: string }
  /** For exactly this. `needsReason`: gates have not passed, and give way to a reason alone. */
  | {
      readonly kind: 'open';
      readonly pin: Pin;
      readonly words: YesWords | undefined;
      readonly needsReason: boolean;
    }
  /** It was said. Without words it is the queue that says where it is. */
  | { readonly kind: 'given'; readonly words: YesWords | undefined };

export interface YesFacts {
  readonly approval: ApprovalRecord;
  readonly load: DiffLoad;
  /** One commit of it is shown, not the whole. */
  readonly isPart?: boolean | undefined;
  /** By its gates; undefined where a merge needs none. */
  readonly standing: Standing | undefined;
  readonly approvals: readonly ApprovalRecord[];
  readonly holds: readonly QueueHold[];
}

export function whatYesComesTo(facts: YesFacts): Yes {
  const { approval, load, standing } = facts;
  const { state } = approval;
  if (state === 'approved' || state === 'merging') return given(approval, standing);
  const gate = approveGate(approval, load);
  if (gate.isOpen && facts.isPart)
    return { kind: 'shut', reason: 'Only the whole can be approved.' };
  if (!gate.isOpen) return { kind: 'shut', reason: gate.reason };
  const needsReason = standing?.isRed ?? false;
  return { kind: 'open', pin: gate.pin, words: wordsOf(facts), needsReason };
}

/** A merge that has begun and whose gates still run waits for them, unless they were overridden. */
function given({ state, overrideGates }: ApprovalRecord, standing: Standing | undefined): Yes {
  const isHeld = state === 'merging' && overrideGates === undefined && standing?.tone === 'blue';
  if (!isHeld) return { kind: 'given', words: undefined };
  const { tone, text } = standing;
  return { kind: 'given', words: { tone, text: text.replace('A yes', 'Approved,') } };
}

/** What needs the operator before what takes its time, and that before what is well. */
function wordsOf({ approval, standing, approvals, holds }: YesFacts): YesWords | undefined {
  if (standing?.isRed) return standing;
  const target = toPlainLine(approval.pin.target);
  const { hold, ahead } = aheadOf(approval, approvals, holds);
  if (hold !== undefined) {
    const held = hold.target === '*' ? 'All branches are held' : `${target} is held`;
    return { tone: 'amber', text: `${held}: a yes waits until that is released` };
  }
  if (standing !== undefined && standing.tone !== 'green') return standing;
  const [first] = ahead;
  if (first === undefined) return standing;
  const whom = ahead.length === 1 ? `“${toPlainLine(first.title)}”` : `${ahead.length} others`;
  return standing === undefined
    ? { tone: 'blue', text: `A yes is merged after ${whom}` }
    : { tone: standing.tone, text: `${standing.text}; a yes is merged after ${whom}` };
}
