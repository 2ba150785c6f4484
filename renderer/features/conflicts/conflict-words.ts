/** Conflicts in words, and in which order they stand. Pure. */
import type {
  CollidingFile,
  CollisionReason,
  ConflictEnd,
  ConflictKind,
  ConflictRecord,
  Severity,
} from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export interface SeverityLook {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
  /** What it means, for a legend. */
  readonly meaning: string;
}

export const severities: Readonly<Record<Severity, SeverityLook>> = {
  high: { shape: 'diamond', tone: 'red', word: 'High', meaning: 'git cannot merge it' },
  medium: { shape: 'half', tone: 'amber', word: 'Medium', meaning: 'the same lines' },
  low: { shape: 'ring', tone: 'muted', word: 'Low', meaning: 'said, by one of them at least' },
};

const weights: Readonly<Record<Severity, number>> = { high: 2, medium: 1, low: 0 };

export const kindWords: Readonly<Record<ConflictKind, string>> = {
  forward: 'Plans overlap',
  'in-flight': 'Does not merge',
  ownership: 'In the other’s files',
};

/** As people call both sides: `backend and checkout`, `main and docs`. */
export function sidesOf({ agents }: Pick<ConflictRecord, 'agents'>): [string, string] {
  return [sideName(agents[0]), sideName(agents[1])];
}

/** Those who can be told, paused, and asked to do otherwise. */
export function agentsOf({ agents }: Pick<ConflictRecord, 'agents'>): readonly string[] {
  return agents.filter((side) => !isBranchSide(side));
}

/** One sentence on what is the matter between the two, or was. */
export function sayKind({ kind, agents: [first, second], end }: ConflictRecord): string {
  if (isBranchSide(first)) return sayTarget(sideName(first), second, end !== undefined);
  if (end !== undefined) return sayPast(kind, first, second);
  if (kind === 'forward')
    return `Both said that they are about to change the same, ${first} first. Nothing is written yet.`;
  if (kind === 'in-flight')
    return `What both wrote does not merge: Musher merged it to find out. ${first} was there first.`;
  return `${second} writes where ${first} has said that it works.`;
}

function sayTarget(target: string, agent: string, isPast: boolean): string {
  return isPast
    ? `What ${agent} had written did not merge with ${target}.`
    : `${target} has moved on, and what ${agent} wrote does not merge with it: Musher merged it to find out. ${agent} takes ${target} in before it asks for approval.`;
}

function sayPast(kind: ConflictKind, first: string, second: string): string {
  if (kind === 'forward') return 'Both had said that they were about to change the same.';
  if (kind === 'in-flight') return 'What both had written did not merge.';
  return `${second} had written where ${first} works.`;
}

const reasonWords: Readonly<Record<CollisionReason, string>> = {
  content: 'same lines',
  'both-added': 'both added it',
  'modify-delete': 'changed and deleted',
  'rename-rename': 'renamed twice',
  'rename-delete': 'renamed and deleted',
  'rename-add': 'renamed onto a new one',
  'directory-file': 'a file and a folder',
  binary: 'binary',
  submodule: 'submodule',
  mode: 'file mode',
  symlink: 'symbolic link',
  other: 'does not merge',
  said: 'both plan it',
  foreign: 'said by the other',
};

export function reasonOf({ reason }: Pick<CollidingFile, 'reason'>): string {
  return reasonWords[reason];
}

/** Why there are no lines to show of it. */
export function sayNoLines({ reason, hint }: Pick<CollidingFile, 'reason' | 'hint'>): string {
  switch (reason) {
    case 'said':
      return hint === undefined
        ? 'Nothing is written yet, so there are no lines to compare.'
        : `Nothing is written yet, so there are no lines to compare: ${hint}.`;
    case 'binary':
      return 'No lines to show: it is binary. One of the two is to be taken whole.';
    case 'submodule':
      return 'No lines to show: each moved the submodule to another commit.';
    case 'mode':
      return 'No lines to show: each gave the file another mode.';
    case 'symlink':
      return 'No lines to show: each made the link lead elsewhere.';
    case 'modify-delete':
    case 'rename-delete':
      return 'No lines to show: one of the two took the file away.';
    case 'foreign':
      return 'No lines collide: only one of the two has written here so far.';
    default:
      return 'No lines to show.';
  }
}

const endWords: Readonly<Record<ConflictEnd, string>> = {
  gone: 'It merges now',
  merged: 'One of them was merged',
  'agent-gone': 'One of the agents is gone',
};

export function endOf({ end, dismissed, agents }: ConflictRecord): string | undefined {
  if (end === 'agent-gone' && isBranchSide(agents[0])) return 'The agent is gone';
  if (end !== undefined) return endWords[end];
  return dismissed === undefined ? undefined : 'Dismissed by you';
}

/** The operator is to know of it now. */
export function isOpen({ end, dismissed }: ConflictRecord): boolean {
  return end === undefined && dismissed === undefined;
}

export function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/** `src/auth.ts and 3 more`. */
export function whereOf({ files, fileCount }: ConflictRecord): string {
  const [first] = files;
  if (first === undefined) return countFiles(fileCount);
  return fileCount > 1 ? `${first.path} and ${fileCount - 1} more` : first.path;
}

/** Open before over, heavier before lighter, older before newer; of those that are over, the newest first. */
export function inOrder(conflicts: readonly ConflictRecord[]): readonly ConflictRecord[] {
  return [...conflicts].sort(
    (a, b) =>
      Number(isOpen(b)) - Number(isOpen(a)) ||
      (isOpen(a)
        ? weights[b.severity] - weights[a.severity] || a.sinceMs - b.sinceMs
        : overMs(b) - overMs(a)) ||
      a.seq - b.seq,
  );
}

function overMs({ endedMs, dismissed, changedMs }: ConflictRecord): number {
  return endedMs ?? dismissed?.atMs ?? changedMs;
}

export function worstOf(conflicts: readonly ConflictRecord[]): Severity | undefined {
  return conflicts.reduce<Severity | undefined>(
    (worst, { severity }) =>
      worst === undefined || weights[severity] > weights[worst] ? severity : worst,
    undefined,
  );
}
