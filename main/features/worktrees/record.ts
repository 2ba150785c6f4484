/** What a page is told of a worktree. */
import { toWireError, type WireError } from '../../../preload/contract/errors.ts';
import type { TreeChange, WorktreeRecord } from '../../../preload/contract/worktrees.ts';
import { shownChanges } from '../../../preload/contract/worktrees.ts';
import { wireOf } from '../../base/result.ts';
import type { TreeState } from './ports.ts';

/** What was before, with what is now. `writtenMs`: by the first look nothing is known of when. */
export function recordAfter(
  before: WorktreeRecord,
  state: TreeState,
  touched: 'all' | readonly string[],
): WorktreeRecord {
  const record = recordOf(before.path, state);
  const isOther = before.head !== record.head || before.changeCount !== record.changeCount;
  // Before the first look there is no commit, and nothing to compare with.
  const isWritten = touched !== 'all' || (before.head !== undefined && isOther);
  const writtenMs = isWritten ? state.atMs : before.writtenMs;
  return { ...record, ...(writtenMs !== undefined && { writtenMs }) };
}

export function recordOf(path: string, { changes, ...rest }: TreeState): WorktreeRecord {
  const shown: TreeChange[] = [];
  for (const [name, change] of changes) {
    if (shown.length === shownChanges) break;
    shown.push({ path: name, ...change });
  }
  return { path, ...rest, changes: shown, changeCount: changes.size };
}

interface Where {
  readonly agent: string;
  readonly path: string;
  readonly branch: string;
}

export function troubleOf(error: unknown, { agent, path, branch }: Where): WireError {
  const { code } = error as { code?: unknown };
  if (code === 'ENOENT') return toWireError('WORKTREE_MISSING', { agent, path, branch });
  return wireOf(error);
}
