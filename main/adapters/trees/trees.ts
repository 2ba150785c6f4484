/** Eyes on the worktrees of one repository: one watch for each, however many listen. */
import { Pace } from '../../base/pace.ts';
import type { TreeListener, TreeState, Trees } from '../../features/worktrees/ports.ts';
import type { Git } from '../git/run.ts';
import { type ReadDiskKind, readDiskKind } from './blindness.ts';
import { EventFlood } from './event-flood.ts';
import { FollowedTree, type TreeDeps } from './follow-tree.ts';
import { type JoinRepository, RepositoryWatch } from './repository-watch.ts';
import { type WatchFolder, watchFolder } from './tree-watch.ts';
import { turns } from './turns.ts';

/** So many trees are looked at at once: git reads and hashes, and more would only wait for the same cores and disk. */
const looks = 4;

/** What tests put in the place of the system. */
export interface TreesOutside {
  readonly watch?: WatchFolder;
  readonly diskKind?: ReadDiskKind;
}

export function createTrees(git: Git, outside: TreesOutside = {}): Trees {
  const shared = new Map<string, SharedTree>();
  const flood = new EventFlood(git.clock, () => {
    for (const tree of [...shared.values()]) tree.again();
  });
  const { watch = watchFolder, diskKind = readDiskKind } = outside;
  const counted: WatchFolder = (folder, onEvent) =>
    watch(folder, (kind, name) => {
      flood.count();
      onEvent(kind, name);
    });
  const deps: TreeDeps = {
    ...{ git, diskKind, watch: counted, pace: new Pace(git.clock), inTurn: turns(looks) },
    joinRepository: sharedRepositories({ git, watch: counted }),
  };
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
        if (shared.size === 0) flood.rest();
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

  again(): void {
    void this.tree.again();
  }

  /** True when nobody listens any more: the watch is over then. */
  remove(listener: TreeListener): boolean {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return false;
    this.tree.dispose();
    return true;
  }
}

function sharedRepositories(deps: { git: Git; watch: WatchFolder }): JoinRepository {
  const known = new Map<string, RepositoryWatch>();
  return async (commonDir, tree) => {
    const repository = known.get(commonDir) ?? new RepositoryWatch(deps, commonDir);
    known.set(commonDir, repository);
    repository.add(tree);
    const leave = () => {
      if (repository.remove(tree) && known.get(commonDir) === repository) known.delete(commonDir);
    };
    try {
      await repository.ready;
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  };
}
