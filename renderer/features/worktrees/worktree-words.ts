/** What is said of a worktree in a row: its state, how it differs, and what is odd about it. Pure. */
import type { WorktreeRow, WorktreeState } from '../../../preload/contract/worktree-commands.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';
import { sayError } from '../../ui/say-error.ts';

interface StateWord {
  readonly word: string;
  readonly tone: Tone;
  /** What it means, for who rests on it. */
  readonly means: string;
}

export const stateWords: Readonly<Record<WorktreeState, StateWord>> = {
  main: { word: 'main', tone: 'neutral', means: 'Your own checkout' },
  agent: { word: 'agent', tone: 'blue', means: 'An agent works there' },
  kept: {
    ...{ word: 'kept', tone: 'neutral' },
    means: 'Made for an agent that is destroyed, or works elsewhere by now',
  },
  orphan: {
    ...{ word: 'orphan', tone: 'amber' },
    means: 'Made by Musher for an agent that nobody knows any more',
  },
  outside: { word: 'outside', tone: 'neutral', means: 'Made by hand, or by another program' },
  missing: {
    word: 'missing',
    tone: 'amber',
    means: 'Git or an agent knows it; its folder is gone',
  },
  moved: { word: 'moved', tone: 'amber', means: 'It stands here, and git looks for it elsewhere' },
  forgotten: { word: 'forgotten', tone: 'amber', means: 'It was a worktree until git forgot it' },
  pool: { word: 'pool', tone: 'green', means: 'It stands ready for a new agent' },
  integration: {
    word: 'Musher',
    tone: 'neutral',
    means: 'Where Musher tries merges and runs gates',
  },
  trash: { word: 'trash', tone: 'neutral', means: 'Left over of one that was removed' },
  folder: { word: 'folder', tone: 'neutral', means: 'No worktree of this repository' },
};

/** The folder's own name, and the way to it. */
export function splitPath(path: string): { readonly name: string; readonly parent: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { name: path.slice(at + 1), parent: path.slice(0, at + 1) };
}

export function sayChanged({ changed }: WorktreeRow): string {
  if (changed === undefined) return '';
  if (changed === 0) return 'clean';
  return changed === 1 ? '1 file changed' : `${changed} files changed`;
}

const most = 1_000;

export function sayCommits({ unmerged, unpushed }: WorktreeRow): string {
  const count = (of: number) => (of >= most ? `${most}+` : String(of));
  const said = [
    ...(unmerged === undefined ? [] : [unmerged === 0 ? 'merged' : `${count(unmerged)} unmerged`]),
    ...(unpushed ? [`${count(unpushed)} unpushed`] : []),
  ];
  return said.join(', ');
}

/** What the columns have no room for. */
export function notesOf({ wasAt, why, locked, trouble, size }: WorktreeRow): string[] {
  const isMostlyIgnored = size !== undefined && size.ignoredBytes > size.totalBytes / 2;
  return [
    ...(wasAt === undefined ? [] : [`was at ${wasAt}`]),
    ...(why === undefined ? [] : [why]),
    ...(locked === undefined ? [] : [locked === '' ? 'locked' : `locked: ${locked}`]),
    ...(trouble === undefined ? [] : [sayError(trouble)]),
    ...(isMostlyIgnored ? [`${formatBytes(size.ignoredBytes)} of it is ignored by git`] : []),
    ...(size?.isPartial ? ['more than this: it took too long to count'] : []),
  ];
}

/** What deleting these frees. */
export function freedBytes(rows: readonly WorktreeRow[]): number {
  return rows.reduce(
    (sum, { size }) => sum + (size === undefined ? 0 : size.totalBytes - size.sharedBytes),
    0,
  );
}

/** A repair has something to do with it, or to say of it. */
export function isBroken({ state, agentState, locked }: WorktreeRow): boolean {
  if (state === 'moved') return true;
  const isLost = state === 'forgotten' || state === 'missing';
  return isLost && agentState !== undefined && agentState !== 'destroyed' && locked === undefined;
}

/** As a sentence of its own. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function isAdoptable({ state, locked, branch }: WorktreeRow): boolean {
  const isFree = state === 'outside' || state === 'orphan';
  return isFree && locked === undefined && branch !== undefined;
}
