/**
 * `.musher/learnings.md` in the operator's checkout. Written beside and renamed, so that it is never half; never over words that were not
 * read, and never through a link that leads out of the repository.
 */
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { musherError, reasonOf } from '../base/result.ts';
import type { LearningsFile } from '../features/learnings/ports.ts';

/** Larger ones are left alone: nobody reads that, and bringing one up to date would hold up the loop for more than 20 ms. */
const mostBytes = 1024 * 1024;
const shown = '.musher/learnings.md';

/** `root`: of the operator's checkout. */
export function createLearningsFile(root: string): LearningsFile {
  const wanted = path.join(root, '.musher', 'learnings.md');
  const failing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw musherError('FILE_FAILED', { file: wanted, reason: reasonOf(error) }, error);
    }
  };
  return {
    path: shown,
    read: () => failing(async () => (await readIn(await placeIn(root, wanted)))?.text),
    replace: (before, after) =>
      failing(async () => {
        await mkdir(path.dirname(wanted), { recursive: true });
        const file = await placeIn(root, wanted);
        return replace(file, before, after);
      }),
  };
}

/** The file itself, links followed. Throws where that is outside of the repository. */
async function placeIn(root: string, wanted: string): Promise<string> {
  const realRoot = await realpath(root);
  const folder = await realOrNone(path.dirname(wanted));
  if (folder === undefined) return wanted;
  const link = await kindOf(path.join(folder, path.basename(wanted)));
  const file = link?.isSymbolicLink()
    ? await realpath(wanted).catch(nowhere)
    : path.join(folder, path.basename(wanted));
  const isInside = `${file}${path.sep}`.startsWith(`${realRoot}${path.sep}`);
  if (!isInside) throw new Error(`it is a link that leads out of the repository, to ${file}`);
  return file;
}

function nowhere(): never {
  throw new Error('it is a link that leads nowhere');
}

async function realOrNone(folder: string): Promise<string | undefined> {
  if ((await kindOf(folder)) === undefined) return undefined;
  return realpath(folder);
}

async function kindOf(file: string) {
  return lstat(file).catch(noneIfMissing);
}

async function readIn(file: string): Promise<{ text: string; mode: number } | undefined> {
  const info = await kindOf(file);
  if (info === undefined) return undefined;
  // A pipe or a device would be waited for, or never end.
  if (!info.isFile())
    throw new Error(info.isDirectory() ? 'it is a folder' : 'it is no plain file');
  if (info.size > mostBytes)
    throw new Error(`it has ${info.size} bytes, and at most ${mostBytes} are read`);
  const bytes = await readFile(file).catch(noneIfMissing);
  if (bytes === undefined) return undefined;
  return { text: decode(bytes), mode: info.mode };
}

/** The mark of its order stays in the text. What is no UTF-8 would be written back as something else. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is no UTF-8 text');
  }
}

async function replace(file: string, before: string | undefined, after: string): Promise<boolean> {
  const part = path.join(path.dirname(file), `.learnings-${randomUUID()}.part`);
  try {
    const mode = (await kindOf(file))?.mode;
    // `wx`: nobody has put a link there.
    const handle = await open(part, 'wx', 0o644);
    try {
      await handle.writeFile(after);
      if (mode !== undefined) await handle.chmod(mode & 0o777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // As late as can be: what a person saves in between is not written over.
    if ((await readIn(file))?.text !== before) return false;
    await rename(part, file);
    return true;
  } finally {
    await rm(part, { force: true });
  }
}

function noneIfMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
