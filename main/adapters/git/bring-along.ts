/**
 * Moves index and files of a clean checkout from one commit to another, HEAD left alone. Nothing that is not in
 * `from` is overwritten: git checks changed and untracked files before it writes the first one, and ignored files,
 * which git would overwrite without a word, are checked here.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { musherError } from '../../base/result.ts';
import { askList } from './ask.ts';
import { refresh } from './checkouts.ts';
import { isGitFailure } from './git-failure.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface Step {
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

/** Throws TARGET_DIRTY when a file is in the way; nothing was changed then. */
export async function bringAlong(
  context: RepositoryContext,
  path: string,
  { target, from, to }: Step,
): Promise<void> {
  if (await hasCollision(context, path, { from, to }))
    throw musherError('TARGET_DIRTY', { target, path });
  const args = ['read-tree', '-m', '-u', from, to];
  try {
    await context.git.run({ cwd: path, args }).catch(async (error) => {
      // It may only have been touched; looking at all files for that is worth it where one is in the way.
      if (!isGitFailure(error, /not uptodate/)) throw error;
      await refresh(context, path);
      await context.git.run({ cwd: path, args });
    });
  } catch (error) {
    if (!isGitFailure(error, /not uptodate|would be (overwritten|removed)|would lose/)) throw error;
    throw musherError('TARGET_DIRTY', { target, path }, error);
  }
}

/** True when a file that `to` adds is there already. */
async function hasCollision(
  { git }: RepositoryContext,
  path: string,
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const flags = ['-r', '--no-renames', '-z', '--name-status', '--diff-filter=AD'];
  const args = ['diff-tree', ...flags, from, to, '--'];
  // A letter, then the name.
  const fields = await askList(git, { cwd: path, args });
  const named = (letter: string) =>
    fields.filter((_, at) => at % 2 === 1 && fields[at - 1] === letter);
  const gone = new Set(named('D').map((name) => name.toLowerCase()));
  for (const name of named('A')) {
    const found = await look(path, name, gone);
    if (found === 'taken') return true;
    if (found === 'folder' && (await hasOthers({ git }, path, name))) return true;
  }
  return false;
}

/** A file that goes away may be found under the new name where disks ignore case, or be a parent of the new one. */
async function look(
  path: string,
  name: string,
  gone: ReadonlySet<string>,
): Promise<'free' | 'taken' | 'folder'> {
  const parts = name.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/');
    if (gone.has(part.toLowerCase())) return 'free';
    const found = await lstat(join(path, part)).catch(() => undefined);
    if (found === undefined) return 'free';
    if (!found.isDirectory()) return 'taken';
  }
  return 'folder';
}

async function hasOthers(
  { git }: Pick<RepositoryContext, 'git'>,
  path: string,
  name: string,
): Promise<boolean> {
  const args = ['--literal-pathspecs', 'ls-files', '--others', '-z', '--', name];
  return (await askList(git, { cwd: path, args })).length > 0;
}
