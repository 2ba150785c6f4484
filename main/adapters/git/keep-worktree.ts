/** Keeps what is in an agent's worktree, and never what is in a folder that is none. */
import { dirname, join } from 'node:path';
import type { SnapshotWhy } from '../../../preload/contract/snapshots.ts';
import { musherError } from '../../base/result.ts';
import { partWithRoom } from './disk-failure.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { Snapshot } from './snapshot-commit.ts';
import { takeSnapshot } from './snapshot.ts';
import { findAdmin, isPresent, readPointer } from './worktree-list.ts';

export interface KeepWorktreeAsk {
  readonly agent: string;
  readonly path: string;
  readonly why: SnapshotWhy;
  /** See `SnapshotAsk`. */
  readonly mayMove?: boolean;
}

/** Takes a snapshot of a worktree that stands; nothing else is noted. Throws SNAPSHOT_FAILED. */
export async function keepWorktree(
  context: RepositoryContext,
  ask: KeepWorktreeAsk,
): Promise<Snapshot> {
  const { repository } = context;
  const { path } = ask;
  try {
    const admin = await findAdmin(repository.commonDir, path);
    if (admin === undefined && !(await isOrphan(repository.commonDir, path))) {
      throw new Error('it is not a worktree of this repository');
    }
    return await takeSnapshot(context, { ...ask, admin });
  } catch (error) {
    throw musherError(
      'SNAPSHOT_FAILED',
      { path, reason: await partWithRoom(error, dirname(path)) },
      error,
    );
  }
}

/** True when the folder was a worktree of this repository and git forgot it, as `git worktree prune` makes it. */
export async function isOrphan(commonDir: string, path: string): Promise<boolean> {
  const target = await readPointer(path);
  return (
    target !== undefined &&
    dirname(target) === join(commonDir, 'worktrees') &&
    !(await isPresent(target))
  );
}
