/** The dialog about worktrees: whether it is open, and what it shows. */
import { create } from 'zustand';

export type WorktreesStep =
  | { readonly kind: 'list' }
  | { readonly kind: 'prune' }
  | { readonly kind: 'repair' }
  | { readonly kind: 'adopt'; readonly path: string }
  /** Work under way, or what came of it. */
  | { readonly kind: 'work'; readonly id: string };

interface WorktreesUi {
  /** Undefined while it is closed. */
  readonly step: WorktreesStep | undefined;
}

export const useWorktreesUi = create<WorktreesUi>(() => ({ step: undefined }));

export function showWorktrees(step: WorktreesStep = { kind: 'list' }): void {
  useWorktreesUi.setState({ step });
}

export function closeWorktrees(): void {
  useWorktreesUi.setState({ step: undefined });
}
