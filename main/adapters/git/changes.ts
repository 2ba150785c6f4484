/** Reads `git diff-tree --raw --numstat -z`: all raw records, then one count per file in the same order. */
import type { ChangedFile } from '../../../preload/contract/approvals.ts';
import { must } from '../../base/assert.ts';
import { splitNul } from './ask.ts';

export interface ChangeSummary {
  /** The first 200. */
  readonly files: readonly ChangedFile[];
  readonly fileCount: number;
  readonly additions: number;
  readonly deletions: number;
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
  const files: ChangedFile[] = [];
  while (fields[at]?.startsWith(':')) files.push(readRaw(next));
  let additions = 0;
  let deletions = 0;
  const counted = files.map((file) => {
    const counts = readCounts(next);
    additions += counts.additions ?? 0;
    deletions += counts.deletions ?? 0;
    return { ...file, ...counts };
  });
  return { files: counted.slice(0, maxFiles), fileCount: counted.length, additions, deletions };
}

/** `:<mode> <mode> <id> <id> R100`, then one name, or two for renames and copies. */
function readRaw(next: () => string): ChangedFile {
  const letter = next().split(' ').at(-1)?.charAt(0) ?? '';
  const status = statuses[letter] ?? 'modified';
  const first = next();
  if (letter !== 'R' && letter !== 'C') return { path: first, status };
  return { path: next(), oldPath: first, status };
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
