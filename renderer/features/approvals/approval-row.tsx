import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Decision } from '../../hub/decisions.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { NewerCommits } from './newer-commits.tsx';
import { decidedLook, stateLooks } from './present-approval.ts';

interface ApprovalRowProps {
  approval: ApprovalRecord;
  /** Taken on this page and not settled yet. */
  decision: Decision | undefined;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

export function rowId(approval: string): string {
  return `approval-${approval}`;
}

export function ApprovalRow({ approval, decision, isSelected, onSelect }: ApprovalRowProps) {
  const { id, title, agent, story, state, undoneBy } = approval;
  const { additions, deletions, requestedMs, settledMs } = approval;
  const look = decision ? decidedLook : stateLooks[state];
  const line = toPlainLine(title);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      id={rowId(id)}
      role="option"
      aria-selected={isSelected}
      title={line}
      onClick={() => onSelect(id)}
      className={classNames(
        'relative flex w-full min-w-0 flex-col gap-0.5 px-3 py-2',
        isSelected
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-line-strong in-focus:before:bg-accent'
          : 'hover:bg-hover',
      )}
    >
      <span className="flex w-full min-w-0 items-start gap-2">
        <span className="flex h-5 items-center">
          <StatusDot {...look} />
        </span>
        <span dir="auto" className="line-clamp-2 min-w-0 flex-1 leading-5 font-medium break-words">
          {line}
        </span>
        <RelativeTime atMs={settledMs ?? requestedMs} className="text-xs leading-5 text-faint" />
      </span>
      <span className="flex w-full min-w-0 items-center gap-2 pl-4.5 text-sm text-muted">
        <span className="min-w-0 flex-1 truncate">
          {agent === 'operator' ? 'you' : agent}
          {' · '}
          {undoneBy ? 'taken back' : look.word}
          {story !== undefined && ` · ${story}`}
        </span>
        {!decision && <NewerCommits approval={approval} isShort />}
        <ChangeCounts additions={additions} deletions={deletions} />
      </span>
    </div>
  );
}
