/** Eyes on the worktrees of one repository: one watch for each, however many listen. */
import type { TreeListener, TreeState, Trees } from '../../features/worktrees/ports.ts';
import type { Git } from '../git/run.ts';
import { FollowedTree, type TreeDeps } from './follow-tree.ts';

/** So many trees are looked at at once: git reads and hashes, and more would only wait for the same cores and disk. */
const looks = 4;

export function createTrees(git: Git): Trees {
  const deps: TreeDeps = { git, inTurn: turns(looks) };
  const shared = new Map<string, SharedTree>();
  return {
    follow(worktreePath, listener) {
      let tree = shared.get(worktreePath);
      if (tree === undefined) {
        tree = new SharedTree(deps, worktreePath);
        shared.set(worktreePath, tree);
      }
      const one = tree;
      one.add(listener);
      return () => {
        if (one.remove(listener) && shared.get(worktreePath) === one) shared.delete(worktreePath);
      };
    },
  };
}

class SharedTree {
  private readonly listeners = new Set<TreeListener>();
  private readonly tree: FollowedTree;
  private state: TreeState | undefined;

  constructor(deps: TreeDeps, worktreePath: string) {
    this.tree = new FollowedTree(deps, worktreePath, {
      onState: (state, touched) => {
        this.state = state;
        for (const listener of [...this.listeners]) listener.onState(state, touched);
      },
      onTrouble: (error) => {
        for (const listener of [...this.listeners]) listener.onTrouble(error);
      },
    });
  }

  add(listener: TreeListener): void {
    this.listeners.add(listener);
    if (this.state !== undefined) listener.onState(this.state, 'all');
  }

  /** True when nobody listens any more: the watch is over then. */
  remove(listener: TreeListener): boolean {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return false;
    this.tree.dispose();
    return true;
  }
}

/** First come, first served, so many at once. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await work();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
