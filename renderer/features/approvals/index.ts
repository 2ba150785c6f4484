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
  about: 'Changes that agents hand in: the diff, your comments, your yes or no.',
  tour: {
    text: 'What an agent hands in is a diff that stays as you saw it: comment on lines, approve or deny. Only what you approve is merged.',
    anchors: ['main [role="listbox"]', 'main h2'],
    keys: { keys: 'a', label: 'Approve' },
  },
  shortcut: 'r',
  Component: LazyReview,
  useBadge: useReviewBadge,
  paletteSources: [approvalSource, fileSource],
  shortcuts: [
    { name: 'next', keys: 'j', label: 'Next request' },
    { name: 'previous', keys: 'k', label: 'Previous request' },
    { name: 'approve', keys: 'a', label: 'Approve, then m for a note and Enter to merge' },
    { name: 'deny', keys: 'd', label: 'Deny, with a note to the agent' },
    { name: 'next-file', keys: ']', label: 'Next file' },
    { name: 'previous-file', keys: '[', label: 'Previous file' },
    { name: 'next-change', keys: 'n', label: 'Next change' },
    { name: 'previous-change', keys: 'p', label: 'Previous change' },
    { name: 'viewed', keys: 'v', label: 'Mark the file as viewed and go on' },
    { name: 'comment', keys: 'c', label: 'Comment on the change, or on the lines chosen' },
    { name: 'comment-file', keys: 'Shift+c', label: 'Comment on the file' },
    { name: 'more-lines', keys: 'Shift+n', label: 'Choose one line more' },
    { name: 'fewer-lines', keys: 'Shift+p', label: 'Choose one line less' },
    { name: 'send-comments', keys: 'm', label: 'Send comments without deciding' },
    { name: 'next-thread', keys: '.', label: 'Next thread' },
    { name: 'previous-thread', keys: ',', label: 'Previous thread' },
    { name: 'reply', keys: 'r', label: 'Reply to the thread' },
    { name: 'resolve', keys: 'y', label: 'Resolve or reopen the thread' },
    { name: 'since', keys: 'i', label: 'Since your last review, or the whole' },
    {
      name: 'one-commit',
      keys: 'o',
      label: 'One commit alone, the oldest first; after the last the whole',
    },
    { name: 'commit-before', keys: 'Shift+o', label: 'The commit before' },
    { name: 'editor', keys: 'e', label: 'Open the file in your editor' },
    { name: 'unchanged', keys: 'u', label: 'More unchanged lines of the file' },
    { name: 'fold', keys: 'x', label: 'Fold or unfold the file' },
    { name: 'filter', keys: '/', label: 'Filter files' },
    { name: 'files', keys: 't', label: 'Show or hide the files' },
    { name: 'list', keys: 'l', label: 'Show or hide the list of requests' },
    { name: 'layout', keys: 's', label: 'Unified or split' },
    { name: 'wrap', keys: 'w', label: 'Wrap long lines' },
    { keys: 'Escape', label: 'Back to the inbox' },
  ],
};

function useReviewBadge(): ViewBadge | undefined {
  const underWay = useUnderWay();
  const approvals = useRecords('approval');
  const value = waitingOnes(approvals, ({ id }) => underWay.has(`approval/${id}`)).length;
  return value === 0 ? undefined : { value, what: 'waiting for approval', loud: true };
}
