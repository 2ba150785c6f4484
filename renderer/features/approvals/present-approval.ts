/** How an approval's state looks and reads, and what the operator has to know before deciding. Pure. */
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';
import type { ApprovalGroupName } from './approval-order.ts';
import type { ApprovalDiff } from './approve-gate.ts';

export interface Appearance {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

export const stateLooks: Readonly<Record<ApprovalState, Appearance>> = {
  pending: { shape: 'diamond', tone: 'amber', word: 'waiting' },
  approved: { shape: 'half', tone: 'blue', word: 'approved' },
  merging: { shape: 'half', tone: 'blue', word: 'merging' },
  merged: { shape: 'check', tone: 'green', word: 'merged' },
  failed: { shape: 'cross', tone: 'red', word: 'failed' },
  conflicted: { shape: 'square', tone: 'red', word: 'conflict' },
  denied: { shape: 'cross', tone: 'muted', word: 'denied' },
  withdrawn: { shape: 'dashed', tone: 'muted', word: 'withdrawn' },
  superseded: { shape: 'dashed', tone: 'muted', word: 'superseded' },
};

export const groupTitles: Readonly<Record<ApprovalGroupName, string>> = {
  waiting: 'Waiting for you',
  merging: 'Merging',
  trouble: 'Not merged',
  settled: 'Settled',
};

export interface Notice {
  readonly tone: 'amber' | 'red';
  readonly title: string;
  readonly text: string;
  /** Files it is about. */
  readonly files?: readonly string[];
}

/** What stands above the diff in colour, the most serious first. */
export function noticesOf(approval: ApprovalRecord, diff: ApprovalDiff | undefined): Notice[] {
  return [
    ...failureNotice(approval),
    ...(diff ? [...truncatedNotice(approval, diff), ...targetNotices(approval, diff)] : []),
  ];
}

function failureNotice({ state, failure, conflicts }: ApprovalRecord): Notice[] {
  if (state !== 'failed' && state !== 'conflicted') return [];
  const title = failure?.message ?? 'The merge did not happen; the target is untouched.';
  const files = conflicts && conflicts.length > 0 ? { files: conflicts } : {};
  return [{ tone: 'red', title, text: failure?.mend ?? '', ...files }];
}

function truncatedNotice(
  { fileCount }: ApprovalRecord,
  { truncated, patch }: ApprovalDiff,
): Notice[] {
  if (!truncated) return [];
  const shown = patch.split(/^diff --git /m).length - 1;
  return [
    {
      tone: 'amber',
      title: `The diff is too large to show whole: ${shown} of ${fileCount} files are here.`,
      text: 'A yes would be for all of them; look at the rest with git first.',
    },
  ];
}

function targetNotices({ pin, state }: ApprovalRecord, diff: ApprovalDiff): Notice[] {
  const notices: Notice[] = [];
  if (state === 'merged' || state === 'denied') return notices;
  if (diff.checkout && !diff.checkout.clean) {
    notices.push({
      tone: 'amber',
      title: `${pin.target} is checked out with uncommitted changes in ${diff.checkout.path}.`,
      text: 'The merge will be refused until they are committed or stashed there.',
    });
  }
  if (diff.targetMoved) {
    notices.push({
      tone: 'amber',
      title: `${pin.target} has moved since this was requested.`,
      text: 'The diff is against the base of the request; the merge goes onto where it is now.',
    });
  }
  return notices;
}
