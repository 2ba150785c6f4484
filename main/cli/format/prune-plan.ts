/** What a prune would take away, in words. */
import type { WorktreeRow } from '../../../preload/contract/worktree-commands.ts';
import { formatBytes } from './bytes.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import type { View } from './view.ts';
import { bad } from './worktrees.ts';

interface PrunePlan {
  readonly rows: readonly WorktreeRow[];
  readonly all: readonly WorktreeRow[];
  readonly target: string;
}

/** What would go, how much that is, which branches stay, and what is left because it is locked. */
export function formatPrunePlan({ rows, all, target }: PrunePlan, view: View): string {
  const locked = all.filter(
    ({ locked: why, state }) => why !== undefined && bad.has(state) && state !== 'moved',
  );
  const left = locked.map(
    ({ path, locked: why = '' }) =>
      `Left, as it is locked: ${oneLine(path)}${why === '' ? '' : ` (${oneLine(why)})`}`,
  );
  if (rows.length === 0) return ['There is nothing to prune.', ...left].join('\n');
  const sum = (of: (row: WorktreeRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const freed = sum(({ size }) => (size ? size.totalBytes - size.sharedBytes : 0));
  const isPartial = rows.some(({ size }) => size?.isPartial);
  return [
    table(
      ['ID', 'STATE', 'SIZE', 'FILES', 'BRANCH THAT STAYS', 'PATH'],
      rows.map((row) => pruneRow(row, view)),
      view,
    ),
    `Together ${isPartial ? 'more than ' : ''}${formatBytes(freed)}. What is not in a commit is kept in a snapshot first.`,
    ...mergedBranches(rows, target),
    ...left,
  ].join('\n');
}

function pruneRow(
  { pruneId = '', state, size, changed, branch, path }: WorktreeRow,
  view: View,
): Cell[] {
  return [
    { text: pruneId, paint: view.style.bold },
    state,
    size ? formatBytes(size.totalBytes) : '-',
    changed === undefined ? '-' : changed === 0 ? 'clean' : `${changed} changed`,
    branch ?? '-',
    path,
  ];
}

function mergedBranches(rows: readonly WorktreeRow[], target: string): string[] {
  const merged = rows.flatMap(({ branch, unmerged }) => (unmerged === 0 && branch ? [branch] : []));
  if (merged.length === 0) return [];
  return [
    `Merged into ${oneLine(target)}, so they could go too: git branch -d ${merged.map(oneLine).join(' ')}`,
  ];
}
