/**
 * A worktree of Musher's own at `<worktreesFolder>/.integration`, detached, kept for reuse. A merge result is checked
 * out here before any branch moves, and gates run here. Nothing in it is anybody's work: when it is damaged it is
 * made anew. A folder at that place that is not our worktree is moved aside, never removed.
 */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MusherError } from '../../base/result.ts';
import type { RepositoryContext } from './repository-context.ts';
import { findAdmin, forgetWorktree, isPresent } from './worktree-list.ts';

/** Gives the folder, holding exactly the files of `commit` besides ignored ones. Call it in the repository's merge lane. */
export async function checkOutIntegration(
  context: RepositoryContext,
  commit: string,
): Promise<string> {
  const path = join(context.repository.worktreesFolder, '.integration');
  if (await findAdmin(context.repository.commonDir, path)) {
    try {
      await checkOut(context, path, commit);
      return path;
    } catch (error) {
      // A lock that is left over there is ours, and goes with the rest.
      const isMendable =
        error instanceof MusherError && /^GIT_(FAILED|LOCKED)$/.test(error.wire.code);
      if (!isMendable) throw error;
    }
  }
  await rebuild(context, path, commit);
  await checkOut(context, path, commit);
  return path;
}

/** Detached, as a reset would move whatever branch somebody switched it to. */
async function checkOut({ git }: RepositoryContext, path: string, commit: string): Promise<void> {
  await git.run({ cwd: path, args: ['checkout', '--force', '--detach', '--quiet', commit, '--'] });
  await git.run({ cwd: path, args: ['clean', '-ffdq'] });
}

async function rebuild(context: RepositoryContext, path: string, commit: string): Promise<void> {
  const { git, repository } = context;
  const cwd = repository.root;
  if (await findAdmin(repository.commonDir, path)) await rm(path, { recursive: true, force: true });
  else if (await isPresent(path)) await rename(path, `${path}.kept-${git.clock.now()}`);
  await git.exclusive(`worktrees ${repository.commonDir}`, async () => {
    await forgetWorktree(context, path);
    const flags = ['--force', '--detach', '--no-checkout', '--quiet'];
    await git.run({ cwd, args: ['worktree', 'add', ...flags, path, commit] });
  });
}
