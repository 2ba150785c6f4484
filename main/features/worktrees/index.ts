/** Worktrees: what each agent's has changed, live. */
import { toWireError, type WireError } from '../../../preload/contract/errors.ts';
import type { TreeChange, WorktreeRecord } from '../../../preload/contract/worktrees.ts';
import { shownChanges, worktrees as contract } from '../../../preload/contract/worktrees.ts';
import { wireOf } from '../../base/result.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { followTrees } from './follow-trees.ts';
import type { TreeState, Trees } from './ports.ts';

export { followTrees } from './follow-trees.ts';
export type { AgentTreeListener } from './follow-trees.ts';
export type { TreeChange, TreeState, Trees } from './ports.ts';

export function worktreesFeature({ trees }: { readonly trees: Trees }): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: {},
    reduce: {},
    start: (life) => showTrees(trees, life),
  });
}

/** A live record for each; it is in no log, because the disk has it. */
function showTrees(trees: Trees, life: Life<unknown>): void {
  followTrees(trees, life, ({ agent, worktreePath: path }) => {
    let shown: WorktreeRecord = { ...nothingKnown, path, atMs: life.clock.now() };
    const show = (record: WorktreeRecord): void => {
      shown = record;
      life.live.put('worktree', agent, record);
    };
    return {
      onState: (state) => show(recordOf(path, state)),
      onTrouble: (error) => {
        const trouble = troubleOf(error, { agent, path, branch: shown.branch ?? `agent/${agent}` });
        show({ ...shown, atMs: life.clock.now(), trouble });
      },
      onGone: () => life.live.remove('worktree', agent),
    };
  });
}

const nothingKnown = { changes: [], changeCount: 0, seenBy: 'events' as const };

function recordOf(path: string, { changes, ...rest }: TreeState): WorktreeRecord {
  const shown: TreeChange[] = [];
  for (const [name, change] of changes) {
    if (shown.length === shownChanges) break;
    shown.push({ path: name, ...change });
  }
  return { path, ...rest, changes: shown, changeCount: changes.size };
}

function troubleOf(
  error: unknown,
  where: { agent: string; path: string; branch: string },
): WireError {
  const { code } = error as { code?: unknown };
  return code === 'ENOENT' ? toWireError('WORKTREE_MISSING', where) : wireOf(error);
}
