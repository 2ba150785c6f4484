/** Disks and permissions of where Musher and its agents write. Nothing is written to find out. */
import { constants } from 'node:fs';
import { access, lstat, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '../../base/result.ts';
import type { DiskFacts, PlaceFacts } from '../../features/doctor/ports.ts';

export interface Place {
  readonly what: string;
  readonly path: string;
}

/** One for each disk, by what lies on it. */
export async function lookAtDisks(places: readonly Place[]): Promise<DiskFacts[]> {
  const disks = new Map<number, DiskFacts>();
  for (const { what, path: wanted } of places) {
    const at = await nearest(wanted);
    const { dev } = await stat(at);
    const known = disks.get(dev);
    if (known !== undefined) {
      disks.set(dev, { ...known, what: [...known.what, what] });
      continue;
    }
    const { bavail, bsize, blocks, files, ffree } = await statfs(at);
    disks.set(dev, {
      ...{ what: [what], path: at, freeBytes: bavail * bsize, totalBytes: blocks * bsize },
      ...(files > 0 && { freeFiles: ffree }),
    });
  }
  return [...disks.values()];
}

export interface Kept extends Place {
  readonly isFolder: boolean;
  readonly isSecret: boolean;
  /** Musher makes it where it is not there. */
  readonly isMade: boolean;
}

export function lookAtPlaces(kept: readonly Kept[]): Promise<PlaceFacts[]> {
  return Promise.all(kept.map(lookAtPlace));
}

async function lookAtPlace({ isMade, ...place }: Kept): Promise<PlaceFacts> {
  const found = await lstat(place.path).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error)) {
    const writing = await writable(place.path, place.isFolder);
    const hasModes = process.platform !== 'win32';
    return {
      ...{ ...place, kind: 'there', isOurs: isOurs(found.uid), ...writing },
      ...(hasModes && { mode: found.mode & 0o7777 }),
    };
  }
  const absent = { ...place, kind: 'absent', isOurs: true, canWrite: true } as const;
  if (found.code !== 'ENOENT')
    return { ...absent, kind: 'there', canWrite: false, reason: found.message };
  if (!isMade) return absent;
  const above = await nearest(path.dirname(place.path));
  return { ...absent, kind: 'parent', path: place.path, ...(await writable(above, true)) };
}

async function writable(file: string, isFolder: boolean) {
  const wanted = isFolder ? constants.W_OK | constants.X_OK : constants.W_OK;
  return access(file, wanted).then(
    () => ({ canWrite: true }),
    (error: unknown) => ({ canWrite: false, reason: reasonOf(error) }),
  );
}

/** To the superuser all is open, whoever owns it. */
function isOurs(uid: number): boolean {
  const own = process.getuid?.();
  return own === undefined || own === 0 || own === uid;
}

/** The folder itself, or the nearest above it that is there. */
async function nearest(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  const above = path.dirname(folder);
  return isThere || above === folder ? folder : nearest(above);
}
