import type { Snapshot } from '../../../preload/contract/snapshots.ts';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { formatExact } from '../../ui/format-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { changesOf, whyOf } from './present-snapshot.ts';

interface SnapshotRowProps {
  snapshot: Snapshot;
  onOpen: (what: 'diff' | 'restore') => void;
}

/** Why and how old, what it holds, and what can be done with it. */
export function SnapshotRow({ snapshot, onOpen }: SnapshotRowProps) {
  const { id, atMs, additions = 0, deletions = 0 } = snapshot;
  const name = `the snapshot of ${formatExact(atMs)}`;
  return (
    <li className="flex flex-col text-sm" title={`${changesOf(snapshot)} (${id})`}>
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">{whyOf(snapshot)}</span>
        <RelativeTime atMs={atMs} className="text-faint tabular-nums" />
      </span>
      <span className="flex items-baseline gap-3">
        <span className="flex min-w-0 flex-1 items-baseline gap-2 text-muted tabular-nums">
          <span className="min-w-0 truncate">{changesOf(snapshot)}</span>
          <ChangeCounts additions={additions} deletions={deletions} />
        </span>
        <RowButton label={`Diff of ${name}`} onClick={() => onOpen('diff')}>
          Diff
        </RowButton>
        <RowButton label={`Restore ${name}`} onClick={() => onOpen('restore')}>
          Restore…
        </RowButton>
      </span>
    </li>
  );
}

function RowButton(props: { label: string; onClick: () => void; children: string }) {
  const { label, onClick, children } = props;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="shrink-0 rounded-sm text-accent hover:underline"
    >
      {children}
    </button>
  );
}
