import { useState } from 'react';
import { useCommand } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { sayError } from '../../ui/say-error.ts';
import { useWorktrees } from './use-worktrees.ts';
import { WorktreeLine } from './worktree-row.tsx';
import { freedBytes } from './worktree-words.ts';
import { closeWorktrees, showWorktrees } from './worktrees-ui.ts';

/** What could go, with its size; what is ticked goes, and it is exactly what is shown. */
export function PruneWorktrees() {
  const run = useCommand();
  const { list, error, isCounting, reload } = useWorktrees(true);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const rows = list?.worktrees.filter(({ pruneId }) => pruneId !== undefined) ?? [];
  const locked = list?.worktrees.filter((row) => row.locked !== undefined) ?? [];
  const chosen = rows.filter(({ pruneId = '' }) => !left.has(pruneId));
  const prune = async () => {
    setBusy(true);
    const items = chosen.flatMap(({ pruneId }) => pruneId ?? []);
    const begun = await run('worktree.prune', { items });
    setBusy(false);
    if (begun?.work === undefined) reload();
    else showWorktrees({ kind: 'work', id: begun.work });
  };
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={closeWorktrees}
      title="Prune worktrees"
      description="What is not in a commit is kept in a snapshot first, and branches stay."
      footer={
        <>
          <span className="mr-auto self-center text-muted tabular-nums">
            {isCounting ? 'Counting sizes…' : `Together ${formatBytes(freedBytes(chosen))}`}
          </span>
          <Button onClick={() => showWorktrees()}>Back</Button>
          <Button
            look="danger"
            busy={busy}
            disabled={chosen.length === 0}
            onClick={() => void prune()}
          >
            Prune {chosen.length}
          </Button>
        </>
      }
    >
      {error && (
        <div role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
          {sayError(error)}
        </div>
      )}
      <ul aria-label="What could go">
        {rows.map((row) => (
          <WorktreeLine
            key={row.path}
            row={row}
            before={
              <input
                type="checkbox"
                aria-label={`Prune ${toPlainLine(row.path)}`}
                checked={!left.has(row.pruneId ?? '')}
                onChange={() => setLeft((old) => toggled(old, row.pruneId ?? ''))}
                className="mt-1 accent-accent"
              />
            }
          />
        ))}
      </ul>
      {list && rows.length === 0 && (
        <p className="py-6 text-center text-muted">Nothing to prune.</p>
      )}
      {locked.length > 0 && (
        <p className="pt-2 text-sm text-muted">
          Left, as they are locked: {locked.map(({ path }) => toPlainLine(path)).join(', ')}
        </p>
      )}
    </Dialog>
  );
}

function toggled(old: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(old);
  if (!next.delete(id)) next.add(id);
  return next;
}
