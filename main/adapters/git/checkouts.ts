/** The worktrees that have a branch checked out, and how their files stand. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { together } from '../../base/side-by-side.ts';
import { askText, askYes } from './ask.ts';
import type { HeldRef } from './held-refs.ts';
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
  return chooseCheckouts(context, { entries, branch });
}

/**
 * The same, with what `readHeld` said of the branch: nothing is started where no worktree is on it, and the one that it
 * names is looked at while git lists the others.
 */
export async function findCheckoutsOf(
  context: RepositoryContext,
  branch: string,
  { worktreePath }: Pick<HeldRef, 'worktreePath'>,
): Promise<Checkout[]> {
  if (worktreePath === undefined)
    return (await isRebased(context, branch)) ? findCheckouts(context, branch) : [];
  const [entries, clean] = await together(
    listWorktrees(context.git, context.repository.root),
    // Its folder may be gone; where it is not, what is wrong is said when it is asked again.
    isClean(context, worktreePath).catch(() => undefined),
  );
  return chooseCheckouts(context, { entries, branch, known: { path: worktreePath, clean } });
}

interface Listed {
  readonly entries: readonly WorktreeEntry[];
  readonly branch: string;
  readonly known?: { readonly path: string; readonly clean: boolean | undefined };
}

async function chooseCheckouts(
  context: RepositoryContext,
  { entries, branch, known }: Listed,
): Promise<Checkout[]> {
  const checkouts: Checkout[] = [];
  for (const entry of entries) {
    const { path } = entry;
    if (!(await isUsed(context, entry, branch))) continue;
    const clean = path === known?.path ? known.clean : undefined;
    const isOn = entry.branch === branch;
    checkouts.push({ path, clean: isOn && (clean ?? (await isClean(context, path))) });
  }
  return checkouts;
}

/** On the branch, or rebasing it. */
async function isUsed(
  context: RepositoryContext,
  { path, branch: held, isBare }: WorktreeEntry,
  branch: string,
): Promise<boolean> {
  if (isBare || !(await isPresent(join(path, '.git')))) return false;
  if (held !== undefined) return held === branch;
  return (await readRebased(context, path)) === branch;
}

/** Some worktree is in the middle of it; it is detached meanwhile. */
async function isRebased({ repository }: RepositoryContext, branch: string): Promise<boolean> {
  const linked = join(repository.commonDir, 'worktrees');
  const names = await readdir(linked).catch(() => []);
  const gitDirs = [repository.commonDir, ...names.map((name) => join(linked, name))];
  const rebased = await Promise.all(gitDirs.map(readRebasedIn));
  return rebased.includes(branch);
}

/** The branch that a detached worktree is rebasing, which git takes as checked out there. */
export async function readRebased(
  { repository }: RepositoryContext,
  path: string,
): Promise<string | undefined> {
  return readRebasedIn((await findAdmin(repository.commonDir, path)) ?? repository.commonDir);
}

async function readRebasedIn(gitDir: string): Promise<string | undefined> {
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
