/** Worktrees that stand already: whether one can become an agent's, and how it does, its files untouched. */
import { rm } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { realpath, stat } from 'node:fs/promises';
import type { Adoptable } from '../../features/agents/ports.ts';
import { type MusherError, musherError } from '../../base/result.ts';
import { readRebased } from './checkouts.ts';
import { isOwnCheckout } from './own-checkout.ts';
import type { RepositoryContext } from './repository-context.ts';
import {
  findAdmin,
  isPresent,
  listWorktrees,
  readPointer,
  type WorktreeEntry,
} from './worktree-list.ts';
import { markFile } from './worktree-mark.ts';

/** See `Worktrees.inspect`. */
export async function inspectAdoptable(
  context: RepositoryContext,
  asked: string,
): Promise<Adoptable> {
  const { git, repository } = context;
  const path = await realpath(asked).catch(() => asked);
  const refusal = (reason: string, mend: string) =>
    musherError('WORKTREE_NOT_ADOPTABLE', { path, reason, mend });
  if (!isAbsolute(asked))
    throw refusal('its path is not absolute', 'Name the folder from the root of the disk.');
  if (!(await stat(path).catch(() => undefined))?.isDirectory())
    throw refusal('there is no such folder', 'See `musher worktree list`.');
  if (path === repository.root)
    throw refusal('it is the main checkout', `Make a worktree: git worktree add <folder> <branch>`);
  const entries = await listWorktrees(git, repository.root);
  const entry = entries.find((one) => one.path === path);
  const isLinked = (await findAdmin(repository.commonDir, path)) !== undefined;
  if (entry === undefined || !isLinked)
    throw await strangeness({ context, entries, path, refusal });
  const found = await standingRefusal({ context, entry, refusal });
  if (found) throw found;
  const around = entries.slice(1).find((one) => path.startsWith(one.path + sep));
  if (around)
    throw refusal(
      `it is inside the worktree ${around.path}, and would go with it`,
      `Move it out: git worktree move ${path} <folder>`,
    );
  return { path, branch: entry.branch ?? '' };
}

type Refusal = (reason: string, mend: string) => MusherError;

/** Of a folder that git does not know as a worktree of this repository. */
async function strangeness({
  context,
  entries,
  path,
  refusal,
}: {
  context: RepositoryContext;
  entries: readonly WorktreeEntry[];
  path: string;
  refusal: Refusal;
}): Promise<MusherError> {
  const { repository } = context;
  const pointer = await readPointer(path);
  if (pointer !== undefined) {
    const isOurs = pointer.startsWith(join(repository.commonDir, 'worktrees') + sep);
    if (isOurs && (await isPresent(pointer)))
      return refusal(
        'git looks for it elsewhere',
        `Mend that first: musher worktree repair ${path}`,
      );
    if (isOurs)
      return refusal('git forgot it', 'Make a worktree of its branch, and copy its files there.');
  }
  if (pointer !== undefined || (await isPresent(join(path, '.git'))))
    return refusal(
      'it is of another repository',
      `This one is ${repository.root}; see \`musher worktree list\`.`,
    );
  const around = entries.findLast((one) => path.startsWith(one.path + sep));
  if (around && around.path !== repository.root)
    return refusal(`it is a folder of the worktree ${around.path}`, 'Name that one.');
  return refusal('it is no worktree', 'See `musher worktree list`.');
}

/** Of one that git knows. */
async function standingRefusal({
  context,
  entry,
  refusal,
}: {
  context: RepositoryContext;
  entry: WorktreeEntry;
  refusal: Refusal;
}): Promise<MusherError | undefined> {
  const { path, branch, head, locked } = entry;
  if (isOwnCheckout(context.repository, path))
    return refusal('it is where Musher tries merges and runs gates', 'See `musher worktree list`.');
  if (locked !== undefined)
    return refusal(
      `it is locked${locked === '' ? '' : ` (${locked})`}`,
      `Unlock it first: git worktree unlock ${path}`,
    );
  if (branch === undefined) {
    const rebased = await readRebased(context, path);
    if (rebased !== undefined)
      return refusal(
        `a rebase of ${rebased} is under way`,
        `End it first: git -C ${path} rebase --continue, or --abort`,
      );
    return refusal(
      `no branch is checked out, only commit ${head?.slice(0, 8)}`,
      `Give it a branch: git -C ${path} switch -c <name>`,
    );
  }
  if (head === undefined)
    return refusal(`branch ${branch} has no commit yet`, 'Make a first commit there.');
  return undefined;
}

/** Lets go of a worktree that stays: it is nobody's any more. */
export async function forgetMark(commonDir: string, path: string): Promise<void> {
  const admin = await findAdmin(commonDir, path);
  if (admin !== undefined) await rm(join(admin, markFile), { force: true });
}
