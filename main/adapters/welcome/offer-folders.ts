/** Folders that could be meant by what is typed: below home alone, few at a time, and never more read than a bound. */
import { access, opendir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { offeredFolders } from '../../../preload/contract/welcome.ts';
import type { OfferedFolders } from '../../features/welcome/ports.ts';
import { splitTyped, type TypedFrom } from './typed-path.ts';

/** Entries that are looked at in one folder; a mail folder may have a million. */
const mostEntries = 5_000;
const nothing: OfferedFolders = { folders: [], isCut: false };

/** `from.home`: links resolved. Nothing where the folder cannot be read, or lies elsewhere, also by a link. */
export async function offerFolders(
  typed: string,
  from: TypedFrom,
  signal: AbortSignal,
): Promise<OfferedFolders> {
  const { within, begins } = splitTyped(typed, from);
  const real = await realpath(within).catch(() => undefined);
  if (real === undefined || !isBelow(real, from.home)) return nothing;
  const found = await namesIn(real, begins, signal);
  const names = found.names
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, offeredFolders);
  const folders = await Promise.all(
    names.map(async (name) => ({
      path: path.join(within, name),
      isRepository: await isThere(path.join(real, name, '.git')),
    })),
  );
  signal.throwIfAborted();
  return { folders, isCut: found.isCut || found.names.length > names.length };
}

function isBelow(folder: string, home: string): boolean {
  return folder === home || folder.startsWith(home.endsWith(path.sep) ? home : home + path.sep);
}

/** Hidden ones only where a dot was typed. */
async function namesIn(folder: string, begins: string, signal: AbortSignal) {
  const names: string[] = [];
  const wanted = begins.toLowerCase();
  let seen = 0;
  try {
    for await (const entry of await opendir(folder)) {
      signal.throwIfAborted();
      seen += 1;
      if (seen > mostEntries) return { names, isCut: true };
      const { name } = entry;
      const isMeant = name.toLowerCase().startsWith(wanted) && name !== begins;
      if (isMeant && entry.isDirectory() && (begins.startsWith('.') || !name.startsWith('.')))
        names.push(name);
    }
  } catch {
    signal.throwIfAborted();
  }
  return { names, isCut: false };
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
