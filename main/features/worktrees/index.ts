/** Worktrees: what each agent's has changed, live. */
import type { WorktreeRecord } from '../../../preload/contract/worktrees.ts';
import { worktrees as contract } from '../../../preload/contract/worktrees.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { followTrees } from './follow-trees.ts';
import type { Trees } from './ports.ts';
import { type PoolPorts, tendPool } from './pool/tend-pool.ts';
import { recordAfter, troubleOf } from './record.ts';
import { type UpkeepPorts, upkeepCommands, upkeepEffects } from './upkeep/handlers.ts';
import { listWorktrees } from './upkeep/list.ts';
import { getWork, initialWorks, reduceWorks, type WorksState, workTopics } from './upkeep/works.ts';

export { followTrees } from './follow-trees.ts';
export type { AgentTreeListener } from './follow-trees.ts';
export type { TreeChange, TreeState, Trees } from './ports.ts';
export { poolSize, treeSettings } from './settings.ts';

export type WorktreesPorts = UpkeepPorts & PoolPorts & { readonly trees: Trees };

export function worktreesFeature(ports: WorktreesPorts): Feature {
  return feature(contract, {
    initial: initialWorks,
    version: 2,
    commands: upkeepCommands(ports),
    queries: {
      'worktree.list': (data, ctx) => listWorktrees(ports, data, ctx),
      'worktree.work': getWork,
    },
    reduce: reduceWorks,
    views: { worktreeWork: { items: (state: WorksState) => state.byId } },
    topics: workTopics,
    effects: upkeepEffects(ports),
    start(life) {
      showTrees(ports.trees, life);
      tendPool(ports, life);
    },
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
      onState: (state, touched) => show(recordAfter(shown, state, touched)),
      onTrouble: (error) => {
        const trouble = troubleOf(error, { agent, path, branch: shown.branch ?? `agent/${agent}` });
        show({ ...shown, atMs: life.clock.now(), trouble });
      },
      onGone: () => life.live.remove('worktree', agent),
    };
  });
}

const nothingKnown = { changes: [], changeCount: 0, seenBy: 'events' as const };
