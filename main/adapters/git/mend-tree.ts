/** Mends the two pointers of a worktree that was moved, and takes away worktrees that nobody needs. */
import { realpath, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Upkeep } from '../../features/worktrees/ports.ts';
import { musherError } from '../../base/result.ts';
import { partOf } from './disk-failure.ts';
import { programsIn } from '../programs-in.ts';
import { readRef, listRefs } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { keepOrRefuse, retire } from './retire.ts';
import { removeAll } from './trash.ts';
import { readNote } from './snapshot-note.ts';
import { surveyTrees } from './survey.ts';
import { keepVanished } from './vanished.ts';
import { findAdmin, forgetWorktree } from './worktree-list.ts';

/** git mends both sides by itself, once it is told where to look. */
export async function repointTree(context: RepositoryContext, path: string): Promise<void> {
  const { git, repository } = context;
  const found = (await surveyTrees(context, [path])).find((one) => one.path === path);
  if (found?.kind === 'linked') return;
  if (found?.kind !== 'moved') throw musherError('WORKTREE_UNKNOWN', { target: path });
  await git.exclusive(`worktrees ${repository.commonDir}`, async () => {
    await git.run({ cwd: repository.root, args: ['worktree', 'repair', '--', path] });
  });
  if ((await findAdmin(repository.commonDir, path)) === undefined)
    throw musherError('GIT_FAILED', {
      subcommand: 'worktree repair',
      reason: `it left the pointers of ${path} as they were`,
    });
}

export async function newestSnapshot(
  context: RepositoryContext,
  { agent, branch }: { agent: string; branch: string },
): ReturnType<Upkeep['newestSnapshot']> {
  const { git, repository } = context;
  const cwd = repository.root;
  const refs = await listRefs(git, cwd, `refs/musher/snapshots/${agent}/`);
  const tip = await readRef(git, cwd, `refs/heads/${branch}`);
  for (const ref of refs.toReversed()) {
    const note = await readNote(context, ref);
    if (note.branch === `refs/heads/${branch}`) return { ref, isOfTip: note.head === tip };
  }
  return undefined;
}

type Removal = Omit<Parameters<Upkeep['remove']>[0], 'signal'>;

/** See `Upkeep.remove`. */
export async function removeTree(
  context: RepositoryContext,
  { tree: { path, id }, keepAs, onKept }: Removal,
): ReturnType<Upkeep['remove']> {
  const { git, repository } = context;
  const { commonDir } = repository;
  const found = (await surveyTrees(context, [])).find((one) => one.path === path);
  if (found === undefined) return { isGone: true };
  if (found.id !== id) throw musherError('WORKTREE_CHANGED', { items: path });
  const programs = await programsIn(await realpath(path).catch(() => path));
  if (programs.length > 0)
    throw musherError('WORKTREE_BUSY', { path, programs: programs.join(', ') });
  if (found.kind === 'trash') {
    await removeAll(path).catch((error) => {
      throw musherError('FOLDER_STUCK', { path, reason: partOf(error) }, error);
    });
    return { isGone: false };
  }
  if (found.kind === 'missing') {
    const kept = await keepVanished(context, keepAs, path);
    await git.exclusive(`worktrees ${commonDir}`, () => forgetWorktree(context, path));
    return { isGone: false, ...(kept && { snapshotRef: kept.ref }) };
  }
  if (found.kind !== 'linked' && found.kind !== 'forgotten')
    throw musherError('WORKTREE_CHANGED', { items: path });
  const kept =
    onKept && found.kind === 'linked'
      ? await keepOrRefuse(context, { agent: keepAs, path, why: 'destroy' })
      : undefined;
  if (kept !== undefined) await onKept?.();
  const { snapshotRef = kept?.ref } = await retire(context, { agent: keepAs, worktreePath: path });
  // Where it stood beside other things, nothing of ours stays.
  if (dirname(path) !== repository.worktreesFolder)
    await rmdir(join(dirname(path), '.trash')).catch(() => undefined);
  return { isGone: false, ...(snapshotRef !== undefined && { snapshotRef }) };
}
