/** Where lines of one commit are in another, by the hunks between the two. Pure. */
import type { FileHunks, Hunk } from './ports.ts';

export interface LinesPlace {
  readonly path: string;
  readonly startLine?: number | undefined;
  readonly line?: number | undefined;
}

/**
 * The place in the newer commit, or undefined when it is there no more: the file is gone, or a line of the range was changed
 * or taken away. Lines that came into the middle of a range belong to it.
 */
export function carryPlace(
  place: LinesPlace,
  files: ReadonlyMap<string, FileHunks>,
): LinesPlace | undefined {
  const file = files.get(place.path);
  if (file === undefined) return place;
  const { newPath: path, hunks, isOpaque = false } = file;
  if (path === undefined) return undefined;
  if (place.line === undefined) return { path };
  if (isOpaque) return undefined;
  const first = place.startLine ?? place.line;
  if (hunks.some((hunk) => takesAny(hunk, first, place.line ?? first))) return undefined;
  const line = carryLine(place.line, hunks);
  const start = carryLine(first, hunks);
  return start === line ? { path, line } : { path, startLine: start, line };
}

function takesAny({ oldStart, oldCount }: Hunk, first: number, last: number): boolean {
  return oldCount > 0 && oldStart <= last && first < oldStart + oldCount;
}

/** Of a line that no hunk takes: it moves by what came and went before it. */
function carryLine(line: number, hunks: readonly Hunk[]): number {
  let moved = line;
  for (const { oldStart, oldCount, newCount } of hunks) {
    const isBefore = oldCount === 0 ? oldStart < line : oldStart + oldCount <= line;
    if (isBefore) moved += newCount - oldCount;
  }
  return moved;
}
