/** Who collides with whom, as a square. Pure. */
import type { ConflictRecord, Severity } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide } from '../../../preload/contract/conflict-sides.ts';
import { inOrder, isOpen, worstOf } from './conflict-words.ts';

export interface Cell {
  readonly worst: Severity;
  /** The heaviest first; never empty. */
  readonly conflicts: readonly ConflictRecord[];
  /** Of all of them together. */
  readonly fileCount: number;
}

export interface Matrix {
  /** In the order of rows and columns. */
  readonly agents: readonly string[];
  cellOf(row: string, column: string): Cell | undefined;
  /** The same for as long as nothing that is shown in a row is other: of 50 agents a change draws two rows, not 2,500 cells. */
  markOf(row: string): string;
}

/** Of the open ones. Those that collide with nobody are left out, unless all of `agents` are wanted: then in their order. */
export function toMatrix(
  agents: readonly string[],
  conflicts: readonly ConflictRecord[],
  isAll: boolean,
): Matrix {
  const byPair = new Map<string, ConflictRecord[]>();
  for (const conflict of inOrder(conflicts.filter(isOpen))) {
    const key = keyOf(...conflict.agents);
    byPair.set(key, [...(byPair.get(key) ?? []), conflict]);
  }
  const cells = new Map([...byPair].map(([key, found]) => [key, toCell(found)] as const));
  const colliding = new Set([...byPair.values()].flat().flatMap((conflict) => conflict.agents));
  // One that collides and is not in the list yet is not to be missed.
  const known = new Set(agents);
  const all = [...agents, ...[...colliding].filter((id) => !known.has(id)).sort(agentsFirst)];
  // Alone, they stand as the list below has them: of many the heaviest are in sight, beside the diagonal.
  const shown = isAll ? all : [...colliding].sort(branchesLast);
  const cellOf = (row: string, column: string) => cells.get(keyOf(row, column));
  const marks = marksOf(shown, byPair, cellOf);
  return { agents: shown, cellOf, markOf: (row) => marks.get(row) ?? '' };
}

/** A branch stands after all who work. */
function branchesLast(one: string, other: string): number {
  return Number(isBranchSide(one)) - Number(isBranchSide(other));
}

function agentsFirst(one: string, other: string): number {
  return branchesLast(one, other) || (one < other ? -1 : 1);
}

function marksOf(
  shown: readonly string[],
  byPair: ReadonlyMap<string, readonly ConflictRecord[]>,
  cellOf: Matrix['cellOf'],
): ReadonlyMap<string, string> {
  const columns = shown.join(' ');
  const marks = new Map(shown.map((id) => [id, columns] as const));
  for (const [conflict] of byPair.values()) {
    const [row = '', column = ''] = conflict?.agents.toSorted() ?? [];
    const { worst, fileCount, conflicts } = cellOf(row, column) ?? {};
    const mark = `|${row} ${column} ${worst} ${fileCount} ${conflicts?.length}`;
    for (const id of [row, column]) marks.set(id, `${marks.get(id)}${mark}`);
  }
  return marks;
}

function toCell(conflicts: readonly ConflictRecord[]): Cell {
  const fileCount = conflicts.reduce((sum, conflict) => sum + conflict.fileCount, 0);
  return { worst: worstOf(conflicts) ?? 'low', conflicts, fileCount };
}

/** Names of agents and refs hold no blanks. */
function keyOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

export interface Spot {
  readonly row: string;
  readonly column: string;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key leads in the square; Home and End to the ends of the row. Undefined for other keys, and in an empty one. */
export function moveIn(
  agents: readonly string[],
  spot: Spot | undefined,
  key: string,
): Spot | undefined {
  const last = agents.length - 1;
  if (last < 0) return undefined;
  const row = spot === undefined ? 0 : Math.max(0, agents.indexOf(spot.row));
  const column = spot === undefined ? 0 : Math.max(0, agents.indexOf(spot.column));
  const within = (at: number) => Math.min(Math.max(at, 0), last);
  const at = (toRow: number, toColumn: number): Spot => ({
    row: agents[within(toRow)] ?? '',
    column: agents[within(toColumn)] ?? '',
  });
  if (key === 'Home') return at(row, 0);
  if (key === 'End') return at(row, last);
  const step = steps[key];
  return step && at(row + step[0], column + step[1]);
}

/** Where a conflict stands: the side of who was first is the row. */
export function spotOf({ agents: [row, column] }: ConflictRecord): Spot {
  return { row, column };
}
