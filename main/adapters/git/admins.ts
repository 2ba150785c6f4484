/** Git's own entry for each worktree of a repository, and what Musher noted in it. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readPoolNote } from './pool-note.ts';
import { readMark } from './worktree-mark.ts';

/** One git folder below `worktrees/`. */
export interface Admin {
  readonly folder: string;
  /** Where its worktree should be. */
  readonly path: string;
  readonly madeFor?: string;
  /** It stands ready, and is nobody's. */
  readonly isPool?: boolean;
}

export async function readAdmins(commonDir: string): Promise<Admin[]> {
  const parent = join(commonDir, 'worktrees');
  const names = await readdir(parent).catch(() => []);
  const admins = await Promise.all(
    names.map(async (name): Promise<Admin | undefined> => {
      const folder = join(parent, name);
      const back = await readFile(join(folder, 'gitdir'), 'utf8').catch(() => '');
      if (back.trim() === '') return undefined;
      const madeFor = (await readMark(folder))?.agent;
      const path = dirname(resolve(folder, back.trim()));
      const isPool = madeFor === undefined && (await readPoolNote(folder)) !== undefined;
      return { folder, path, ...(madeFor !== undefined && { madeFor }), ...(isPool && { isPool }) };
    }),
  );
  return admins.filter((admin) => admin !== undefined);
}
