import { useRecord } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { WorkLine } from './work-line.tsx';
import { closeWorktrees, showWorktrees } from './worktrees-ui.ts';

/** Work under way, item by item, and what came of each. It goes on when this is closed. */
export function WorktreeWork({ id }: { id: string }) {
  const work = useRecord('worktreeWork', id);
  const items = work?.items ?? [];
  const told = items.filter(({ result }) => result !== undefined).length;
  return (
    <Dialog
      open
      width="wide"
      isText
      onOpenChange={closeWorktrees}
      title={work?.kind === 'prune' ? 'Prune worktrees' : 'Repair worktrees'}
      description={
        work?.endedMs === undefined
          ? `${told} of ${items.length} done. It goes on when this is closed.`
          : `All ${items.length} are done or left.`
      }
      footer={
        <>
          <Button onClick={() => showWorktrees()}>All worktrees</Button>
          <Button look="primary" onClick={closeWorktrees}>
            Close
          </Button>
        </>
      }
    >
      <ul aria-label="What came of each" aria-live="polite">
        {items.map((item) => (
          <WorkLine key={item.path} item={item} />
        ))}
      </ul>
    </Dialog>
  );
}
