/**
 * Takes a worktree away, after its files were kept. The folder is first moved aside in one step, so that there is
 * never a half-removed worktree that a second try would take a snapshot of:
 *
 *   snapshot -> its ref noted as the agent's last -> folder moved to .trash -> git forgets it -> .trash emptied
 *
 * A crash between any two is mended by asking again.
 */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Retired } from '../../features/agents/ports.ts';
import { musherError } from '../../base/result.ts';
import { forgetMark } from './adopt.ts';
import { partWithRoom } from './disk-failure.ts';
import { listRefsAt, readRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { type KeepWorktreeAsk, keepWorktree } from './keep-worktree.ts';
import type { Snapshot } from './snapshot-commit.ts';
import { keepVanished } from './vanished.ts';
import { findEntry, findInside, forgetWorktree, isPresent } from './worktree-list.ts';
import { emptyTrash, moveAside } from './trash.ts';

export interface RetireAsk {
  readonly agent: string;
  readonly worktreePath: string;
  readonly keepsFolder?: boolean;
}

/** See `Worktrees.retire`. Call it in the lane of the worktree. */
export async function retire(
  context: RepositoryContext,
  { agent, worktreePath: path, keepsFolder = false }: RetireAsk,
): Promise<Retired> {
  const { git, repository } = context;
  const trash = join(dirname(path), '.trash');
  const forget = () =>
    git.exclusive(`worktrees ${repository.commonDir}`, () => forgetAll(context, path));
  if (await isPresent(path)) {
    const { ref: snapshotRef } = await keepOrRefuse(context, { agent, path, why: 'destroy' });
    if (keepsFolder) {
      await forgetMark(repository.commonDir, path);
      return { snapshotRef, isGone: false };
    }
    await moveAside(context, path, join(trash, `${agent}-${git.clock.now()}`));
    await forget();
    await emptyTrash(trash);
    return { snapshotRef, isGone: false };
  }
  const isOurs = await wasMovedAside(context, { agent, path, trash });
  if (!isOurs) {
    // Moved by hand, it is whole wherever it is now, as long as git knows it; removed, there is what was staged.
    await keepVanished(context, agent, path);
    return { isGone: true };
  }
  const snapshotRef = await lastSnapshot(context, agent);
  await forget();
  await emptyTrash(trash);
  return { snapshotRef, isGone: false };
}

/** Whether it was an earlier try that took the folder away: it lies in the trash, or git forgot it since. */
async function wasMovedAside(
  { git, repository }: RepositoryContext,
  { agent, path, trash }: { agent: string; path: string; trash: string },
): Promise<boolean> {
  const names = await readdir(trash).catch(() => []);
  if (
    names.some((name) => /^\d+$/.test(name.slice(agent.length + 1)) && name.startsWith(`${agent}-`))
  )
    return true;
  return (await findEntry(git, repository.root, path)) === undefined;
}

/** The worktree, and those that were made inside it. */
async function forgetAll(context: RepositoryContext, path: string): Promise<void> {
  const inside = await findInside(context.git, context.repository.root, path);
  for (const entry of inside) await forgetWorktree(context, entry.path);
  await forgetWorktree(context, path);
}

/** Says that a new worktree of the agent begins, so that the snapshot before it is no longer its last. */
export async function beginLife(
  { git, repository }: RepositoryContext,
  agent: string,
): Promise<void> {
  await git.run({ cwd: repository.root, args: ['update-ref', '-d', lastRef(agent)] });
}

/** Takes a snapshot and notes it as the agent's last. Throws SNAPSHOT_FAILED. */
export async function keepOrRefuse(
  context: RepositoryContext,
  ask: KeepWorktreeAsk,
): Promise<Snapshot> {
  const { git, repository } = context;
  const snapshot = await keepWorktree(context, ask);
  const args = ['update-ref', lastRef(ask.agent), snapshot.commit];
  await git.run({ cwd: repository.root, args }).catch(async (error) => {
    throw musherError(
      'SNAPSHOT_FAILED',
      { path: ask.path, reason: await partWithRoom(error, dirname(ask.path)) },
      error,
    );
  });
  return snapshot;
}

function lastRef(agent: string): string {
  return `refs/musher/last/${agent}`;
}

/** Name of the snapshot that the agent's newest worktree left. */
async function lastSnapshot(
  { git, repository }: RepositoryContext,
  agent: string,
): Promise<string | undefined> {
  const cwd = repository.root;
  const commit = await readRef(git, cwd, lastRef(agent));
  if (commit === undefined) return undefined;
  return (await listRefsAt(git, cwd, { prefix: `refs/musher/snapshots/${agent}/`, commit })).at(-1);
}
