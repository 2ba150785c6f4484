/** The thread that reads and checks what is to be imported, and ends with the answer. It may take its time: nobody waits for its loop. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { importedBytes, importedStories } from '../../../preload/contract/story-import.ts';
import { must } from '../../base/assert.ts';
import type { ImportItem, ImportRead } from '../../features/stories/ports.ts';
import { parseMarkdown } from './front-matter.ts';
import { parseIssues } from './issues.ts';

export interface FilesAsk {
  readonly paths: readonly string[];
  /** Paths are named from there. */
  readonly root: string;
}

export interface Unreadable {
  readonly path: string;
  readonly why: string;
}

export type FilesAnswer = { readonly read: ImportRead } | { readonly unreadable: Unreadable };

class UnreadableError extends Error {
  readonly unreadable: Unreadable;
  constructor(unreadable: Unreadable) {
    super(unreadable.why);
    this.unreadable = unreadable;
  }
}

const { paths, root } = workerData as FilesAsk;
must(parentPort, 'This is a thread of its own.').postMessage(answer());

function answer(): FilesAnswer {
  try {
    return { read: readAll() };
  } catch (error) {
    if (error instanceof UnreadableError) return { unreadable: error.unreadable };
    throw error;
  }
}

function readAll(): ImportRead {
  const items: ImportItem[] = [];
  const faults: string[] = [];
  let skipped = 0;
  let leftBytes = importedBytes;
  for (const file of new Set(paths.flatMap(filesAt))) {
    const { text, bytes } = readText(file, leftBytes);
    leftBytes -= bytes;
    const named = { path: nameOf(file), text: text ?? '' };
    if (text === undefined) faults.push(`${named.path}: expected text in UTF-8, found other bytes`);
    else if (isMarkdown(file)) {
      const parsed = parseMarkdown(named);
      if ('item' in parsed) items.push(parsed.item);
      else faults.push(...parsed.faults);
    } else {
      const parsed = parseIssues(named);
      items.push(...parsed.items);
      faults.push(...parsed.faults);
      skipped += parsed.skipped;
    }
    if (items.length > importedStories) refuse(file, `brings more than ${importedStories} stories`);
  }
  return { items, faults, skipped };
}

function filesAt(at: string): string[] {
  const found = looked(at, () => statSync(at));
  if (found.isFile()) {
    if (!isMarkdown(at) && !/\.json$/i.test(at)) refuse(at, 'is neither .md nor .json');
    return [at];
  }
  if (!found.isDirectory()) refuse(at, 'is neither a file nor a folder');
  // Links are not followed: whoever names a folder means what is in it.
  const inside = looked(at, () => readdirSync(at, { withFileTypes: true }));
  const files = inside.filter((one) => one.isFile() && isMarkdown(one.name));
  if (files.length > importedStories) refuse(at, `has more than ${importedStories} files`);
  return files.map(({ name }) => path.join(at, name)).sort();
}

function isMarkdown(file: string): boolean {
  return /\.(md|markdown)$/i.test(file);
}

function readText(file: string, leftBytes: number): { text: string | undefined; bytes: number } {
  if (looked(file, () => statSync(file)).size > leftBytes)
    refuse(file, `makes it more than ${importedBytes} bytes`);
  const bytes = looked(file, () => readFileSync(file));
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes: bytes.length };
  } catch {
    return { text: undefined, bytes: bytes.length };
  }
}

function looked<T>(file: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    return refuse(
      file,
      code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`,
    );
  }
}

function refuse(file: string, why: string): never {
  throw new UnreadableError({ path: nameOf(file), why });
}

/** From the root where it is below it: the same for everybody who has the repository. */
function nameOf(file: string): string {
  const inside = path.relative(root, file);
  const isInside = inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
  return (isInside ? inside : file).split(path.sep).join('/');
}
