import { GitBranch } from 'lucide-react';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';

/** An agent by its name, a branch with a mark of its own: an agent may be called the same. */
export function SideName({ id }: { id: string }) {
  if (!isBranchSide(id)) return <span className="block truncate">{id}</span>;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <GitBranch size={12} aria-label="branch" className="shrink-0 text-faint" />
      <span className="truncate">{sideName(id)}</span>
    </span>
  );
}
