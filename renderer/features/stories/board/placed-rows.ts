/** Where rows of known heights stand, by arithmetic alone: ten thousand cost what ten do, and nothing is measured. Pure. */
import { type BoardRow, isHeading } from './board-rows.ts';

export const headingPx = 24;

export interface RowPlaces {
  readonly total: number;
  /** Where the row begins, pixels. */
  startOf(at: number): number;
  /** The row that has this pixel; the nearest where none has. */
  rowAt(px: number): number;
}

/** `cardPx`: how high a story's row is. Headings stand first where there are any. */
export function placesOf(rows: readonly BoardRow[], cardPx: number): RowPlaces {
  const [first] = rows;
  if (first !== undefined && isHeading(first)) return groupedPlaces(rows, cardPx);
  return {
    total: rows.length * cardPx,
    startOf: (at) => at * cardPx,
    rowAt: (px) => clamp(Math.floor(px / cardPx), rows.length),
  };
}

function groupedPlaces(rows: readonly BoardRow[], cardPx: number): RowPlaces {
  const starts = new Float64Array(rows.length + 1);
  rows.forEach((row, at) => {
    starts[at + 1] = (starts[at] ?? 0) + (isHeading(row) ? headingPx : cardPx);
  });
  return {
    total: starts[rows.length] ?? 0,
    startOf: (at) => starts[at] ?? 0,
    rowAt(px) {
      let [low, high] = [0, rows.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle + 1] ?? 0) <= px) low = middle + 1;
        else high = middle;
      }
      return clamp(low, rows.length);
    },
  };
}

function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}
