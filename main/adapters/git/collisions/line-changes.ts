/**
 * What changed from one content to another, by line, for many files at once: they are put into passing trees under
 * numbers, so that git is asked once and no name and no attribute has a say. The kind of diff is the one that merges use.
 */
import { must } from '../../../base/assert.ts';
import type { Git } from '../run.ts';
import type { LineChange } from './line-overlap.ts';

export interface DiffPlace {
  readonly git: Git;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Ids of contents; undefined where there is none. */
export type Column = readonly (string | undefined)[];

/** A tree for each column. */
export async function makeTrees(place: DiffPlace, columns: readonly Column[]): Promise<string[]> {
  const { git, ...at } = place;
  const rows = (column: Column) =>
    column.flatMap((id, n) => (id === undefined ? [] : [`100644 blob ${id}\t${n}\n`])).join('');
  const args = ['mktree', '--batch'];
  const { stdout } = await git.run({ ...at, args, input: `${columns.map(rows).join('\n')}\n` });
  return stdout.toString('utf8').trim().split('\n');
}

/** By number of the file; one that is the same in both is not there. */
export async function lineChanges(
  { git, ...at }: DiffPlace,
  from: string,
  to: string,
): Promise<Map<number, LineChange[]>> {
  const how = ['--diff-algorithm=histogram', '--no-indent-heuristic', '--no-renames', '--text'];
  const plain = [
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const args = ['diff-tree', '-r', '-p', '-U0', ...how, ...plain, from, to];
  return readPatch((await git.run({ ...at, args })).stdout.toString('latin1'));
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
