/** From what was found on the disk and the agents that there are to the rows of the list. Pure. */
import type { WorktreeRow, WorktreeState } from '../../../../preload/contract/worktree-commands.ts';
import type { Agent } from '../../agents/index.ts';
import type { FoundTree } from '../ports.ts';

export type Owner = Pick<Agent, 'id' | 'state' | 'branch' | 'worktreePath'>;

interface Known {
  readonly agents: readonly Owner[];
  readonly worktreesFolder: string;
}

/** The main checkout first, then those of agents by name, then the others by path. */
export function rowsOf(found: readonly FoundTree[], known: Known): WorktreeRow[] {
  const rows = found.map((tree) => rowOf(tree, known));
  const shown = new Set(rows.flatMap(({ path, wasAt }) => [path, wasAt]));
  const lost = known.agents.filter(
    ({ worktreePath }) => worktreePath !== undefined && !shown.has(worktreePath),
  );
  return [...rows, ...lost.map(lostRow)].sort(byImportance);
}

function rowOf(tree: FoundTree, known: Known): WorktreeRow {
  const { kind, madeFor, id, ...seen } = tree;
  const worker = known.agents.find(
    ({ worktreePath: at }) => at !== undefined && (at === tree.path || at === tree.wasAt),
  );
  const owner = worker ?? known.agents.find((agent) => agent.id === madeFor);
  const agent = owner?.id ?? madeFor;
  const row = {
    ...seen,
    state: stateOf(tree, { worker, owner }),
    ...(agent !== undefined && { agent }),
    ...(owner && { agentState: owner.state }),
  };
  return mayGo(row, known) && owner === undefined ? { ...row, pruneId: id } : row;
}

function stateOf(
  { kind, madeFor }: FoundTree,
  { worker, owner }: { worker: Owner | undefined; owner: Owner | undefined },
): WorktreeState {
  if (kind !== 'linked') return kind;
  if (worker) return 'agent';
  if (owner) return 'kept';
  return madeFor === undefined ? 'outside' : 'orphan';
}

const prunable: ReadonlySet<WorktreeState> = new Set(['orphan', 'missing', 'forgotten', 'trash']);

/** What git forgot is Musher's to clear only in its own folder. */
function mayGo({ state, locked, path }: WorktreeRow, { worktreesFolder }: Known): boolean {
  if (!prunable.has(state) || locked !== undefined) return false;
  return state !== 'forgotten' || isBelow(path, worktreesFolder);
}

function isBelow(path: string, folder: string): boolean {
  return /^[/\\]/.test(path.slice(folder.length)) && path.startsWith(folder);
}

/** An agent's that neither git nor the disk knows any more. */
function lostRow({ id, state, branch, worktreePath = '' }: Owner): WorktreeRow {
  return { path: worktreePath, state: 'missing', branch, agent: id, agentState: state };
}

const ranks: Partial<Record<WorktreeState, number>> = {
  main: 0,
  pool: 4,
  integration: 4,
  trash: 5,
  folder: 6,
};

function byImportance(a: WorktreeRow, b: WorktreeRow): number {
  const rank = (row: WorktreeRow) =>
    ranks[row.state] ?? (row.agentState === undefined ? 3 : row.state === 'kept' ? 2 : 1);
  const name = (row: WorktreeRow) => (rank(row) < 3 ? `${row.agent}\n${row.path}` : row.path);
  return rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1);
}
