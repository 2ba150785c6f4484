import { ArrowRight, BookText, ChevronDown, GitBranch } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { useRecord } from '../../hub/use-records.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { NewerCommits } from './newer-commits.tsx';
import { sayRange } from '../../../preload/contract/approval-range.ts';
import { Popover } from '../../ui/popover.tsx';
import { hasCommitList } from './approval-overview.tsx';
import { CommitList, type CommitListProps } from './commit-list.tsx';
import { CopyId } from './copy-id.tsx';
import { PinPopover } from './pin-popover.tsx';
import { stateLooks } from './present-approval.ts';

interface ApprovalTitleProps {
  approval: ApprovalRecord;
  /** The agent's branch, when the agent is still known. */
  branch: string | undefined;
  /** Its commits, once they are known. */
  commits: CommitListProps | undefined;
}

/** What it is and what a yes is for; always in sight. */
export function ApprovalTitle({ approval, branch, commits }: ApprovalTitleProps) {
  const { agent, title, pin, state, requestedMs, undoes, story } = approval;
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
        {story !== undefined && <StoryWords id={story} isOpen={isUndecided(state)} />}
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
        <Commits approval={approval} commits={commits} />
        <NewerCommits approval={approval} />
        <span>
          requested <RelativeTime atMs={requestedMs} />
        </span>
      </div>
    </header>
  );
}

const reviewWords = {
  gates: 'its gates review it',
  agent: 'an agent reviews it',
  human: 'you review it',
} as const;

/** Whose work it is, and who is to be content with it. */
function StoryWords({ id, isOpen }: { id: string; isOpen: boolean }) {
  const story = useRecord('story', id);
  const review = useRecord('landing', id)?.review;
  const by = review?.verdict === undefined ? review?.reviewer : undefined;
  const said = story && (by === undefined ? reviewWords[story.review] : `${by} reviews it`);
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <BookText size={14} aria-hidden className="shrink-0 text-faint" />
      <span className="text-fg">
        <span className="sr-only">story </span>
        {id}
      </span>
      {isOpen && said !== undefined && <span className="truncate">{said}</span>}
    </span>
  );
}

/** How many, of how many; which, on demand. */
function Commits({ approval, commits }: Pick<ApprovalTitleProps, 'approval' | 'commits'>) {
  const said = sayRange(approval);
  if (commits === undefined || !hasCommitList(commits.diff)) return <span>{said}</span>;
  return (
    <Popover
      // Closed again once one is chosen.
      key={commits.alone}
      label="Commits"
      className="w-140"
      trigger={
        <button
          type="button"
          className="flex items-center gap-1 rounded-sm px-1 hover:bg-hover hover:text-fg data-[state=open]:bg-selected"
        >
          {said}
          <ChevronDown size={12} aria-hidden className="text-faint" />
        </button>
      }
    >
      <div className="max-h-100 overflow-y-auto">
        <CommitList {...commits} />
      </div>
    </Popover>
  );
}
