import { AdoptWorktree } from './adopt-worktree.tsx';
import { PruneWorktrees } from './prune-worktrees.tsx';
import { RepairWorktrees } from './repair-worktrees.tsx';
import { WorktreeList } from './worktree-list.tsx';
import { WorktreeWork } from './worktree-work.tsx';
import { useWorktreesUi } from './worktrees-ui.ts';

/** The open dialog about worktrees, if any. */
export function WorktreesOverlay() {
  const step = useWorktreesUi((state) => state.step);
  if (step?.kind === 'list') return <WorktreeList />;
  if (step?.kind === 'prune') return <PruneWorktrees />;
  if (step?.kind === 'repair') return <RepairWorktrees />;
  if (step?.kind === 'adopt') return <AdoptWorktree path={step.path} />;
  if (step?.kind === 'work') return <WorktreeWork id={step.id} />;
  return null;
}
