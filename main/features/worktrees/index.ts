/** Worktrees: what each agent's has changed, live. */
import type { WorktreeRecord } from '../../../preload/contract/worktrees.ts';
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
      onTrouble: (error) => show({ ...shown, atMs: life.clock.now(), trouble: wireOf(error) }),
      onGone: () => life.live.remove('worktree', agent),
    };
  });
}

const nothingKnown = { changes: [], changeCount: 0, seenBy: 'events' as const };

function recordOf(path: string, { changes, ...rest }: TreeState): WorktreeRecord {
  const paths = [...changes.keys()].sort().slice(0, shownChanges);
  const shown = paths.flatMap((name) => {
    const change = changes.get(name);
    return change === undefined ? [] : [{ path: name, ...change }];
  });
  return { path, ...rest, changes: shown, changeCount: changes.size };
}
