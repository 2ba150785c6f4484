import { GitPullRequestArrow } from 'lucide-react';
import { useRecords } from '../../hub/use-records.ts';
import { useUnderWay } from '../../shell/use-decisions.ts';
import type { View, ViewBadge } from '../../shell/view.ts';
import { fileSource } from '../files/index.ts';
import { waitingOnes } from './approval-order.ts';
import { LazyReview } from './lazy-review.ts';
import { approvalSource } from './palette-source.tsx';

export { NewerCommits } from './newer-commits.tsx';
export { LazyDiff } from './lazy-review.ts';
export { allowMoving, mayMove } from './moving-checkouts.ts';
export { openApproval } from './open-approval.ts';
export { stateLooks } from './present-approval.ts';
export {
  type OpenedDiff,
  openedOf,
  useOpenedDiffs,
  viewedCountOf,
} from './opened-diffs.ts';

export const reviewView: View = {
  id: 'review',
  title: 'Review',
  icon: GitPullRequestArrow,
  shortcut: 'r',
  Component: LazyReview,
  useBadge: useReviewBadge,
  paletteSources: [approvalSource, fileSource],
  shortcuts: [
    { keys: 'j', label: 'Next request' },
    { keys: 'k', label: 'Previous request' },
    { keys: 'a', label: 'Approve, then m for a note and Enter to merge' },
    { keys: 'd', label: 'Deny, with a note to the agent' },
    { keys: ']', label: 'Next file' },
    { keys: '[', label: 'Previous file' },
    { keys: 'n', label: 'Next change' },
    { keys: 'p', label: 'Previous change' },
    { keys: 'v', label: 'Mark the file as viewed and go on' },
    { keys: 'c', label: 'Comment on the change, or on the lines chosen' },
    { keys: 'Shift+c', label: 'Comment on the file' },
    { keys: 'Shift+n', label: 'Choose one line more' },
    { keys: 'Shift+p', label: 'Choose one line less' },
    { keys: 'm', label: 'Send comments without deciding' },
    { keys: '.', label: 'Next thread' },
    { keys: ',', label: 'Previous thread' },
    { keys: 'r', label: 'Reply to the thread' },
    { keys: 'y', label: 'Resolve or reopen the thread' },
    { keys: 'i', label: 'Since your last review, or the whole' },
    { keys: 'o', label: 'One commit alone, the oldest first; after the last the whole' },
    { keys: 'Shift+o', label: 'The commit before' },
    { keys: 'e', label: 'Open the file in your editor' },
    { keys: 'u', label: 'More unchanged lines of the file' },
    { keys: 'x', label: 'Fold or unfold the file' },
    { keys: '/', label: 'Filter files' },
    { keys: 't', label: 'Show or hide the files' },
    { keys: 'l', label: 'Show or hide the list of requests' },
    { keys: 's', label: 'Unified or split' },
    { keys: 'w', label: 'Wrap long lines' },
    { keys: 'Escape', label: 'Back to the inbox' },
  ],
};

function useReviewBadge(): ViewBadge | undefined {
  const underWay = useUnderWay();
  const approvals = useRecords('approval');
  const value = waitingOnes(approvals, ({ id }) => underWay.has(`approval/${id}`)).length;
  return value === 0 ? undefined : { value, what: 'waiting for approval', loud: true };
}
