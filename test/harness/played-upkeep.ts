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

  async count() {
    return this.counts;
  }

  async size() {
    return undefined;
  }
}
