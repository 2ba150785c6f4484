/** Where the folder of a worktree goes in one step, so that it is never half there, and is then removed from. */
import { chmod, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sleep } from '../../base/clock.ts';
import type { RepositoryContext } from './repository-context.ts';

/** A program that just ended may hold files for a moment (Windows). */
const moveTries = 10;
const moveDelayMs = 200;

export async function moveAside(
  { git }: RepositoryContext,
  path: string,
  trash: string,
): Promise<void> {
  await mkdir(dirname(trash), { recursive: true });
  for (let left = moveTries; ; left--) {
    try {
      return await rename(path, trash);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (left === 0 || !['EBUSY', 'EPERM', 'EACCES'].includes(code)) throw error;
      await sleep(git.clock, moveDelayMs);
    }
  }
}

/** What is in there was kept. What cannot be removed now is tried again at the next retirement. */
export async function emptyTrash(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    await removeAll(join(folder, name)).catch(() => {});
}

export async function removeAll(path: string): Promise<void> {
  const how = { recursive: true, force: true, maxRetries: 3 };
  await rm(path, how).catch(async () => {
    await makeWritable(path);
    await rm(path, how);
  });
}

/** Caches of some tools are folders that may not be written to, and then not be emptied either. */
async function makeWritable(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return;
  await chmod(path, 0o700).catch(() => {});
  for (const name of await readdir(path).catch(() => [])) await makeWritable(join(path, name));
}
