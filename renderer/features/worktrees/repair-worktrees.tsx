import { useEffect, useState } from 'react';
import type { WorkItem } from '../../../preload/contract/worktree-work.ts';
import { useCommand } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { WorkLine } from './work-line.tsx';
import { closeWorktrees, showWorktrees } from './worktrees-ui.ts';

/** What a repair would do with each, then what it does. */
export function RepairWorktrees() {
  const run = useCommand();
  const [renew, setRenew] = useState(false);
  const [busy, setBusy] = useState(false);
  const items = usePlan(renew);
  const real = items?.filter(({ deed }) => deed !== 'none').length ?? 0;
  const repair = async () => {
    setBusy(true);
    const begun = await run('worktree.repair', { renew });
    setBusy(false);
    if (begun?.work !== undefined) showWorktrees({ kind: 'work', id: begun.work });
  };
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={closeWorktrees}
      title="Repair worktrees"
      description="Folders stay where they are: git and agents are told where that is."
      footer={
        <>
          <label className="mr-auto flex items-center gap-2 text-muted">
            <input
              type="checkbox"
              checked={renew}
              onChange={(event) => setRenew(event.target.checked)}
              className="accent-accent"
            />
            Make what vanished anew from its branch
          </label>
          <Button onClick={() => showWorktrees()}>Back</Button>
          <Button look="primary" busy={busy} disabled={real === 0} onClick={() => void repair()}>
            Repair {real}
          </Button>
        </>
      }
    >
      {items === undefined ? (
        <p role="status" className="py-6 text-center text-muted">
          Looking for what moved…
        </p>
      ) : (
        <ul aria-label="What would be done">
          {items.map((item) => (
            <WorkLine key={item.path} item={item} />
          ))}
          {items.length === 0 && (
            <li className="py-6 text-center text-muted">Nothing is wrong with any worktree.</li>
          )}
        </ul>
      )}
    </Dialog>
  );
}

/** Undefined until it is known. */
function usePlan(renew: boolean): readonly WorkItem[] | undefined {
  const run = useCommand();
  const [items, setItems] = useState<readonly WorkItem[]>();
  useEffect(() => {
    let isOver = false;
    void run('worktree.repair', { renew, dryRun: true }).then((planned) => {
      if (!isOver) setItems(planned?.items ?? []);
    });
    return () => {
      isOver = true;
    };
  }, [run, renew]);
  return items;
}
