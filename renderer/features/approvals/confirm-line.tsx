import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shortCommit } from './approve-gate.ts';
import { ChangeCounts } from './diff/change-counts.tsx';

interface ConfirmLineProps {
  approval: ApprovalRecord;
  /** Files of it that the diff here does not hold. */
  notShown: number;
  /** Comments that a yes leaves unsent. */
  unsentComments: number;
  isSending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** The second step: Enter merges, Escape goes back. */
export function ConfirmLine(props: ConfirmLineProps) {
  const { approval, notShown, unsentComments, isSending, onConfirm, onCancel } = props;
  const { pin, commitCount, fileCount, additions, deletions } = approval;
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => confirm.current?.focus(), []);
  return (
    <div className="flex min-h-12 items-center gap-3 px-4 py-2">
      <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <span className="font-medium">
          Merge <code className="text-sm">{shortCommit(pin.commit)}</code> into{' '}
          <code className="text-sm">{toPlainLine(pin.target)}</code>?
        </span>
        <span className="text-muted">
          {commitCount === 1 ? '1 commit' : `${commitCount} commits`},{' '}
          {fileCount === 1 ? '1 file' : `${fileCount} files`}
        </span>
        <ChangeCounts additions={additions} deletions={deletions} />
        {notShown > 0 && <span className="text-amber">{notShown} files not shown</span>}
        {unsentComments > 0 && (
          <span className="text-amber">
            {unsentComments === 1 ? '1 comment stays' : `${unsentComments} comments stay`} unsent
          </span>
        )}
      </p>
      <Button look="quiet" shortcut="Escape" disabled={isSending} onClick={onCancel}>
        Cancel
      </Button>
      <Button
        ref={confirm}
        look="primary"
        icon={Check}
        shortcut="Enter"
        busy={isSending}
        onClick={onConfirm}
      >
        Approve and merge
      </Button>
    </div>
  );
}
