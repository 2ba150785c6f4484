import { ArrowRight, GitBranch } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { NewerCommits } from './newer-commits.tsx';
import { CopyId } from './copy-id.tsx';
import { PinPopover } from './pin-popover.tsx';
import { stateLooks } from './present-approval.ts';

interface ApprovalTitleProps {
  approval: ApprovalRecord;
  /** The agent's branch, when the agent is still known. */
  branch: string | undefined;
}

/** What it is and what a yes is for; always in sight. */
export function ApprovalTitle({ approval, branch }: ApprovalTitleProps) {
  const { agent, title, pin, state, commitCount, requestedMs, undoes } = approval;
  return (
    <header className="flex shrink-0 flex-col gap-1 border-b px-4 pt-2.5 pb-2">
      <div className="flex min-w-0 items-start gap-3">
        <h2
          dir="auto"
          title={toPlainLine(title)}
          className="text-selectable line-clamp-2 min-w-0 flex-1 text-lg leading-6 font-semibold break-words"
        >
          {toPlainLine(title)}
        </h2>
        <StatusDot {...stateLooks[state]} showWord />
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-muted">
        <span className="truncate font-medium text-fg">{agent === 'operator' ? 'you' : agent}</span>
        <span className="flex min-w-0 items-center gap-1.5 font-mono text-sm">
          <GitBranch size={14} aria-hidden className="shrink-0 text-faint" />
          <span className="min-w-0 truncate">{branch ?? undoes?.approval ?? agent}</span>
          <ArrowRight size={14} aria-label="into" className="shrink-0 text-faint" />
          <span className="min-w-0 truncate text-fg">{pin.target}</span>
        </span>
        <span className="flex items-center">
          <CopyId id={pin.commit} what="commit" />
          <PinPopover pin={pin} />
        </span>
        <span>{commitCount === 1 ? '1 commit' : `${commitCount} commits`}</span>
        <NewerCommits approval={approval} />
        <span>
          requested <RelativeTime atMs={requestedMs} />
        </span>
      </div>
    </header>
  );
}
