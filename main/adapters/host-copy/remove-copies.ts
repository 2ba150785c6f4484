/** Takes copies away that no program runs from. A death in the middle leaves what is no copy, and the next start takes that. */
import { randomBytes } from 'node:crypto';
import { lstat, readdir, readlink, realpath, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { copiesToRemove, copyOf, ownMaking, passing, programIn } from './copy-files.ts';

export interface RemoveOptions {
  /** The folder of copies. */
  readonly folder: string;
  readonly current: string | undefined;
  readonly platform: NodeJS.Platform;
}

/** Names of those that are gone. */
export async function removeCopies(options: RemoveOptions): Promise<readonly string[]> {
  const { folder, current, platform } = options;
  const names = await readdir(folder).catch(() => []);
  const used = await usedCopies(folder, platform);
  if (used === undefined) return [];
  const gone: string[] = [];
  const making = ownMaking(process.pid);
  for (const name of copiesToRemove({ names, current, used, making }))
    if (await removeCopy(path.join(folder, name), platform)) gone.push(name);
  return gone;
}

/** Throws where a program runs from it, or might: it stays, and no other takes its place. */
export async function removeFaulty(copy: string, platform: NodeJS.Platform): Promise<void> {
  const isThere = await lstat(copy).catch(() => undefined);
  if (isThere === undefined) return;
  const used = await usedCopies(path.dirname(copy), platform);
  const mayGo = used !== undefined && !used.has(path.basename(copy));
  if (!mayGo || !(await removeCopy(copy, platform)))
    throw new Error('its copy has changed, and programs run from it');
}

/** False: it stays, for something runs from it. */
async function removeCopy(copy: string, platform: NodeJS.Platform): Promise<boolean> {
  try {
    // Windows does not take away a program that runs: this is where it says so, before anything else is touched.
    if (platform === 'win32') await unlink(path.join(copy, programIn(platform))).catch(ifThere);
    const name = `${passing.going}${randomBytes(6).toString('hex')}`;
    const going = path.join(path.dirname(copy), name);
    await rename(copy, going);
    await rm(going, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * By what the kernel says of each process: a host that has given its terminals away, and waits for its programs, is in no file. Empty on
 * Windows, where the file itself says it; undefined where it cannot be known.
 */
async function usedCopies(
  folder: string,
  platform: NodeJS.Platform,
): Promise<ReadonlySet<string> | undefined> {
  if (platform === 'win32') return new Set();
  try {
    const real = await realpath(folder);
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const programs = await Promise.all(
      // Those of others, and those that end just now, do not say it.
      pids.map((pid) => readlink(`/proc/${pid}/exe`).catch(() => '')),
    );
    return new Set(programs.flatMap((program) => copyOf(program, real, platform) ?? []));
  } catch {
    return undefined;
  }
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
