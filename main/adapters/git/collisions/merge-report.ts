/**
 * Reads what `git merge-tree --write-tree -z --messages` says: a tree, the stages of what did not merge, and messages,
 * of which the names of files and the kind are fixed words for programs; the sentence in each is for people and not read.
 */
import type { CollisionReason } from '../../../../preload/contract/conflict-records.ts';
import { splitNul } from '../ask.ts';

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

/** By path, in order of path. Names that are not UTF-8 come with replacement characters. */
export function readMergeReport(bytes: Buffer): Unmerged[] {
  const fields = splitNul(bytes).map((field) => field.toString('utf8'));
  const end = fields.indexOf('', 1);
  const entries = fields.slice(1, end === -1 ? undefined : end);
  const messages = end === -1 ? [] : readMessages(fields.slice(end + 1));
  const stages = readStages(entries);
  // What a folder's rename makes of it may leave a name without stages.
  for (const { names } of messages)
    if (!names.some((name) => stages.has(name)) && names[0] !== undefined) stages.set(names[0], []);
  const about = byName(messages);
  return [...stages.keys()]
    .sort()
    .map((path) => describe(path, stages.get(path) ?? [], about.get(path) ?? []));
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

/** `<mode> <id> <stage>\t<name>` each. */
function readStages(entries: readonly string[]): Map<string, Stages> {
  const found = new Map<string, [Side?, Side?, Side?]>();
  for (const entry of entries) {
    const tab = entry.indexOf('\t');
    const [mode = '', id = '', stage] = entry.slice(0, tab).split(' ');
    const path = asWritten(entry.slice(tab + 1));
    const of = found.get(path) ?? [];
    of[Number(stage) - 1] = { mode, id };
    found.set(path, of);
  }
  return found;
}

/** A count, so many names, a kind and a sentence each. Those that only inform are left out. */
function readMessages(fields: readonly string[]): Message[] {
  const found: Message[] = [];
  for (let at = 0; at < fields.length; ) {
    const count = Number(fields[at]);
    if (!Number.isInteger(count) || fields[at] === '') break;
    const names = fields.slice(at + 1, at + 1 + count).map(asWritten);
    const kind = fields[at + 1 + count] ?? '';
    if (kind.startsWith('CONFLICT')) found.push({ kind, names: [...new Set(names)] });
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
