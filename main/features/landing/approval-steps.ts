/** The request of a story's commit: a yes, the operator's turn, and what it means that somebody took it back. Pure. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { sayWithdrawal } from '../../../preload/contract/say-lifecycle.ts';
import type { StoryCause } from '../../../preload/contract/story-facts.ts';
import { sendBack } from './advance.ts';
import type { Step } from './steps.ts';
import type { View } from './view.ts';

export function causeOf({ id: ref }: Pick<ApprovalRecord, 'id'>): StoryCause {
  return { kind: 'approval', ref };
}

export function leave({ id: approval }: ApprovalRecord, why: string): Step {
  return { key: `leave/${approval}`, command: { type: 'approval.leave', data: { approval, why } } };
}

export function sayYes(
  { id: approval, pin: { commit, diffHash } }: ApprovalRecord,
  mode: 'gates' | 'agent' | 'human',
  reviewer?: string,
): Step {
  const data = { approval, commit, diffHash, mode, ...(reviewer !== undefined && { reviewer }) };
  return { key: `pass/${approval}`, command: { type: 'approval.pass_story', data } };
}

/** By whom it was approved before: a yes stands for exactly the same once more. */
export function modeOf({ settledBy, byStory }: ApprovalRecord): 'gates' | 'agent' | 'human' {
  return byStory?.mode ?? (settledBy === 'system' ? 'gates' : 'human');
}

/** A yes to this very commit and change, from before its story was put aside; nothing of the story was changed since. */
export function formerYes({ row: { yes, isLeft } }: View, { pin }: ApprovalRecord) {
  const isSame = yes?.commit === pin.commit && yes.diffHash === pin.diffHash;
  return isSame && isLeft !== true ? yes : undefined;
}

/** Somebody said no, or it was taken back by hand. */
export function takenBack(view: View, approval: ApprovalRecord): Step | undefined {
  const cause = causeOf(approval);
  const { id, note = '', withdrawal } = approval;
  switch (approval.state) {
    case 'denied':
      return sendBack(view, cause, sayDenial(approval, note));
    case 'withdrawn': {
      const why = withdrawal === undefined ? 'it was taken back.' : sayWithdrawal(withdrawal);
      return sendBack(view, cause, `The request ${id} for its merge was withdrawn: ${why}`);
    }
    case 'superseded':
      return sendBack(
        view,
        cause,
        `Its agent has asked for something else in the place of ${id}. Submit the story with the commit that is meant.`,
      );
    default:
      return undefined;
  }
}

function sayDenial({ id, review }: ApprovalRecord, note: string): string {
  const comments = review === undefined ? '' : ` See the comments: musher review show ${review}`;
  return `The request ${id} was denied: ${note.trim() === '' ? 'no note was given.' : note}${comments}`;
}
