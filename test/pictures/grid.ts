// A picture as a grid of cells: pixels are not kept, the same page has others on each machine. Of a cell two colours count: the
// one that most of it has (its ground: panels, buttons, themes), and its mean, which has what is written or drawn on that ground.

/** As a PNG has them, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 3 or 4; the fourth is not looked at. */
  readonly channels: number;
  readonly data: Uint8Array;
}

export interface Grid {
  /** In pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each cell, row by row. */
  readonly grounds: Uint8Array;
  readonly means: Uint8Array;
}

export const cellPx = 20;

type Size = Pick<Grid, 'width' | 'height'>;

export function columnsOf({ width }: Size): number {
  return Math.ceil(width / cellPx);
}

export function rowsOf({ height }: Size): number {
  return Math.ceil(height / cellPx);
}

export function toGrid(pixels: Pixels): Grid {
  const { width, height } = pixels;
  const columns = columnsOf(pixels);
  const count = columns * rowsOf(pixels);
  const [grounds, means] = [new Uint8Array(count * 3), new Uint8Array(count * 3)];
  for (let cell = 0; cell < count; cell += 1) {
    const colors = colorsOf(pixels, (cell % columns) * cellPx, Math.floor(cell / columns) * cellPx);
    grounds.set(bytesOf(mostOf(colors)), cell * 3);
    means.set(meanOf(colors), cell * 3);
  }
  return { width, height, grounds, means };
}

/** Of the cell that begins there; at the right and at the bottom it may be smaller. */
function colorsOf({ width, height, channels, data }: Pixels, left: number, top: number): number[] {
  const colors: number[] = [];
  for (let y = top; y < Math.min(top + cellPx, height); y += 1)
    for (let x = left; x < Math.min(left + cellPx, width); x += 1) {
      const at = (y * width + x) * channels;
      colors.push(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    }
  return colors;
}

function mostOf(colors: readonly number[]): number {
  const first = colors[0] ?? 0;
  // Most cells are empty, and a picture has thousands.
  if (colors.every((color) => color === first)) return first;
  const counts = new Map<number, number>();
  let [most, mostCount] = [first, 0];
  for (const color of colors) {
    const count = (counts.get(color) ?? 0) + 1;
    counts.set(color, count);
    if (count > mostCount) [most, mostCount] = [color, count];
  }
  return most;
}

function bytesOf(color: number): readonly number[] {
  return [color >> 16, (color >> 8) & 0xff, color & 0xff];
}

function meanOf(colors: readonly number[]): readonly number[] {
  let [red, green, blue] = [0, 0, 0];
  for (const color of colors) {
    red += color >> 16;
    green += (color >> 8) & 0xff;
    blue += color & 0xff;
  }
  return [red, green, blue].map((sum) => Math.round(sum / colors.length));
}
