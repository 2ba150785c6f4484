/** Reading folders, a few at a time. */
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { identityOf, toText } from './tree-watch.ts';

/** So many folders are read at once. */
const width = 16;
/** Of more names in one folder it is cheaper to read the folder. */
const mostAsked = 8;

export async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < all.length; at = next++) await work(all[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, worker));
}

/** Which of these names in a folder are folders (links to them are not), and which ones. None where the folder is gone. */
export async function foldersAmong(
  folder: string,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const few = names.size > mostAsked ? await namesOfFolders(folder, names) : [...names];
  for (const name of few) {
    const stat = await lstat(path.join(folder, name)).catch(() => undefined);
    if (stat?.isDirectory()) found.set(name, identityOf(stat));
  }
  return found;
}

async function namesOfFolders(folder: string, names: ReadonlySet<string>): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isDirectory() && names.has(one.name)).map(({ name }) => name);
}

export interface FolderList {
  readonly folders: readonly string[];
  /** A folder whose name is no UTF-8, with replacement characters. */
  readonly unnamed: string | undefined;
  readonly hasGit: boolean;
}

/** Names of the folders in a folder. */
export async function listFolders(folder: string): Promise<FolderList> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const folders: string[] = [];
  let hasGit = false;
  let unnamed: string | undefined;
  for (const entry of entries as unknown as Dirent<Buffer>[]) {
    const isGit = entry.name.length === 4 && entry.name.toString('latin1') === '.git';
    if (isGit) hasGit = true;
    else if (entry.isDirectory()) {
      const name = toText(entry.name);
      if (name === undefined) unnamed = entry.name.toString('utf8');
      else folders.push(name);
    }
  }
  return { folders, unnamed, hasGit };
}
