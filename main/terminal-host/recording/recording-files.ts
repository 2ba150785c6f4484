/** The disk as recordings use it: a port, so that tests can fill it. */
import { chmod, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { reserveBytes } from './limits.ts';
import type { StoredFile } from './retention.ts';

export interface RecordingFile {
  /** Throws what the system says, also when the file is no longer there. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface RecordingFiles {
  /** Makes the folder (not those above it) and a new file in it, for the owner's eyes only. */
  create(folder: string, file: string): Promise<RecordingFile>;
  /** All, or those whose names begin so. */
  list(folder: string, prefix?: string): Promise<readonly StoredFile[]>;
  /** What is gone already is gone. */
  remove(folder: string, file: string): Promise<void>;
}

export const diskFiles: RecordingFiles = {
  async create(folder, file) {
    await makeFolder(folder);
    await requireRoom(folder);
    const handle = await open(path.join(folder, file), 'wx', 0o600);
    return {
      async append(text) {
        // A file without a name takes what is written, and nobody ever sees it again.
        if ((await handle.stat()).nlink === 0) throw new Error(`${file} was removed`);
        await requireRoom(folder);
        await handle.appendFile(text);
      },
      close: () => handle.close(),
    };
  },
  async list(folder, prefix = '') {
    const isOurs = (name: string) => name.startsWith(prefix) && name.endsWith('.cast');
    const names = (await readdir(folder)).filter(isOurs);
    const found = await Promise.all(names.map((name) => lookAt(folder, name)));
    return found.filter((file) => file !== undefined);
  },
  remove: (folder, file) => rm(path.join(folder, file), { force: true }),
};

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await chmod(folder, 0o700);
  }
}

async function requireRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < reserveBytes)
    throw Object.assign(new Error('the disk is all but full'), { code: 'ENOSPC' });
}

async function lookAt(folder: string, file: string): Promise<StoredFile | undefined> {
  try {
    const { size, mtimeMs } = await stat(path.join(folder, file));
    return { file, sizeBytes: size, changedMs: mtimeMs };
  } catch {
    // It went meanwhile.
    return undefined;
  }
}
