// The upkeep of worktrees, played: a test tells what a survey finds.

import type { FoundTree, Upkeep } from '../../main/features/worktrees/ports.ts';
import type { TreeCounts } from '../../preload/contract/worktree-commands.ts';

export class PlayedUpkeep implements Upkeep {
  readonly worktreesFolder = '/r.worktrees';
  found: readonly FoundTree[] = [];
  counts: TreeCounts = {};

  async survey() {
    return this.found;
  }

  async measure() {
    return { hasRemote: false };
  }

  async count(_ask: Parameters<Upkeep['count']>[0]): Promise<TreeCounts> {
    return this.counts;
  }

  readonly repointed: string[] = [];
  readonly removed: string[] = [];
  snapshot: { ref: string; isOfTip: boolean } | undefined;

  async repoint(path: string) {
    this.repointed.push(path);
  }

  async newestSnapshot() {
    return this.snapshot;
  }

  async remove({ tree, onKept }: Pick<Parameters<Upkeep['remove']>[0], 'tree' | 'onKept'>) {
    await onKept?.();
    this.removed.push(tree.path);
    return { isGone: false, snapshotRef: 'refs/musher/snapshots/x/1' };
  }

  async size() {
    return undefined;
  }
}
