import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { ChangeCounts } from './diff/change-counts.tsx';
import { stateLooks } from './present-approval.ts';

interface ApprovalRowProps {
  approval: ApprovalRecord;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

export function ApprovalRow({ approval, isSelected, onSelect }: ApprovalRowProps) {
  const { id, title, agent, state, additions, deletions, requestedMs, settledMs } = approval;
  const look = stateLooks[state];
  const line = toPlainLine(title);
  return (
    <button
      type="button"
      title={line}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => onSelect(id)}
      className={classNames(
        'flex h-13 w-full min-w-0 flex-col justify-center gap-0.5 px-3 text-left hover:bg-hover',
        isSelected && 'bg-selected hover:bg-selected',
      )}
    >
      <span className="flex w-full min-w-0 items-center gap-2">
        <StatusDot {...look} />
        <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
          {line}
        </span>
        <RelativeTime atMs={settledMs ?? requestedMs} className="text-xs text-faint" />
      </span>
      <span className="flex w-full min-w-0 items-center gap-2 pl-4.5 text-sm text-muted">
        <span className="min-w-0 flex-1 truncate">
          {agent} · {look.word}
        </span>
        <ChangeCounts additions={additions} deletions={deletions} />
      </span>
    </button>
  );
}
