/**
 * Reads what `git merge-tree --write-tree -z --messages` says: a tree, the stages of what did not merge, and messages,
 * of which the names of files and the kind are fixed words for programs; the sentence in each is for people and not read.
 */
import type { CollisionReason } from '../../../../preload/contract/conflict-records.ts';

/** Of one name: what the common ancestor, the first and the second have of it. */
export type Stages = readonly [Side?, Side?, Side?];
export interface Side {
  readonly mode: string;
  readonly id: string;
}

export interface Unmerged {
  readonly path: string;
  readonly reason: CollisionReason;
  /** All names that what is said of it is about. */
  readonly names: readonly string[];
  readonly isByFolder: boolean;
  readonly stages: Stages;
}

interface Message {
  readonly kind: string;
  readonly names: readonly string[];
}

export interface MergeReport {
  /** In order of path; the first 2,000. */
  readonly files: readonly Unmerged[];
  readonly fileCount: number;
}

/** Two trees that were reformatted otherwise collide in all they have: whoever reads of two thousand knows enough. */
const mostRead = 2_000;

/** Names that are not UTF-8 come with replacement characters. */
export function readMergeReport(bytes: Buffer): MergeReport {
  // At once and not field by field: of twenty thousand files there are some hundred thousand.
  const fields = bytes.toString('utf8').split('\0');
  const end = fields.indexOf('', 1);
  const { stages, left } = readStages(fields.slice(1, end === -1 ? undefined : end));
  const messages = end === -1 ? [] : readMessages(fields, end + 1);
  if (left === 0) addNameless(stages, messages);
  const about = byName(messages);
  const files = [...stages.keys()]
    .sort()
    .map((path) => describe(path, stages.get(path) ?? [], about.get(path) ?? []));
  return { files, fileCount: files.length + left };
}

/**
 * What a folder's rename makes of it may leave a name without stages. Of a file in the way of a folder git also speaks where
 * the file is deleted and nothing of it is left: that counts only where there is nothing else.
 */
function addNameless(stages: Map<string, Stages>, messages: readonly Message[]): void {
  const isNameless = ({ names }: Message) => !names.some((name) => stages.has(name));
  const isByFile = ({ kind }: Message) => kind.includes('file/directory');
  for (const message of [...messages.filter((one) => !isByFile(one)), ...messages]) {
    const [name] = message.names;
    const counts = isNameless(message) && (!isByFile(message) || stages.size === 0);
    if (counts && name !== undefined) stages.set(name, []);
  }
}

function byName(messages: readonly Message[]): Map<string, Message[]> {
  const found = new Map<string, Message[]>();
  for (const message of messages)
    for (const name of message.names) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [message]);
      else known.push(message);
    }
  return found;
}

/** `<mode> <id> <stage>\t<name>` each, in order of name; `left`: so many names more. */
function readStages(entries: readonly string[]) {
  const stages = new Map<string, [Side?, Side?, Side?]>();
  let [left, last] = [0, ''];
  for (const entry of entries) {
    const tab = entry.indexOf('\t');
    const name = entry.slice(tab + 1);
    const isNew = name !== last;
    last = name;
    if (isNew && stages.size >= mostRead) left++;
    if (left > 0) continue;
    const [mode = '', id = '', stage] = entry.slice(0, tab).split(' ');
    const path = asWritten(name);
    const of = stages.get(path) ?? [];
    of[Number(stage) - 1] = { mode, id };
    stages.set(path, of);
  }
  return { stages: stages as Map<string, Stages>, left };
}

/** A count, so many names, a kind and a sentence each. Those that only inform are left out. */
function readMessages(fields: readonly string[], from: number): Message[] {
  const found: Message[] = [];
  for (let at = from; at < fields.length && found.length < 2 * mostRead; ) {
    const count = Number(fields[at]);
    if (!Number.isInteger(count) || fields[at] === '') break;
    const kind = fields[at + 1 + count] ?? '';
    if (kind.startsWith('CONFLICT')) {
      const names = fields.slice(at + 1, at + 1 + count).map(asWritten);
      found.push({ kind, names: [...new Set(names)] });
    }
    at += count + 3;
  }
  return found;
}

/** Where a file is in the way of a folder, git puts it aside as `<name>~<commit>`. */
function asWritten(name: string): string {
  return name.replace(/~(?:[0-9a-f]{64}|[0-9a-f]{40})(?:_\d+)?$/, '');
}

function describe(path: string, stages: Stages, about: readonly Message[]): Unmerged {
  const names = [...new Set([path, ...about.flatMap((message) => message.names)])];
  const isByFolder = about.some(({ kind }) => kind.includes('directory rename'));
  return { path, stages, names, isByFolder, reason: reasonOf(stages, about) };
}

const link = '120000';
const submodule = '160000';

function reasonOf(stages: Stages, messages: readonly Message[]): CollisionReason {
  const modes = stages.flatMap((side) => (side === undefined ? [] : [side.mode]));
  if (modes.includes(submodule)) return 'submodule';
  const told = reasons.find(([word]) => messages.some(({ kind }) => kind.includes(word)))?.[1];
  if (told === 'mode') return modes.includes(link) ? 'symlink' : 'mode';
  if (told !== 'content') return told ?? 'other';
  if (modes.includes(link)) return 'symlink';
  const [base, ours, theirs] = stages;
  if (ours !== undefined && ours.id === theirs?.id) return 'mode';
  return base === undefined ? 'both-added' : 'content';
}

/** By a word of git's kind; the first that fits says more than those below it. */
const reasons: readonly (readonly [string, CollisionReason])[] = [
  ['submodule', 'submodule'],
  ['file/directory', 'directory-file'],
  ['rename/rename', 'rename-rename'],
  ['rename/delete', 'rename-delete'],
  ['directory rename', 'rename-add'],
  ['rename involved in collision', 'rename-add'],
  ['modify/delete', 'modify-delete'],
  ['distinct modes', 'mode'],
  ['binary', 'binary'],
  ['contents', 'content'],
];
