import { Check, MessageSquare, X } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shortId } from '../../ui/short-id.ts';
import { StandingWords } from './standing-words.tsx';
import type { Yes } from './what-a-yes.ts';

interface DecideLineProps {
  approval: ApprovalRecord;
  yes: Yes;
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
  const { approval, yes, isBlocked, onApprove, onDeny } = props;
  const { pin } = approval;
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2">
      <span className="min-w-0 flex-1 basis-24 truncate text-muted">
        {yes.kind === 'shut' ? yes.reason : yes.words && <StandingWords words={yes.words} />}
      </span>
      <CommentButton {...props} />
      <Button icon={X} shortcut="d" onClick={onDeny}>
        Deny
      </Button>
      <Button
        look={isBlocked ? 'normal' : 'primary'}
        icon={Check}
        shortcut="a"
        disabled={yes.kind !== 'open'}
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
