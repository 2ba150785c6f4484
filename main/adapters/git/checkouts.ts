/** The worktrees that have a branch checked out, and how their files stand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askText, askYes } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { findAdmin, isPresent, listWorktrees, type WorktreeEntry } from './worktree-list.ts';

export interface Checkout {
  readonly path: string;
  /**
   * No tracked file changed or staged, and no merge, rebase or the like under way. Untracked files may be there, and
   * `.musher/` may be changed: Musher itself writes there, and a merge that touches it too is refused file by file.
   */
  readonly clean: boolean;
}

/** Every worktree whose folder is there and which is on the branch, or in the middle of rebasing it. */
export async function findCheckouts(
  context: RepositoryContext,
  branch: string,
): Promise<Checkout[]> {
  const entries = await listWorktrees(context.git, context.repository.root);
  const checkouts: Checkout[] = [];
  for (const entry of entries) {
    const checkout = await toCheckout(context, entry, branch);
    if (checkout) checkouts.push(checkout);
  }
  return checkouts;
}

async function toCheckout(
  context: RepositoryContext,
  { path, branch: held, isBare }: WorktreeEntry,
  branch: string,
): Promise<Checkout | undefined> {
  if (isBare || !(await isPresent(join(path, '.git')))) return undefined;
  if (held !== branch) {
    const rebased = held === undefined ? await readRebased(context, path) : undefined;
    return rebased === branch ? { path, clean: false } : undefined;
  }
  return { path, clean: await isClean(context, path) };
}

/** The branch that a detached worktree is rebasing, which git takes as checked out there. */
export async function readRebased(
  { repository }: RepositoryContext,
  path: string,
): Promise<string | undefined> {
  const gitDir = (await findAdmin(repository.commonDir, path)) ?? repository.commonDir;
  for (const folder of ['rebase-merge', 'rebase-apply']) {
    const name = await readFile(join(gitDir, folder, 'head-name'), 'utf8').catch(() => '');
    const branch = /^refs\/heads\/(.+?)\s*$/.exec(name)?.[1];
    if (branch !== undefined) return branch;
  }
  return undefined;
}

const operations = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_START'];

export async function isClean(
  { git, repository }: RepositoryContext,
  path: string,
): Promise<boolean> {
  const gitDir = (await findAdmin(repository.commonDir, path)) ?? repository.commonDir;
  const begun = await Promise.all(operations.map((name) => isPresent(join(gitDir, name))));
  if (begun.includes(true)) return false;
  const flags = ['--porcelain=v2', '-z', '--untracked-files=no', '--ignore-submodules=dirty'];
  const paths = ['--', ':/', ':(top,exclude).musher'];
  return (await askText(git, { cwd: path, args: ['status', ...flags, ...paths] })) === '';
}

/** True when index and files are exactly those of `tree`, whatever HEAD is: a merge was interrupted after them. */
export async function standsAt(
  { git }: RepositoryContext,
  path: string,
  tree: string,
): Promise<boolean> {
  if (!(await refresh({ git }, path))) return false;
  const index = await git.run({ cwd: path, args: ['write-tree'], okCodes: [0, 128] });
  return index.stdout.toString('utf8').trim() === tree;
}

/** Renews what the index knows of the files' times, so that touched files do not count as changed; true when none differs. */
export function refresh({ git }: Pick<RepositoryContext, 'git'>, path: string): Promise<boolean> {
  return askYes(git, {
    cwd: path,
    // Not quiet: it would keep to itself why it could not even begin.
    args: ['update-index', '--ignore-submodules', '--refresh'],
  });
}
