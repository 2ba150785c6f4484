export { ChangedFiles } from './changed-files.tsx';
export { countOfFiles, useChangedCount } from './present-changes.ts';
export { WorktreesOverlay } from './worktrees-overlay.tsx';
export { showWorktrees } from './worktrees-ui.ts';
