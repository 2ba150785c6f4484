import { Check, MessageSquare, X } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Standing } from '../gates/index.ts';
import { shortId } from '../../ui/short-id.ts';
import type { Gate } from './approve-gate.ts';
import { StandingWords } from './standing-words.tsx';

interface DecideLineProps {
  approval: ApprovalRecord;
  gate: Gate;
  standing: Standing | undefined;
  /** A yes would not be merged as the target stands: it is there, and not loud. */
  isBlocked: boolean;
  onApprove: () => void;
  onDeny: () => void;
  /** Not sent yet. */
  commentCount: number;
  onComment: () => void;
}

/** Yes and no side by side, with exactly what a yes is for. */
export function DecideLine(props: DecideLineProps) {
  const { approval, gate, standing, isBlocked, onApprove, onDeny } = props;
  const { pin } = approval;
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2">
      <span className="min-w-0 flex-1 basis-24 truncate text-muted">
        {gate.isOpen ? standing && <StandingWords standing={standing} /> : gate.reason}
      </span>
      <CommentButton {...props} />
      <Button icon={X} shortcut="d" onClick={onDeny}>
        Deny
      </Button>
      <Button
        look={isBlocked ? 'normal' : 'primary'}
        icon={Check}
        shortcut="a"
        disabled={!gate.isOpen}
        onClick={onApprove}
        className="max-w-full min-w-0"
      >
        Approve
        <code className="min-w-0 truncate text-sm">
          {shortId(pin.commit)} → {toPlainLine(pin.target)}
        </code>
      </Button>
    </div>
  );
}

/** Says how many wait, where some do. */
export function CommentButton({
  commentCount: count,
  onComment,
}: Pick<DecideLineProps, 'commentCount' | 'onComment'>) {
  return (
    <Button
      look={count === 0 ? 'quiet' : 'normal'}
      icon={MessageSquare}
      shortcut="m"
      onClick={onComment}
    >
      {count === 0 ? 'Comment' : count === 1 ? 'Send 1 comment' : `Send ${count} comments`}
    </Button>
  );
}
