// What differs between a kept picture and one just made. Grounds have to be the same and means nearly so, but either may have
// moved by one cell; cells that are a little off are a font's.

import { cellPx, columnsOf, type Grid, rowsOf } from './grid.ts';

/** In pixels of the picture. */
export interface Difference {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether panels and controls differ, or what is written and drawn on them. */
  readonly of: 'grounds' | 'means';
  /** Of the cell that differs most: `#1a1b1e`. */
  readonly kept: string;
  readonly found: string;
  /** Levels beyond what is tolerated, all cells together. */
  readonly sum: number;
}

/** In levels of 255. Two grounds beside each other differ by more. */
const groundLevels = 3;
/** Of a mean, on a cell with nothing on it; and how much more for each level that something there is off its ground: thicker strokes. */
const meanLevels = 5;
const meanShare = 0.3;
/** How much of the row above or below counts for a mean: text moves along its line, and a line takes the place of no other. */
const otherRowShare = 1 / 3;
/** What a group of cells that touch may be off by, all together. */
const mostSums = { grounds: 12, means: 24 } as const;

/** Where they differ, what differs most first. */
export function compareGrids(kept: Grid, found: Grid): Difference[] {
  const [was, is] = [kept, found].map(({ width, height }) => `${width}×${height}`);
  if (was !== is) throw new Error(`a picture of ${is} cannot be compared with one of ${was}`);
  const [keptInk, foundInk] = [inkOf(kept), inkOf(found)];
  const grounds = offOf([kept, found], 'grounds', () => groundLevels);
  const means = offOf(
    [kept, found],
    'means',
    (cell) => meanLevels + meanShare * Math.max(keptInk[cell] ?? 0, foundInk[cell] ?? 0),
  );
  return [
    ...groupsOf(grounds, kept).map((group) => ({ group, of: 'grounds', off: grounds }) as const),
    ...groupsOf(means, kept).map((group) => ({ group, of: 'means', off: means }) as const),
  ]
    .map(({ group, of, off }) => differenceOf({ group, of, off, kept, found }))
    .filter(({ of, sum }) => sum > mostSums[of])
    .sort((one, other) => other.sum - one.sum);
}

/** How far each cell's mean is from its ground. */
function inkOf({ grounds, means }: Grid): readonly number[] {
  return Array.from({ length: means.length / 3 }, (_, cell) =>
    Math.max(
      ...[0, 1, 2].map((channel) => {
        const at = cell * 3 + channel;
        return Math.abs((means[at] ?? 0) - (grounds[at] ?? 0));
      }),
    ),
  );
}

/** Of each cell, by how many levels more than tolerated it is off what the other has there or one cell beside, both ways. */
function offOf(
  [kept, found]: readonly [Grid, Grid],
  of: 'grounds' | 'means',
  toleratedOf: (cell: number) => number,
): Float64Array {
  const off = new Float64Array(kept.means.length / 3);
  for (const [one, other] of [
    [kept, found],
    [found, kept],
  ] as const) {
    const [lows, highs] = rangesOf(other, of);
    for (const [at, value] of one[of].entries()) {
      const cell = Math.floor(at / 3);
      const by = Math.max((lows[at] ?? 0) - value, value - (highs[at] ?? 0)) - toleratedOf(cell);
      off[cell] = Math.max(off[cell] ?? 0, by);
    }
  }
  return off;
}

/** The least and the most that a cell and those around it have. */
function rangesOf(grid: Grid, of: 'grounds' | 'means'): readonly [Float64Array, Float64Array] {
  const values = grid[of];
  const [lows, highs] = [Float64Array.from(values), Float64Array.from(values)];
  for (let cell = 0; cell < values.length / 3; cell += 1)
    for (const near of besides(cell, grid)) {
      const part = of === 'means' && !isInRow(cell, near, grid) ? otherRowShare : 1;
      for (let channel = 0; channel < 3; channel += 1) {
        const [at, own] = [cell * 3 + channel, values[cell * 3 + channel] ?? 0];
        const value = own + ((values[near * 3 + channel] ?? 0) - own) * part;
        lows[at] = Math.min(lows[at] ?? 0, value);
        highs[at] = Math.max(highs[at] ?? 0, value);
      }
    }
  return [lows, highs];
}

function isInRow(cell: number, near: number, grid: Grid): boolean {
  const columns = columnsOf(grid);
  return Math.floor(cell / columns) === Math.floor(near / columns);
}

/** The up to eight cells around one. */
function besides(cell: number, grid: Grid): number[] {
  const [columns, rows] = [columnsOf(grid), rowsOf(grid)];
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const near: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1)
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1)
      if (x !== column || y !== row) near.push(y * columns + x);
  return near;
}

/** Cells that are off and touch. */
function groupsOf(off: Float64Array, grid: Grid): number[][] {
  const groups: number[][] = [];
  const seen = new Set<number>();
  for (const [start, by] of off.entries()) {
    if (by <= 0 || seen.has(start)) continue;
    const group = [start];
    seen.add(start);
    for (const cell of group)
      for (const near of besides(cell, grid)) {
        if ((off[near] ?? 0) <= 0 || seen.has(near)) continue;
        seen.add(near);
        group.push(near);
      }
    groups.push(group);
  }
  return groups;
}

interface Group {
  readonly group: readonly number[];
  readonly of: Difference['of'];
  readonly off: Float64Array;
  readonly kept: Grid;
  readonly found: Grid;
}

function differenceOf({ group, of, off, kept, found }: Group): Difference {
  const columns = columnsOf(kept);
  const [xs, ys] = [
    group.map((one) => one % columns),
    group.map((one) => Math.floor(one / columns)),
  ];
  const [x, y] = [Math.min(...xs) * cellPx, Math.min(...ys) * cellPx];
  const by = (cell: number) => off[cell] ?? 0;
  const worst = group.reduce((one, other) => (by(other) > by(one) ? other : one));
  return {
    ...{ x, y, of },
    width: Math.min((Math.max(...xs) + 1) * cellPx, kept.width) - x,
    height: Math.min((Math.max(...ys) + 1) * cellPx, kept.height) - y,
    kept: colorOf(kept[of], worst),
    found: colorOf(found[of], worst),
    sum: Math.round(group.reduce((sum, cell) => sum + by(cell), 0)),
  };
}

function colorOf(colors: Uint8Array, cell: number): string {
  return `#${Buffer.from(colors.subarray(cell * 3, cell * 3 + 3)).toString('hex')}`;
}
