import { GitPullRequestArrow, OctagonAlert } from 'lucide-react';
import type { WaitingItem } from '../../../../preload/contract/inbox.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { ItemFacts } from '../kind.ts';

/** A yes is owed to it; the undo of a merge stops no agent, and waits for one all the same. */
function isAsked({ isBlocking }: WaitingItem, { state }: ApprovalRecord): boolean {
  return isBlocking || state === 'pending';
}

export const approvalFacts: ItemFacts<'approval', ApprovalRecord> = {
  kind: 'approval',
  of: ['approval'],
  needs: ['approval'],
  find: (item, records) => {
    const record = records.get('approval', item.subject);
    return record && isAsked(item, record) ? record : undefined;
  },
  look: { icon: GitPullRequestArrow, word: 'Approval', tone: 'text-amber' },
  sort: () => 'approval',
  line: ({ title }) => title,
  story: ({ story }) => story,
};

export const failedApprovalFacts: ItemFacts<'failed-approval', ApprovalRecord> = {
  kind: 'failed-approval',
  of: ['approval'],
  needs: ['approval'],
  find: (item, records) => records.get('approval', item.subject),
  look: { icon: OctagonAlert, word: 'Not merged', tone: 'text-red' },
  sort: () => 'merge',
  line: ({ state, title }) => `${state === 'conflicted' ? 'Conflicts' : 'Not merged'}: ${title}`,
  story: ({ story }) => story,
  dismissed: (agent) => `Dismissed the failure of ${agent}`,
};
