/** Columns without borders, aligned by what a terminal shows. */
import { clip, oneLine, widthOf } from './plain-text.ts';
import type { View } from './view.ts';

/** Text, or text with the colour it is shown in. Made safe here; the colour is added last. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

const gap = '  ';
/** Less than this of the last column is not worth showing. */
const leastLast = 12;

/** A header and its rows; on a terminal the last column is cut where the line ends. */
export function table(
  header: readonly string[],
  rows: ReadonlyArray<readonly Cell[]>,
  view: View,
): string {
  const titles: Cell[] = header.map((text) => ({ text, paint: view.style.dim }));
  const lines = [titles, ...rows].map((row) => row.map(toPainted));
  const widths = header.map((_, at) =>
    Math.max(...lines.map((row) => widthOf(row[at]?.text ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap.length, 0);
  const last = view.width === undefined ? undefined : Math.max(view.width - before, leastLast);
  return lines.map((row) => toLine(row, widths, last)).join('\n');
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
