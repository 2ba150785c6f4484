/** The lines of one side of a hunk beside those they came from. Pure. */
import type { CollidingHunk } from '../../../preload/contract/conflict-records.ts';

type Lines = CollidingHunk['base'];

export interface SideLine {
  readonly number: number;
  readonly text: string;
  /** It is not as the base has it. */
  readonly isOther: boolean;
}

/** What both begin and end with is the same; between those, all of it is other. */
export function toSideLines(side: Lines, base: Lines): readonly SideLine[] {
  const { from, until } = otherIn(side.lines, base.lines);
  return side.lines.map((text, at) => ({
    number: side.start + at,
    text,
    isOther: at >= from && at < until,
  }));
}

function otherIn(lines: readonly string[], base: readonly string[]) {
  const shorter = Math.min(lines.length, base.length);
  let from = 0;
  while (from < shorter && lines[from] === base[from]) from += 1;
  let same = 0;
  while (same < shorter - from && lines.at(-1 - same) === base.at(-1 - same)) same += 1;
  return { from, until: lines.length - same };
}

/** `lines 4 to 9`, `line 4`, or `before line 4` where there are none. */
export function sayLines({ start, lines }: Lines): string {
  if (lines.length === 0) return `before line ${start}`;
  return lines.length === 1 ? `line ${start}` : `lines ${start} to ${start + lines.length - 1}`;
}
