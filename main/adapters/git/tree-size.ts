/** What a folder takes on the disk, as the disk counts it. Names are bytes here: not all of them are text. */
import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeSize } from '../../../preload/contract/worktree-commands.ts';
import { sideBySide } from '../../base/side-by-side.ts';
import { splitNul } from './ask.ts';
import { callableOff } from './run.ts';
import type { RepositoryContext } from './repository-context.ts';

/** After this it ends with what it has, milliseconds. */
const longestMs = 20_000;
/** Of one folder's files, looked at at once: Node has four threads for all of them. */
const width = 8;
const blockBytes = 512;

type Share = 'tracked' | 'ignored' | 'untracked';

interface Walk {
  readonly root: Buffer;
  /** By path from the root, folders with `/`: whose everything below is. */
  readonly shares: ReadonlyMap<string, Share>;
  readonly isOver: () => boolean;
  readonly signal: AbortSignal | undefined;
  readonly sum: Record<Share, number>;
  /** Of files with several names: how many were seen of how many there are, by where they are on the disk. */
  readonly linked: Map<string, { seen: number; of: number; bytes: number }>;
  fileCount: number;
  isPartial: boolean;
}

/** Undefined where no folder is. Rejects when called off. */
export async function sizeOfTree(
  context: RepositoryContext,
  path: string,
  signal?: AbortSignal,
): Promise<TreeSize | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const { clock } = context.git;
  const endsMs = clock.elapsed() + longestMs;
  const walk: Walk = {
    root: Buffer.from(path),
    shares: await readShares({ ...context, git: callableOff(context.git, signal) }, path),
    isOver: () => clock.elapsed() > endsMs,
    signal,
    sum: { tracked: 0, ignored: 0, untracked: 0 },
    linked: new Map(),
    fileCount: 0,
    isPartial: false,
  };
  walk.sum.tracked += bytesOf(found);
  await walkFolders(walk);
  const { tracked, ignored, untracked } = walk.sum;
  const shared = [...walk.linked.values()].filter(({ seen, of }) => seen < of);
  return {
    totalBytes: tracked + ignored + untracked,
    ignoredBytes: ignored,
    untrackedBytes: untracked,
    sharedBytes: shared.reduce((sum, { bytes }) => sum + bytes, 0),
    fileCount: walk.fileCount,
    isPartial: walk.isPartial,
  };
}

/** What is ignored and untracked, whole folders by one name; nothing where git has no answer. */
async function readShares(
  { git }: RepositoryContext,
  path: string,
): Promise<ReadonlyMap<string, Share>> {
  const shares = new Map<string, Share>();
  const flags = ['--others', '--exclude-standard', '--directory', '-z'];
  for (const [share, more] of [
    ['untracked', []],
    ['ignored', ['--ignored']],
  ] as const) {
    const args = ['ls-files', ...flags, ...more];
    const listed = await git
      .run({ cwd: path, args, timeoutMs: longestMs })
      .then(({ stdout }) => splitNul(stdout))
      .catch(() => []);
    for (const name of listed) shares.set(name.toString('latin1'), share);
  }
  return shares;
}

interface Folder {
  /** From the root, ending with `/`; empty for the root itself. */
  readonly name: Buffer;
  readonly share: Share;
}

async function walkFolders(walk: Walk): Promise<void> {
  const waiting: Folder[] = [{ name: Buffer.alloc(0), share: 'tracked' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    walk.signal?.throwIfAborted();
    if (walk.isOver()) {
      walk.isPartial = true;
      return;
    }
    waiting.push(...(await lookInto(walk, next)));
  }
}

/** Counts what is in it, and gives the folders in it. */
async function lookInto(walk: Walk, folder: Folder): Promise<Folder[]> {
  const place = Buffer.concat([walk.root, Buffer.from('/'), folder.name]);
  const entries = await readdir(place, { withFileTypes: true, encoding: 'buffer' }).catch(() => []);
  const below: Folder[] = [];
  await sideBySide(entries, width, async (entry) => {
    const isFolder = entry.isDirectory();
    const name = Buffer.concat([folder.name, entry.name, Buffer.from(isFolder ? '/' : '')]);
    const own = walk.shares.get(name.toString('latin1'));
    const share = folder.share === 'tracked' ? (own ?? 'tracked') : folder.share;
    const found = await lstat(Buffer.concat([place, entry.name])).catch(() => undefined);
    if (found === undefined) return;
    count(walk, found, share);
    if (isFolder) below.push({ name, share });
  });
  return below;
}

function count(walk: Walk, found: Stats, share: Share): void {
  const bytes = bytesOf(found);
  if (found.isDirectory()) {
    walk.sum[share] += bytes;
    return;
  }
  walk.fileCount += 1;
  if (found.nlink > 1) {
    const key = join(String(found.dev), String(found.ino));
    const known = walk.linked.get(key);
    if (known) {
      known.seen += 1;
      return;
    }
    walk.linked.set(key, { seen: 1, of: found.nlink, bytes });
  }
  walk.sum[share] += bytes;
}

/** Windows tells no blocks. */
function bytesOf({ blocks, size }: Stats): number {
  return blocks === undefined ? size : blocks * blockBytes;
}
