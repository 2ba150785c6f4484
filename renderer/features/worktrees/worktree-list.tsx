import { FolderGit2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { useWorktrees } from './use-worktrees.ts';
import { WorktreeLine } from './worktree-row.tsx';
import { capitalized, isAdoptable, isBroken } from './worktree-words.ts';
import { closeWorktrees, showWorktrees } from './worktrees-ui.ts';

/** Every worktree there is, and what can be done about them. */
export function WorktreeList() {
  const { list, error, isCounting, hasSizes, countSizes, reload } = useWorktrees();
  const rows = list?.worktrees ?? [];
  const broken = rows.filter(isBroken).length;
  const prunable = rows.filter(({ pruneId }) => pruneId !== undefined).length;
  return (
    <Dialog
      open
      width="wide"
      isText
      onOpenChange={closeWorktrees}
      title="Worktrees"
      description={
        list &&
        `${rows.length + list.more} found. Unmerged is what ${toPlainLine(list.target)} does not have.`
      }
      footer={
        <>
          {!hasSizes && (
            <Button look="quiet" className="mr-auto -ml-2.5" busy={isCounting} onClick={countSizes}>
              Count sizes
            </Button>
          )}
          <Button disabled={broken === 0} onClick={() => showWorktrees({ kind: 'repair' })}>
            {sayRest('repair', list && broken)}
          </Button>
          <Button disabled={prunable === 0} onClick={() => showWorktrees({ kind: 'prune' })}>
            {sayRest('prune', list && prunable)}
          </Button>
        </>
      }
    >
      {error ? (
        <EmptyState
          icon={FolderGit2}
          title={error.message}
          action={<Button onClick={reload}>Try again</Button>}
        >
          {error.mend}
        </EmptyState>
      ) : list === undefined ? (
        <p role="status" className="py-6 text-center text-muted">
          Looking at every worktree…
        </p>
      ) : (
        <ul aria-label="Worktrees" className="min-h-30">
          {rows.map((row) => (
            <WorktreeLine
              key={row.path}
              row={row}
              after={
                isAdoptable(row) ? (
                  <Button onClick={() => showWorktrees({ kind: 'adopt', path: row.path })}>
                    Adopt…
                  </Button>
                ) : (
                  <span className="w-18" />
                )
              }
            />
          ))}
          {list.more > 0 && <li className="py-2 text-muted">{list.more} more are left out.</li>}
        </ul>
      )}
    </Dialog>
  );
}

/** Nothing is said to be nothing before it was looked at. */
function sayRest(verb: 'repair' | 'prune', count: number | undefined): string {
  if (count === 0) return `Nothing to ${verb}`;
  const word = capitalized(verb);
  return count === undefined ? `${word}…` : `${word} ${count}…`;
}
