/** What a repair does with each row of the list, and what it says of those that it leaves. Pure. */
import type { WorktreeRow } from '../../../../preload/contract/worktree-commands.ts';
import type { WorkItem } from '../../../../preload/contract/worktree-work.ts';

interface Ask {
  readonly target?: string | undefined;
  readonly renew: boolean;
}

/** Of all rows those that something is wrong with; of a target all that it names. */
export function planRepair(rows: readonly WorktreeRow[], { target, renew }: Ask): WorkItem[] {
  const meant = rows.filter(
    ({ path, wasAt, agent }) => target === undefined || [path, wasAt, agent].includes(target),
  );
  return meant.flatMap((row) => {
    const [deed, say] = deedFor(row, renew) ?? [];
    if (deed === undefined || say === undefined)
      return target === undefined ? [] : [toItem(row, 'none', whole(row))];
    return [toItem(row, deed, say)];
  });
}

/** Repair mends where a worktree stands; what is damaged in its git folder, git must say. */
function whole({ state, head, branch, path }: WorktreeRow): string {
  const isRead = head !== undefined || branch !== undefined;
  return isRead || state === 'folder' || state === 'trash'
    ? 'it stands where git looks for it'
    : `it stands where git looks for it, but git reads no HEAD in it: git -C ${path} status says why`;
}

function toItem(
  { path, agent, agentState }: WorktreeRow,
  deed: WorkItem['deed'],
  say: string,
): WorkItem {
  const isKnown = agent !== undefined && agentState !== undefined;
  return { path, deed, say, ...(isKnown && { agent }) };
}

/** A state that ends by itself: its work is in the same lane, and may make this one needless. */
const passing: ReadonlySet<string> = new Set([
  ...['creating', 'starting', 'stopping', 'restarting', 'destroying'],
]);

function deedFor(row: WorktreeRow, renew: boolean): [WorkItem['deed'], string] | undefined {
  const { state, wasAt, agent, agentState } = row;
  if (state !== 'moved' && state !== 'forgotten' && state !== 'missing') return undefined;
  if (agentState !== undefined && passing.has(agentState))
    return ['none', `${agent} is ${agentState}; try again when that is over`];
  if (state === 'moved')
    return [
      'repoint',
      wasAt === undefined
        ? 'its .git file is pointed at this repository, which was moved'
        : `git looks for it at ${wasAt}; it is told where it stands`,
    ];
  if (agent === undefined || agentState === undefined || agentState === 'destroyed')
    return ['none', 'no agent works there; `musher worktree prune` clears it away'];
  if (state === 'forgotten') return ['register', 'git forgot it; it is made known again'];
  return lost(row, renew);
}

function lost(
  { agent, agentState, locked, branch }: WorktreeRow,
  renew: boolean,
): [WorkItem['deed'], string] {
  if (locked !== undefined)
    return ['none', 'it is gone and locked: it may be on a disk that is away'];
  if (agentState !== 'stopped')
    return ['none', `it is gone, and ${agent} still runs: stop it first, then repair with --renew`];
  if (!renew)
    return [
      'none',
      `it is gone; if it was moved, name its new folder: musher worktree repair <folder>. To have it made anew from branch ${branch}: musher worktree repair ${agent} --renew`,
    ];
  return ['renew', `it is made anew from branch ${branch}`];
}
