/**
 * A config file on the disk. Read without following a link, written beside and renamed over what was seen, so that it is never half and
 * never written over an edit.
 */
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Larger ones are not read. */
export const mostBytes = 256 * 1024;

const partName = /^\.config-[0-9a-f-]{36}\.part$/;
// A pipe would be waited for, and a link followed. Windows has neither flag, and links for administrators alone.
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface SeenText {
  /** Empty where there is no file. */
  readonly text: string;
  /** SHA-256 of it, in hex. */
  readonly hash: string;
}

/** All throw where it is no plain file in a plain folder, or the disk refuses. */
export interface PlainFile {
  look(): Promise<SeenText>;
  /** False: it says something else than `fromHash`; nothing was changed then. */
  replace(ask: { readonly fromHash: string; readonly text: string }): Promise<boolean>;
  /** Takes away copies that a crash left. */
  sweep(): Promise<void>;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `isOwn`: of this person alone; nobody else may read what is made anew. */
export function plainFile(file: string, { isOwn }: { readonly isOwn: boolean }): PlainFile {
  const folder = path.dirname(file);
  const read = async () => ((await hasFolder(folder)) ? readIn(file) : undefined);
  const look = async (): Promise<SeenText> => {
    const text = (await read())?.text ?? '';
    return { text, hash: hashOf(text) };
  };
  const makeFolder = () => mkdir(folder, isOwn ? { recursive: true, mode: 0o700 } : {});
  return {
    look,
    async replace({ fromHash, text }) {
      if (!(await hasFolder(folder))) await makeFolder();
      const part = path.join(folder, `.config-${randomUUID()}.part`);
      try {
        await writePart(part, { text, mode: (await read())?.mode ?? (isOwn ? 0o600 : undefined) });
        // As late as can be.
        if ((await look()).hash !== fromHash) return false;
        await rename(part, file);
        await syncFolder(folder);
        return true;
      } finally {
        await rm(part, { force: true });
      }
    },
    async sweep() {
      if (!(await hasFolder(folder))) return;
      for (const name of await readdir(folder))
        if (partName.test(name)) await rm(path.join(folder, name), { force: true });
    },
  };
}

async function hasFolder(folder: string): Promise<boolean> {
  const info = await lstat(folder).catch(noneIfMissing);
  if (info === undefined) return false;
  if (info.isSymbolicLink()) throw new Error(`${path.basename(folder)} is a symbolic link`);
  if (!info.isDirectory()) throw new Error(`${path.basename(folder)} is no folder`);
  return true;
}

async function readIn(file: string): Promise<{ text: string; mode: number } | undefined> {
  const info = await lstat(file).catch(noneIfMissing);
  if (info === undefined) return undefined;
  if (info.isSymbolicLink()) throw new Error('it is a symbolic link');
  if (!info.isFile())
    throw new Error(info.isDirectory() ? 'it is a folder' : 'it is no plain file');
  if (info.size > mostBytes) throw new Error(`it has ${info.size} bytes, more than ${mostBytes}`);
  const handle = await open(file, readFlags).catch(noneIfMissing);
  if (handle === undefined) return undefined;
  try {
    const { mode } = await handle.stat();
    return { text: decode(await readBounded(handle)), mode: mode & 0o777 };
  } finally {
    await handle.close();
  }
}

/** It may have grown since it was looked at. */
async function readBounded(handle: FileHandle): Promise<Buffer> {
  const room = Buffer.alloc(mostBytes + 1);
  let size = 0;
  for (;;) {
    const { bytesRead } = await handle.read(room, size, room.length - size, size);
    size += bytesRead;
    if (bytesRead === 0) return room.subarray(0, size);
    if (size > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
  }
}

/** The mark of its order stays in the text. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is no UTF-8 text');
  }
}

async function writePart(
  part: string,
  { text, mode }: { readonly text: string; readonly mode: number | undefined },
): Promise<void> {
  // `wx`: nobody has put a link there.
  const handle = await open(part, 'wx', 0o644);
  try {
    await handle.writeFile(text);
    if (mode !== undefined) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name is durable with its folder. Not every system can; then the rename alone has to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function noneIfMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
