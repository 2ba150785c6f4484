import { GitPullRequestArrow } from 'lucide-react';
import { sayRange } from '../../../../preload/contract/approval-range.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { shortId } from '../../../ui/short-id.ts';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { NewerCommits } from '../../approvals/index.ts';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { approvalFacts, failedApprovalFacts } from './approval.ts';
import { Problem } from '../problem.tsx';
import { useDismiss } from '../use-dismiss.ts';

type ApprovalItem = Item<'approval' | 'failed-approval', ApprovalRecord>;

const review = ({ record }: ApprovalItem) => navigate('review', `approval/${record.id}`);

export const approvalKind: InboxKind<'approval', ApprovalRecord> = {
  ...approvalFacts,
  open: review,
  Detail: ApprovalDetail,
};

export const failedApprovalKind: InboxKind<'failed-approval', ApprovalRecord> = {
  ...failedApprovalFacts,
  open: review,
  Detail: ApprovalDetail,
};

/** A yes needs the diff to have been seen, so this leads to the review and does not approve. */
export function ApprovalDetail({ item }: { item: ApprovalItem }) {
  const approval = item.record;
  const dismiss = useDismiss();
  const isPending = item.kind === 'approval';
  const review = () => navigate('review', `approval/${approval.id}`);
  useShortcuts([{ keys: 'a', run: review }]);
  return (
    <DetailFrame
      item={item}
      verb={
        isPending
          ? `asks to merge into ${approval.pin.target}`
          : `was not merged into ${approval.pin.target}`
      }
      footer={
        <div className="flex items-center gap-2">
          <Button look="primary" icon={GitPullRequestArrow} shortcut="Enter" onClick={review}>
            Review
          </Button>
          <span className="flex-1" />
          {!isPending && (
            <Button look="quiet" shortcut="Delete" onClick={() => dismiss(item)}>
              Dismiss
            </Button>
          )}
        </div>
      }
    >
      <UntrustedText text={approval.title} className="text-lg" />
      {approval.description && (
        <UntrustedText text={approval.description} className="mt-1 text-muted" />
      )}
      {approval.failure && <Problem error={approval.failure} />}
      {approval.conflicts && <FileList label="In conflict" paths={approval.conflicts} />}
      <ChangeSummary approval={approval} />
    </DetailFrame>
  );
}

function ChangeSummary({ approval }: { approval: ApprovalRecord }) {
  const { fileCount, additions, deletions, pin, files } = approval;
  return (
    <>
      <p className="mt-3 text-muted">
        {count(fileCount, 'file')}, <span className="text-green">+{additions}</span>{' '}
        <span className="text-red">−{deletions}</span>, {sayRange(approval)} up to{' '}
        <code className="text-selectable">{shortId(pin.commit)}</code>
        <NewerCommits approval={approval} className="ml-3" />
      </p>
      <ul className="mt-2 font-mono text-sm">
        {files.slice(0, maxFiles).map((file) => (
          <li key={file.path} className="flex h-6 items-center gap-2">
            <span className="min-w-0 flex-1 truncate" title={toPlainLine(file.path)}>
              {toPlainLine(file.path)}
            </span>
            <span className="text-green">
              {file.additions !== undefined && `+${file.additions}`}
            </span>
            <span className="w-10 text-right text-red">
              {file.deletions !== undefined && `−${file.deletions}`}
            </span>
          </li>
        ))}
      </ul>
      {fileCount > maxFiles && (
        <p className="mt-1 text-sm text-faint">and {fileCount - maxFiles} more</p>
      )}
    </>
  );
}

const maxFiles = 12;

function FileList({ label, paths }: { label: string; paths: readonly string[] }) {
  return (
    <div className="mt-3">
      <h2 className="text-sm font-medium text-muted">{label}</h2>
      <ul className="text-selectable font-mono text-sm">
        {paths.slice(0, maxFiles).map((path) => (
          <li key={path} className="truncate">
            {toPlainLine(path)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
