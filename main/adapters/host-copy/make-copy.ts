/** Makes a copy, whole or not at all: under a passing name, on the disk, and renamed when nothing is missing. */
import { createHash, randomBytes } from 'node:crypto';
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  statfs,
} from 'node:fs/promises';
import path from 'node:path';
import { type Clock, sleep } from '../../base/clock.ts';
import { type CopyFile, listName, modeOf, ownMaking } from './copy-files.ts';
import type { Listed, SourceFile } from './copy-source.ts';

export interface MakeOptions {
  /** The folder of copies. */
  readonly folder: string;
  readonly listed: Listed;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
  /** Stay free for what agents write. */
  readonly spareBytes: number;
  readonly clock: Clock;
  /** Of what is whole but has no name yet; rejects when it does not run. */
  tryOut(folder: string): Promise<void>;
}

const chunkBytes = 1 << 20;
const againMs = 300;

/** Resolves with the copy's folder. Rejects with nothing of it left, as far as the disk lets go of it. */
export async function makeCopy(options: MakeOptions): Promise<string> {
  const { folder, listed, platform, signal } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await requireOwn(folder, platform);
  await requireRoom(folder, listed.sizeBytes, options.spareBytes);
  const fresh = path.join(folder, `${ownMaking(process.pid)}${randomBytes(6).toString('hex')}`);
  const final = path.join(folder, listed.name);
  try {
    await mkdir(fresh, { mode: 0o700 });
    const list: CopyFile[] = [];
    for (const file of listed.files) list.push(await copyFile(file, fresh, { platform, signal }));
    await writeWhole(path.join(fresh, listName), JSON.stringify({ files: list }));
    await syncFolders(fresh, list, platform);
    await options.tryOut(fresh);
    signal.throwIfAborted();
    await nameIt(fresh, final, options);
    await syncFolder(folder, platform);
    return final;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Scanners on Windows hold files for a moment that were just written or run. */
async function nameIt(
  fresh: string,
  final: string,
  { clock, platform, signal }: MakeOptions,
): Promise<void> {
  const tries = platform === 'win32' ? 10 : 1;
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await rename(fresh, final);
    } catch (error) {
      if (left === 0 || signal.aborted) throw error;
      await sleep(clock, againMs, signal);
    }
  }
}

async function requireRoom(folder: string, sizeBytes: number, spareBytes: number) {
  const { bavail, bsize } = await statfs(folder);
  const missing = sizeBytes + spareBytes - bavail * bsize;
  const [needs, free] = [sizeBytes, bavail * bsize].map((bytes) => Math.round(bytes / 1e6));
  if (missing > 0)
    throw new Error(`it takes ${needs} MB, and ${free} MB are free where Musher keeps its data`);
}

async function copyFile(
  { from, to, isInArchive }: SourceFile,
  folder: string,
  { platform, signal }: Pick<MakeOptions, 'platform' | 'signal'>,
): Promise<CopyFile> {
  const target = path.join(folder, to);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const written = await open(target, 'wx', modeOf(to, platform));
  try {
    for await (const chunk of isInArchive ? [await readFile(from)] : chunksOf(from)) {
      signal.throwIfAborted();
      hash.update(chunk);
      sizeBytes += chunk.length;
      await written.writeFile(chunk);
    }
    await written.sync();
  } finally {
    await written.close();
  }
  return { path: to, sizeBytes, sha256: hash.digest('hex') };
}

/** On Windows the folder of the user's data is theirs alone by what it inherits. */
export async function requireOwn(place: string, platform: NodeJS.Platform): Promise<void> {
  if (platform === 'win32') return;
  const { uid, mode } = await lstat(place);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0)
    throw new Error(`others may write to ${place}`);
}

export async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const read = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await read.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await read.close();
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const written = await open(file, 'wx', 0o600);
  try {
    await written.writeFile(text);
    await written.sync();
  } finally {
    await written.close();
  }
}

async function syncFolders(
  root: string,
  files: readonly CopyFile[],
  platform: NodeJS.Platform,
): Promise<void> {
  const folders = new Set(files.map((file) => path.dirname(path.join(root, file.path))));
  for (const folder of [...folders, root]) await syncFolder(folder, platform);
}

/** Windows opens no folders, and keeps names in its journal by itself. */
async function syncFolder(folder: string, platform: NodeJS.Platform): Promise<void> {
  if (platform === 'win32') return;
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
