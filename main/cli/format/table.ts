/** Columns without borders, aligned by what a terminal shows. */
import { clip, oneLine, widthOf, wrapped } from './plain-text.ts';
import type { View } from './view.ts';

/** Text, or text with the colour it is shown in. Made safe here; the colour is added last. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

const gap = '  ';
/** Less than this of the last column is not worth showing. */
const leastLast = 12;

/** The same where nothing may be cut: on a terminal the last column goes on below itself. */
export function wrappedTable(
  header: readonly string[],
  rows: ReadonlyArray<readonly Cell[]>,
  view: View,
): string {
  const all = rows.map((row) => row.map(toPainted));
  const room =
    view.width === undefined ? Infinity : lastWidth([header.map(toPainted), ...all], view.width);
  const broken = all.flatMap((row) => {
    const last = row.at(-1);
    const lines = last === undefined ? [] : wrapped(last.text, room);
    const paint = last?.paint ?? ((same: string) => same);
    const blank = row.slice(0, -1).map(() => '');
    return lines.map((text, at): Cell[] => [
      ...(at === 0 ? row.slice(0, -1) : blank),
      { text, paint },
    ]);
  });
  return table(header, broken, view);
}

/** A header and its rows; on a terminal the last column is cut where the line ends. */
export function table(
  header: readonly string[],
  rows: ReadonlyArray<readonly Cell[]>,
  view: View,
): string {
  const titles: Cell[] = header.map((text) => ({ text, paint: view.style.dim }));
  const lines = [titles, ...rows].map((row) => row.map(toPainted));
  const widths = widthsOf(lines);
  const last = view.width === undefined ? undefined : lastWidth(lines, view.width);
  return lines.map((row) => toLine(row, widths, last)).join('\n');
}

function widthsOf(lines: ReadonlyArray<readonly Painted[]>): number[] {
  return (lines[0] ?? []).map((_, at) =>
    Math.max(...lines.map((row) => widthOf(row[at]?.text ?? ''))),
  );
}

/** What is left of a line for the last column. */
function lastWidth(lines: ReadonlyArray<readonly Painted[]>, columns: number): number {
  const before = widthsOf(lines)
    .slice(0, -1)
    .reduce((sum, width) => sum + width + gap.length, 0);
  return Math.max(columns - before, leastLast);
}

type Painted = Exclude<Cell, string>;

function toPainted(cell: Cell): Painted {
  const { text, paint } =
    typeof cell === 'string' ? { text: cell, paint: (same: string) => same } : cell;
  return { text: oneLine(text), paint };
}

function toLine(
  row: readonly Painted[],
  widths: readonly number[],
  last: number | undefined,
): string {
  const cells = row.map(({ text, paint }, at) => {
    if (at === widths.length - 1) return paint(last === undefined ? text : clip(text, last));
    return paint(text) + ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)));
  });
  return cells.join(gap).trimEnd();
}
