/**
 * Worktrees of Musher's own, detached and kept for reuse: `.integration`, where merges are tried, and `.gates/<n>`, where gates run. Nothing
 * in them is anybody's work: a damaged one is made anew. A folder at such a place that is not our worktree is moved aside, never removed.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MusherError } from '../../base/result.ts';
import type { OpenedRepository } from './open-repository.ts';
import type { RepositoryContext } from './repository-context.ts';
import { findAdmin, forgetWorktree, isPresent } from './worktree-list.ts';

type Place = Pick<OpenedRepository, 'worktreesFolder'>;

/** Beside the worktrees of agents; no agent can be called so. */
export const gatesFolder = '.gates';

export function integrationPath({ worktreesFolder }: Place): string {
  return join(worktreesFolder, '.integration');
}

export function gatePath({ worktreesFolder }: Place, slot: number): string {
  return join(worktreesFolder, gatesFolder, String(slot));
}

export function isOwnCheckout(place: Place, path: string): boolean {
  if (path === integrationPath(place)) return true;
  const isSlot = /^[1-9]\d?$/.test(basename(path));
  return isSlot && dirname(path) === join(place.worktreesFolder, gatesFolder);
}

export interface OwnCheckout {
  readonly path: string;
  readonly commit: string;
  /** Else they go as well: of what ran there nothing is left. */
  readonly keepsIgnored: boolean;
}

/** The folder then holds exactly the files of the commit. */
export async function checkOutOwn(context: RepositoryContext, own: OwnCheckout): Promise<void> {
  if (await findAdmin(context.repository.commonDir, own.path)) {
    try {
      await checkOut(context, own);
      return;
    } catch (error) {
      // A lock that is left over there is ours, and goes with the rest.
      const isMendable =
        error instanceof MusherError && /^GIT_(FAILED|LOCKED)$/.test(error.wire.code);
      if (!isMendable) throw error;
    }
  }
  await rebuild(context, own);
  await checkOut(context, own);
}

/** Detached, as a reset would move whatever branch somebody switched it to. */
async function checkOut(
  { git }: RepositoryContext,
  { path, commit, keepsIgnored }: OwnCheckout,
): Promise<void> {
  await git.run({ cwd: path, args: ['checkout', '--force', '--detach', '--quiet', commit, '--'] });
  await git.run({ cwd: path, args: ['clean', keepsIgnored ? '-ffdq' : '-ffdxq'] });
}

async function rebuild(context: RepositoryContext, { path, commit }: OwnCheckout): Promise<void> {
  const { git, repository } = context;
  const cwd = repository.root;
  if (await findAdmin(repository.commonDir, path)) await rm(path, { recursive: true, force: true });
  else if (await isPresent(path)) await rename(path, `${path}.kept-${git.clock.now()}`);
  await mkdir(dirname(path), { recursive: true });
  await git.exclusive(`worktrees ${repository.commonDir}`, async () => {
    await forgetWorktree(context, path);
    const flags = ['--force', '--detach', '--no-checkout', '--quiet'];
    await git.run({ cwd, args: ['worktree', 'add', ...flags, path, commit] });
  });
}
