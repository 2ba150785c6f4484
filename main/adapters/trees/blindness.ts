/** Why a tree is not seen by events alone, and what helps. */
import { statfs } from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';
import { reasonOf } from '../../base/result.ts';

/** A watch that was refused is asked for again after a minute, then two, four, at most ten. Milliseconds. */
const firstRetryMs = 60_000;
const mostRetryMs = 600_000;

/** Of one tree: that it is not seen by events, why, and when they are asked for again. */
export class Blindness {
  private readonly clock: Clock;
  private why: string | undefined;
  private delayMs = 0;
  private retryMs = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get reason(): string | undefined {
    return this.why;
  }

  begin(error: unknown): string {
    this.delayMs = this.delayMs === 0 ? firstRetryMs : Math.min(2 * this.delayMs, mostRetryMs);
    this.retryMs = this.clock.elapsed() + this.delayMs;
    this.why = blindnessOf(error);
    return this.why;
  }

  mayTry(): boolean {
    return this.why === undefined || this.clock.elapsed() >= this.retryMs;
  }

  end(): void {
    this.why = undefined;
    this.delayMs = 0;
  }
}

class Blind extends Error {}

export function tooManyFolders(most: number): Error {
  return new Blind(
    `it has more than ${most.toLocaleString('en-US')} folders that git does not ignore: add what tools make to .gitignore`,
  );
}

export function unnamedFolder(folder: string): Error {
  return new Blind(`the name of its folder "${folder}" is not UTF-8: rename it`);
}

function blindnessOf(error: unknown): string {
  if (error instanceof Blind) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC')
    return 'the system watches no more folders for this user: raise fs.inotify.max_user_watches (sysctl), for example to 1048576';
  if (code === 'EMFILE' || code === 'ENFILE')
    return 'this process may open no more files: raise its limit (ulimit -n, or fs.inotify.max_user_instances)';
  return `its folders cannot be watched: ${reasonOf(error)}`;
}

/** Disks that others write to without this system's knowing, by the number that Linux gives their kind. */
const kinds: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'],
  [0x786f4256, 'a VirtualBox folder'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
]);

export type ReadDiskKind = (folder: string) => Promise<number>;

export const readDiskKind: ReadDiskKind = async (folder) => (await statfs(folder)).type;

/** Undefined for a disk that tells of all that is written to it. Known on Linux alone. */
export async function remoteDiskOf(
  folder: string,
  read: ReadDiskKind,
): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const kind = kinds.get(
    await read(folder).then(
      (type) => type >>> 0,
      () => 0,
    ),
  );
  if (kind === undefined) return undefined;
  return `it is on a disk (${kind}) that does not tell what other machines write: keep worktrees on a local disk`;
}
