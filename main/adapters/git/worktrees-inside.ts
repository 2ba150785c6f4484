/** Worktrees of a repository that were made inside a folder. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { OpenedRepository } from './open-repository.ts';

/** Folders of worktrees below a folder, by what the repository has noted of each: nothing is started for it. */
export async function readInside(
  { root, commonDir }: Pick<OpenedRepository, 'root' | 'commonDir'>,
  folder: string,
): Promise<string[]> {
  const linked = join(commonDir, 'worktrees');
  const names = await readdir(linked).catch(() => []);
  const noted = names.map((name) =>
    readFile(join(linked, name, 'gitdir'), 'utf8').then(
      (text) => dirname(resolve(linked, name, text.trim())),
      () => root,
    ),
  );
  const places = new Set([root, ...(await Promise.all(noted))]);
  return [...places].filter((place) => place.startsWith(folder + sep));
}
