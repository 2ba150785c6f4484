/**
 * The thread that counts what one folder takes on the disk, and ends with the answer. It may look at each file at once and one after
 * the other: nobody waits for its loop. Names are bytes here: not all of them are text.
 */
import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { must } from '../../base/assert.ts';
import type { TreeSize } from '../../../preload/contract/worktree-commands.ts';
import { splitNul } from './ask.ts';

export interface SizeAsk {
  /** Absolute, of a folder. */
  readonly path: string;
  /** Names from there, separated by NUL, folders with `/`: whose everything below is untracked, or ignored. */
  readonly untracked: Uint8Array;
  readonly ignored: Uint8Array;
  /** After this it ends with what it has, milliseconds. */
  readonly withinMs: number;
}

type Share = 'tracked' | 'ignored' | 'untracked';

interface Folder {
  /** From the root, ending with `/`; empty for the root itself. */
  readonly name: Buffer;
  readonly share: Share;
}

const blockBytes = 512;
/** So many files are looked at between two looks at the clock. */
const filesPerLook = 256;

const ask = workerData as SizeAsk;
const endsMs = performance.now() + ask.withinMs;
const root = Buffer.from(`${ask.path}/`);
const shares = new Map<string, Share>([
  ...sharesOf(ask.untracked, 'untracked'),
  ...sharesOf(ask.ignored, 'ignored'),
]);
const sum: Record<Share, number> = { tracked: 0, ignored: 0, untracked: 0 };
/** Of files with several names: how many were seen of how many there are, by where they are on the disk. */
const linked = new Map<string, { seen: number; of: number; bytes: number }>();
let fileCount = 0;
let looks = 0;

must(parentPort, 'sizes are counted in a thread').postMessage(measure());

function measure(): TreeSize {
  const found = lookAt(root);
  if (found !== undefined) sum.tracked += bytesOf(found);
  const isWhole = walkFolders();
  const shared = [...linked.values()].filter(({ seen, of }) => seen < of);
  return {
    totalBytes: sum.tracked + sum.ignored + sum.untracked,
    ignoredBytes: sum.ignored,
    untrackedBytes: sum.untracked,
    sharedBytes: shared.reduce((all, { bytes }) => all + bytes, 0),
    fileCount,
    isPartial: !isWhole,
  };
}

function sharesOf(names: Uint8Array, share: Share): Array<[string, Share]> {
  return splitNul(Buffer.from(names)).map((name) => [name.toString('latin1'), share]);
}

/** False when the time is over before the end. */
function walkFolders(): boolean {
  const waiting: Folder[] = [{ name: Buffer.alloc(0), share: 'tracked' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(Buffer.concat([root, next.name]))) {
      if (looks++ % filesPerLook === 0 && performance.now() > endsMs) return false;
      const below = countEntry(next, entry);
      if (below !== undefined) waiting.push(below);
    }
  }
  return true;
}

/** The folder that it is, if it is one. */
function countEntry(folder: Folder, entry: Dirent<Buffer>): Folder | undefined {
  const isFolder = entry.isDirectory();
  const name = Buffer.concat([folder.name, entry.name, Buffer.from(isFolder ? '/' : '')]);
  const own = folder.share === 'tracked' ? shares.get(name.toString('latin1')) : folder.share;
  const share = own ?? 'tracked';
  const found = lookAt(Buffer.concat([root, folder.name, entry.name]));
  if (found === undefined) return undefined;
  count(found, share);
  return isFolder ? { name, share } : undefined;
}

function count(found: Stats, share: Share): void {
  const bytes = bytesOf(found);
  if (found.isDirectory()) {
    sum[share] += bytes;
    return;
  }
  fileCount += 1;
  if (found.nlink > 1) {
    const key = `${found.dev} ${found.ino}`;
    const known = linked.get(key);
    if (known) {
      known.seen += 1;
      return;
    }
    linked.set(key, { seen: 1, of: found.nlink, bytes });
  }
  sum[share] += bytes;
}

/** Windows tells no blocks. */
function bytesOf({ blocks, size }: Stats): number {
  return blocks === undefined ? size : blocks * blockBytes;
}

/** None of what went away meanwhile, or may not be read. */
function entriesOf(place: Buffer): Dirent<Buffer>[] {
  try {
    return readdirSync(place, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return [];
  }
}

function lookAt(place: Buffer): Stats | undefined {
  try {
    return lstatSync(place);
  } catch {
    return undefined;
  }
}
