/**
 * Files that git does not carry into a worktree but an agent needs, such as `.env`: what matches `.worktreeinclude`
 * (gitignore syntax) in the operator's checkout.
 */
import { constants } from 'node:fs';
import { cp, lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { splitNul } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { isPresent } from './worktree-list.ts';

/** Files copied side by side. */
const width = 16;

export interface ListPlace {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Names of untracked files that match, relative to `place.cwd`, in the exact bytes of the disk. */
export async function listIncluded(
  { git, repository }: RepositoryContext,
  { cwd, env = {} }: ListPlace,
): Promise<Buffer[]> {
  const list = join(repository.root, '.worktreeinclude');
  if (!(await isPresent(list))) return [];
  const args = ['ls-files', '--others', '--ignored', `--exclude-from=${list}`, '-z'];
  return splitNul((await git.run({ cwd, args, env })).stdout);
}

/** Copies what matches from the operator's checkout, without disk space where the disk can; what is there already stays. */
export async function copyIncluded(context: RepositoryContext, path: string): Promise<void> {
  const names = await listIncluded(context, { cwd: context.repository.root });
  const worktree = await realpath(path);
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      await copyOne(context.repository.root, worktree, name.toString('utf8'));
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}

async function copyOne(root: string, worktree: string, name: string): Promise<void> {
  const target = join(worktree, name);
  if (await lstat(target).catch(() => undefined)) return;
  if (!(await staysInside(worktree, target))) return;
  try {
    await mkdir(dirname(target), { recursive: true });
    await cp(join(root, name), target, {
      recursive: true,
      force: false,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
  } catch (error) {
    // The operator's programs go on meanwhile: a file that just vanished was not meant to be carried along.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** A branch may hold a link to a folder elsewhere; nothing is written through it. */
async function staysInside(worktree: string, target: string): Promise<boolean> {
  for (let folder = dirname(target); folder.length >= worktree.length; folder = dirname(folder)) {
    const real = await realpath(folder).catch(() => undefined);
    if (real !== undefined) return real === worktree || real.startsWith(worktree + sep);
  }
  return false;
}
