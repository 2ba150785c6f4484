import { useState } from 'react';
import type { Snapshot } from '../../../preload/contract/snapshots.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { LazyDiff } from '../approvals/index.ts';
import { changesOf, countOf, whyOf } from './present-snapshot.ts';

interface DiffDialogProps {
  snapshot: Snapshot;
  hasWorktree: boolean;
  onClose: () => void;
  onRestore: () => void;
}

type Against = 'head' | 'worktree';

/** What a snapshot holds: beside its commit, or what a restore would change now. */
export function DiffDialog({ snapshot, hasWorktree, onClose, onRestore }: DiffDialogProps) {
  const [against, setAgainst] = useState<Against>('head');
  const { id, agent } = snapshot;
  return (
    <Dialog
      open
      width="full"
      onOpenChange={(open) => !open && onClose()}
      title={`Snapshot ${id} of ${agent}`}
      description={
        <>
          {whyOf(snapshot)}, <RelativeTime atMs={snapshot.atMs} withAgo />. {changesOf(snapshot)}.
        </>
      }
    >
      <div className="flex h-11 shrink-0 items-center gap-2 px-4">
        {hasWorktree && (
          <Segmented<Against>
            label="Compared to"
            value={against}
            onChange={setAgainst}
            segments={[
              { value: 'head', label: 'Against its commit' },
              { value: 'worktree', label: 'What a restore changes' },
            ]}
          />
        )}
        <span className="flex-1" />
        <Button onClick={onRestore}>Restore…</Button>
      </div>
      <Shown key={against} id={id} against={against} />
    </Dialog>
  );
}

function Shown({ id, against }: { id: string; against: Against }) {
  const { result, error, reload } = useQuery('snapshot.diff', { snapshot: id, against });
  if (error !== undefined && result === undefined)
    return (
      <EmptyState
        title={toPlainLine(error.message)}
        action={<Button onClick={reload}>Try again</Button>}
      >
        {toPlainLine(error.mend)}
      </EmptyState>
    );
  if (result === undefined)
    return (
      <p role="status" className="border-t px-4 py-3 text-muted">
        Looking at the files…
      </p>
    );
  return result.fileCount === 0 ? (
    <Same against={against} />
  ) : (
    <Lines diff={result} against={against} />
  );
}

function Same({ against }: { against: Against }) {
  if (against === 'worktree')
    return (
      <EmptyState title="Its worktree is as it was then">
        A restore would change nothing.
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing was uncommitted">
      It keeps the commit that was checked out, and what was made on the way to it.
    </EmptyState>
  );
}

function Lines({ diff, against }: { diff: QueryOutput<'snapshot.diff'>; against: Against }) {
  const { files, patch, additions, deletions, truncated, fileCount, snapshot } = diff;
  const missing = fileCount - files.length;
  return (
    <>
      {(truncated || missing > 0) && (
        <p className="border-t bg-amber-soft px-4 py-1 text-sm text-amber">
          {truncated && 'The diff is larger than is shown. '}
          {missing > 0 && `${countOf(missing, 'file is', 'files are')} not listed. `}
          <code>musher snapshot diff {snapshot.id} path…</code> shows the rest.
        </p>
      )}
      <div className="flex min-h-0 flex-1 border-t">
        <LazyDiff
          subject={`snapshot ${snapshot.commit} ${against} ${patch.length}`}
          {...{ files, patch, additions, deletions }}
        />
      </div>
    </>
  );
}
