/** From one change of a diff to the next, across files. Pure; who scrolls knows where things are. */

/** A hunk of a file; `hunk` is -1 for a file of which no hunk can be seen: then its header is the stop. */
export interface Stop {
  readonly file: number;
  readonly hunk: number;
}

/** Number of hunks in sight of each file, in order: 0 for folded ones and those without lines. */
export type HunkCounts = readonly number[];

/** The stop after or before this one; undefined at the ends. */
export function stepHunk(counts: HunkCounts, from: Stop, step: 1 | -1): Stop | undefined {
  const inFile = from.hunk + step;
  if (inFile >= 0 && inFile < (counts[from.file] ?? 0)) return { file: from.file, hunk: inFile };
  const file = from.file + step;
  const count = counts[file];
  if (count === undefined) return undefined;
  return { file, hunk: count === 0 ? -1 : step === 1 ? 0 : count - 1 };
}

/**
 * Where one stands by what is on the screen: the last hunk that begins above the edge, or before the first
 * one (`hunk: -1`) of the file at the top.
 */
export function stopAt(file: number, hunkTops: readonly number[], edge: number): Stop {
  return { file, hunk: hunkTops.findLastIndex((top) => top <= edge) };
}

/** Index of the last top that is at or above the edge; 0 when all are below. Tops ascend. */
export function indexAt(count: number, topOf: (index: number) => number, edge: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (topOf(middle) <= edge) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
