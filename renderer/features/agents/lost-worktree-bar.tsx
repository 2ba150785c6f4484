import { FolderX } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { useLostWorktree } from './use-lost-worktree.ts';

/** Below the screen of an agent whose worktree has vanished under it: what was found, and what to do. Whole: paths are long. */
export function LostWorktreeBar({ agent }: { agent: AgentRecord }) {
  const lost = useLostWorktree(agent);
  if (lost === undefined) return null;
  return (
    <div
      role="status"
      className="flex min-h-bar shrink-0 items-start gap-2 border-t border-line bg-raised px-3 py-1.5"
    >
      <FolderX size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-red" />
      <p className="text-selectable min-w-0 wrap-anywhere">
        {toPlainLine(lost.message)} <span className="text-muted">{toPlainLine(lost.mend)}</span>
      </p>
    </div>
  );
}
