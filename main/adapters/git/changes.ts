/** Reads `git diff-tree --raw --numstat -z`: all raw records, then one count per file in the same order. */
import type { ChangedFile } from '../../../preload/contract/change-facts.ts';
import { must } from '../../base/assert.ts';
import { splitNul } from './ask.ts';

export interface ChangeSummary {
  /** The first 200. */
  readonly files: readonly ChangedFile[];
  readonly fileCount: number;
  readonly additions: number;
  readonly deletions: number;
  /** Of binary files, by path: ids of what they hold. */
  readonly binaries: ReadonlyMap<string, BlobIds>;
}

/** Absent on the side where the file is not. */
export interface BlobIds {
  readonly before?: string;
  readonly after?: string;
}

const maxFiles = 200;

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  C: 'copied',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  T: 'type-changed',
};

/** Names that are not UTF-8 come with replacement characters; they are for showing alone. */
export function parseChanges(bytes: Buffer): ChangeSummary {
  const fields = splitNul(bytes).map((field) => field.toString('utf8'));
  let at = 0;
  const next = () => must(fields[at++], 'git ended in the middle of a record');
  const raw: RawChange[] = [];
  while (fields[at]?.startsWith(':')) raw.push(readRaw(next));
  let additions = 0;
  let deletions = 0;
  const binaries = new Map<string, BlobIds>();
  const files = raw.map(({ file, blobs }): ChangedFile => {
    const counts = readCounts(next);
    additions += counts.additions ?? 0;
    deletions += counts.deletions ?? 0;
    if (counts.additions === undefined) binaries.set(file.path, blobs);
    return { ...file, ...counts };
  });
  return {
    files: files.slice(0, maxFiles),
    fileCount: files.length,
    additions,
    deletions,
    binaries,
  };
}

interface RawChange {
  readonly file: ChangedFile;
  readonly blobs: BlobIds;
}

/** `:<mode> <mode> <id> <id> R100`, then one name, or two for renames and copies. */
function readRaw(next: () => string): RawChange {
  const [, , before = '', after = '', word = ''] = next().split(' ');
  const blobs = { ...(isThere(before) && { before }), ...(isThere(after) && { after }) };
  const letter = word.charAt(0);
  const status = statuses[letter] ?? 'modified';
  const first = next();
  if (letter !== 'R' && letter !== 'C') return { file: { path: first, status }, blobs };
  return { file: { path: next(), oldPath: first, status }, blobs };
}

function isThere(id: string): boolean {
  return !/^0*$/.test(id);
}

/** `<added>\t<deleted>\t<name>`, the name apart and doubled for renames; a binary file has `-` for both. */
function readCounts(next: () => string): { additions?: number; deletions?: number } {
  const [added = '', deleted = '', ...name] = next().split('\t');
  if (name.join('\t') === '') {
    next();
    next();
  }
  return added === '-' ? {} : { additions: Number(added), deletions: Number(deleted) };
}
