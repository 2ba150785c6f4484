/** What a folder is that looks to be a worktree: one that was moved, a copy of one, one that git forgot, or something else. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { FoundTree } from '../../features/worktrees/ports.ts';
import { isPresent, readPointer } from './worktree-list.ts';
import type { Admin } from './admins.ts';

export type Found = Omit<FoundTree, 'id'>;

interface Judged {
  readonly commonDir: string;
  readonly admins: readonly Admin[];
  readonly path: string;
}

/** What a folder is that git does not find where it looks; undefined where no folder is. */
export async function judge({ commonDir, admins, path }: Judged): Promise<Found | undefined> {
  if (!(await isPresent(path))) return undefined;
  const target = await readPointer(path);
  if (target === undefined) {
    const isOwn = await isPresent(join(path, '.git'));
    return { path, kind: 'folder', why: isOwn ? 'a repository of its own' : 'no worktree' };
  }
  const admin = admins.find(({ folder }) => basename(folder) === basename(target));
  const { madeFor } = admin ?? {};
  const moved = (wasAt: string): Found => ({
    ...{ path, kind: 'moved' },
    ...(wasAt !== path && { wasAt }),
    ...(madeFor !== undefined && { madeFor }),
  });
  if (await isSame(dirname(target), join(commonDir, 'worktrees'))) {
    if (admin === undefined) return { path, kind: 'forgotten' };
    if (await isHeldBy(admin, path))
      return { path, kind: 'folder', why: `a copy of ${admin.path}` };
    return moved(admin.path);
  }
  const other = `a worktree of another repository: ${dirname(dirname(target))}`;
  if (admin === undefined || (await isPresent(target))) return { path, kind: 'folder', why: other };
  // The repository was moved, alone or with its worktrees: then each lies from the other as before.
  const isAsBefore = relative(target, admin.path) === relative(admin.folder, path);
  return admin.path === path || isAsBefore
    ? moved(admin.path)
    : { path, kind: 'folder', why: other };
}

/** The worktree stands where it should be, so that this folder is another. */
async function isHeldBy({ folder, path }: Admin, other: string): Promise<boolean> {
  if (await isSame(path, other)) return false;
  const target = await readPointer(path);
  return target !== undefined && isSame(target, folder);
}

async function isSame(one: string, other: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => path);
  return (await real(one)) === (await real(other));
}
