/** How an approval's state looks and reads, and what the operator has to know before deciding. Pure. */
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';
import type { ApprovalGroupName } from './approval-order.ts';
import type { ApprovalDiff } from './approve-gate.ts';
import { readSection, splitPatch } from './diff/patch-section.ts';

export interface Appearance {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

export const stateLooks: Readonly<Record<ApprovalState, Appearance>> = {
  pending: { shape: 'diamond', tone: 'amber', word: 'waiting' },
  approved: { shape: 'half', tone: 'blue', word: 'queued' },
  merging: { shape: 'half', tone: 'blue', word: 'merging' },
  merged: { shape: 'check', tone: 'green', word: 'merged' },
  failed: { shape: 'cross', tone: 'red', word: 'failed' },
  conflicted: { shape: 'square', tone: 'red', word: 'conflict' },
  denied: { shape: 'cross', tone: 'muted', word: 'denied' },
  withdrawn: { shape: 'dashed', tone: 'muted', word: 'withdrawn' },
  superseded: { shape: 'dashed', tone: 'muted', word: 'superseded' },
};

/** Decided on this page, and not settled yet. */
export const decidedLook: Appearance = { shape: 'half', tone: 'blue', word: 'decided' };

export const groupTitles: Readonly<Record<ApprovalGroupName, string>> = {
  waiting: 'Waiting for you',
  underWay: 'Under way',
  trouble: 'Not merged',
  settled: 'Settled',
};

export interface Notice {
  readonly tone: 'amber';
  readonly title: string;
  readonly text: string;
}

/** What stands above the diff in colour, the most serious first. What became of a merge is said below, with the decision. */
export function noticesOf(approval: ApprovalRecord, diff: ApprovalDiff | undefined): Notice[] {
  const seen = diff ? [...truncatedNotice(approval, diff), ...targetNotices(approval, diff)] : [];
  return [...unpinnedNotice(approval), ...seen, ...leftNotice(approval)];
}

/** Why a rule, or the review of its story, did not approve it. */
function leftNotice({ state, leftBecause, story }: ApprovalRecord): Notice[] {
  if (leftBecause === undefined || !isUndecided(state)) return [];
  if (story !== undefined)
    return [
      { tone: 'amber', title: `The review of ${story} left this to you.`, text: leftBecause },
    ];
  return [{ tone: 'amber', title: 'A rule left this to you.', text: leftBecause }];
}

function unpinnedNotice({ state, unpinned, agent }: ApprovalRecord): Notice[] {
  if (unpinned === undefined || !isUndecided(state)) return [];
  return [
    {
      tone: 'amber',
      title: `Nothing but the branch of ${agent} keeps this commit. ${unpinned.message}`,
      text: `${unpinned.mend} Approving tries again to keep it, before anything is merged.`,
    },
  ];
}

function truncatedNotice(approval: ApprovalRecord, diff: ApprovalDiff): Notice[] {
  const missing = countNotShown(approval, diff);
  if (missing === 0) return [];
  return [
    {
      tone: 'amber',
      title: `The diff is too large to show whole: ${missing} of ${approval.fileCount} files are not here.`,
      text: 'A yes would be for them as well; look at the rest with git first.',
    },
  ];
}

/** Files that a yes would be for and that this diff does not hold. */
export function countNotShown({ fileCount }: ApprovalRecord, diff: ApprovalDiff): number {
  if (!diff.truncated) return 0;
  const shown = new Set(splitPatch(diff.patch).map((section) => readSection(section).path));
  return Math.max(fileCount - shown.size, 0);
}

function targetNotices({ pin, state }: ApprovalRecord, diff: ApprovalDiff): Notice[] {
  const notices: Notice[] = [];
  if (!isUndecided(state)) return notices;
  if (diff.unfit) notices.push({ tone: 'amber', title: diff.unfit.message, text: diff.unfit.mend });
  if (diff.checkout && !diff.checkout.clean) {
    notices.push({
      tone: 'amber',
      title: `${pin.target} is checked out with uncommitted changes in ${diff.checkout.path}.`,
      text: 'The merge will be refused until they are committed or stashed there.',
    });
  }
  return notices;
}
