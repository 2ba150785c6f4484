/** Eyes on the worktrees of one repository. */
import type { Trees } from '../../features/worktrees/ports.ts';
import type { Git } from '../git/run.ts';
import { FollowedTree } from './follow-tree.ts';

/** So many trees are looked at at once: git reads and hashes, and more would only wait for the same cores and disk. */
const looks = 4;

export function createTrees(git: Git): Trees {
  const inTurn = turns(looks);
  return {
    follow(worktreePath, listener) {
      const tree = new FollowedTree({ git, inTurn }, worktreePath, listener);
      return () => tree.dispose();
    },
  };
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
