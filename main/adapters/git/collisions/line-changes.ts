/**
 * What changed from one content to another, by line, for many files at once: they are put into passing trees under
 * numbers, so that git is asked once and no name and no attribute has a say. The kind of diff is the one that merges use.
 */
import { must } from '../../../base/assert.ts';
import type { Git } from '../run.ts';
import type { LineChange } from './line-overlap.ts';
import { treeBody, writeObject } from './loose-object.ts';

export interface DiffPlace {
  readonly git: Git;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Where passing objects may be written. */
  readonly objectsFolder: string;
}

/** Bytes. Of a larger file no lines are told: its diff would stand in the way of everything else. */
export const largestText = 4 * 1024 * 1024;

/** Ids of contents; undefined where there is none. */
export type Column = readonly (string | undefined)[];

/** Between the columns of each pair, by number of the file; one that is the same in both is not there. */
export async function lineChanges(
  { git, objectsFolder, ...at }: DiffPlace,
  columns: readonly Column[],
  pairs: readonly (readonly [number, number])[],
): Promise<Map<number, LineChange[]>[]> {
  const like = columns.flat().find((id) => id !== undefined) ?? '';
  const trees = await Promise.all(columns.map((column) => makeTree(objectsFolder, column, like)));
  const asks = pairs.map(([from, to]) => `${trees[from]} ${trees[to]}`);
  const how = ['--diff-algorithm=histogram', '--no-indent-heuristic', '--no-renames'];
  const plain = ['--no-color', '--no-ext-diff', '--no-textconv'];
  const prefixes = ['--src-prefix=a/', '--dst-prefix=b/'];
  const bound = ['-c', `core.bigFileThreshold=${largestText}`];
  const args = [...bound, 'diff-tree', '--stdin', '-r', '-p', '-U0', ...how, ...plain, ...prefixes];
  const { stdout } = await git.run({ ...at, args, input: `${asks.join('\n')}\n` });
  // Git says before each which two it is of; no line of a file begins so, as those have a sign before them.
  const parts = stdout.toString('latin1').split(/^([0-9a-f]{40,64} [0-9a-f]{40,64})\n/m);
  return asks.map((ask) => readPatch(parts[parts.indexOf(ask) + 1] ?? ''));
}

function makeTree(objectsFolder: string, column: Column, like: string): Promise<string> {
  const rows = column.flatMap((id, n) => (id === undefined ? [] : [{ id, name: nameOf(n) }]));
  return writeObject(objectsFolder, 'tree', { body: treeBody(rows), like });
}

/** In order of their bytes. */
function nameOf(n: number): string {
  return String(n).padStart(6, '0');
}

/** Without context; lines of files begin with `+`, `-` or `\\`, so the others are git's own. */
export function readPatch(patch: string): Map<number, LineChange[]> {
  const found = new Map<number, LineChange[]>();
  for (const part of patch.split(/^diff --git a\//m).slice(1)) {
    const hunks = part.split(/^@@ /m).slice(1);
    found.set(Number.parseInt(part, 10), hunks.map(changeOf));
  }
  return found;
}

/** `-<line>,<count> +<line>,<count> @@`, then its lines; where the count is 0, the line is the one before. */
function changeOf(hunk: string): LineChange {
  const [, ...numbers] = /^-(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(hunk) ?? [];
  const [line, lines = '1', toLine, toLines = '1'] = numbers;
  const [baseCount, count] = [Number(lines), Number(toLines)];
  return {
    baseStart: Number(must(line, 'a hunk without a line')) - (baseCount > 0 ? 1 : 0),
    baseCount,
    start: Number(toLine) - (count > 0 ? 1 : 0),
    count,
    text: hunk.replace(/^.*\n/, '').replace(/^-.*\n/gm, ''),
  };
}
