/** Which lines of two changes of one file do not go together: git's own rule, over what each changed since the common file. */

/** Lines count from 0; of an insertion, `baseCount` is 0 and `baseStart` the line before which it stands. */
export interface LineChange {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly start: number;
  readonly count: number;
  /** The lines that it brings, as they are. */
  readonly text: string;
}

/** Lines count from 0. */
export interface Span {
  readonly start: number;
  readonly count: number;
}

export interface Overlap {
  readonly base: Span;
  readonly ours: Span;
  readonly theirs: Span;
}

/** Changes that overlap or touch in the common file, joined. Both in order of line. */
export function findOverlaps(
  ours: readonly LineChange[],
  theirs: readonly LineChange[],
): Overlap[] {
  const found: Overlap[] = [];
  let [a, b] = [0, 0];
  while (a < ours.length && b < theirs.length) {
    const one = ours[a] as LineChange;
    const other = theirs[b] as LineChange;
    if (endOf(one) < other.baseStart) a++;
    else if (endOf(other) < one.baseStart) b++;
    else if (isSame(one, other)) {
      a++;
      b++;
    } else {
      const [nextA, nextB, end] = reach(ours, theirs, [a, b]);
      const base = spanTo(Math.min(one.baseStart, other.baseStart), end);
      found.push({
        base,
        ours: spanIn(ours.slice(a, nextA), base),
        theirs: spanIn(theirs.slice(b, nextB), base),
      });
      [a, b] = [nextA, nextB];
    }
  }
  return found;
}

/** As far as one change leads to the next of the other side. */
function reach(
  ours: readonly LineChange[],
  theirs: readonly LineChange[],
  [fromA, fromB]: readonly [number, number],
): [number, number, number] {
  let [a, b, end] = [fromA, fromB, -1];
  for (;;) {
    const one = ours[a];
    const other = theirs[b];
    if (one !== undefined && (end === -1 || one.baseStart <= end)) {
      end = Math.max(end, endOf(one));
      a++;
    } else if (other !== undefined && other.baseStart <= end) {
      end = Math.max(end, endOf(other));
      b++;
    } else return [a, b, end];
  }
}

function isSame(one: LineChange, other: LineChange): boolean {
  return (
    one.baseStart === other.baseStart &&
    one.baseCount === other.baseCount &&
    one.text === other.text
  );
}

function endOf({ baseStart, baseCount }: LineChange): number {
  return baseStart + baseCount;
}

function spanTo(start: number, end: number): Span {
  return { start, count: end - start };
}

/** The same lines on one side, given its changes among them. */
function spanIn(changes: readonly LineChange[], base: Span): Span {
  const first = changes[0] as LineChange;
  const start = first.start - (first.baseStart - base.start);
  const grown = changes.reduce((sum, { baseCount, count }) => sum + count - baseCount, 0);
  return { start, count: base.count + grown };
}
