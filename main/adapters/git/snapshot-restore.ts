/** Puts files of a snapshot into a new folder. */
import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { RestoreAsk, Restored } from '../../features/snapshots/ports.ts';
import { musherError } from '../../base/result.ts';
import { emptyTreeLike } from './empty-tree.ts';
import { restoreNested } from './nested.ts';
import type { RepositoryContext } from './repository-context.ts';
import { listFiles, writeChanges } from './restore.ts';
import { asFailure } from './restore-failure.ts';

/** The folder is there only once all of it is: it is filled under another name beside it. */
export async function restoreTo(
  context: RepositoryContext,
  { to, commit, paths, name }: Extract<RestoreAsk, { to: string }>,
): Promise<Restored> {
  await requireNew(to);
  const filled = join(dirname(to), `.${basename(to)}.${name}`);
  try {
    await rm(filled, { recursive: true, force: true });
    await mkdir(filled, { mode: 0o700 });
    const from = emptyTreeLike(commit);
    const ask = { path: context.repository.root, from, snapshot: commit, only: paths };
    const changes = await listFiles(context, ask);
    await writeChanges(context, { path: filled, snapshot: commit, changes });
    if (paths === undefined) await restoreNested(context, filled, commit);
    await rmdir(to).catch(() => undefined);
    await rename(filled, to);
    return { path: to, files: changes.length, left: [] };
  } catch (error) {
    await rm(filled, { recursive: true, force: true }).catch(() => undefined);
    const mend = 'Nothing of it was left there. Mend the cause and try again.';
    throw await asFailure(error, { path: to, mend });
  }
}

/** Throws SNAPSHOT_TARGET_INVALID. An empty folder is as good as none. */
export async function requireNew(to: string): Promise<void> {
  const wrong = (reason: string) => musherError('SNAPSHOT_TARGET_INVALID', { path: to, reason });
  if (!isAbsolute(to)) throw wrong('it is not absolute');
  const parent = await lstat(dirname(to)).catch(() => undefined);
  if (!parent?.isDirectory() && !parent?.isSymbolicLink())
    throw wrong(`there is no folder ${dirname(to)}`);
  const found = await lstat(to).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory()) throw wrong('it is there already');
  if ((await readdir(to)).length > 0) throw wrong('it is there already, and not empty');
}
