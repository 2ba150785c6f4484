/** What the disk refused, as it is told: with the file, and what the system says. */
import { statfs } from 'node:fs/promises';
import { MusherError, musherError, reasonOf } from '../../base/result.ts';

/**
 * Throws DISK_FAILED for what would be taken for a defect (an error of the system, such as ENOSPC), and where git failed on a disk that
 * has no room left: it names the file then and not the cause. `path`: what it is about.
 */
export async function withDiskTold<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isOfSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
    const isOfGit = error instanceof MusherError && error.wire.code === 'GIT_FAILED';
    if (!isOfSystem && !(isOfGit && (await leftBytes(path)) < noBytes)) throw error;
    throw musherError('DISK_FAILED', { path, reason: await partWithRoom(error, path) }, error);
  }
}

/** Too little for git to go on, bytes. */
const noBytes = 1024 * 1024;

/** What went wrong, as part of a longer message: what to do is said by that. */
export function partOf(error: unknown): string {
  const text = error instanceof MusherError ? error.wire.message : reasonOf(error);
  return text.replace(/[.\s]+$/, '');
}

/** So little is worth telling, bytes: git does not always say that it had no room. */
const littleBytes = 64 * 1024 * 1024;

/** The same, with how little room there is on the disk of `folder`, where that is little. */
export async function partWithRoom(error: unknown, folder: string): Promise<string> {
  const left = await leftBytes(folder);
  if (left > littleBytes) return partOf(error);
  return `${partOf(error)} (${(left / 1e6).toFixed(1)} MB are left on its disk)`;
}

async function leftBytes(folder: string): Promise<number> {
  const disk = await statfs(folder).catch(() => undefined);
  return disk === undefined ? Infinity : disk.bavail * disk.bsize;
}
