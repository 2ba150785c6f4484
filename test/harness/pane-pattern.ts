// What a pane shows: letters that look different from each other, in an order that its number decides.

export const letters = 'ABCDEFGHKLMNPRSTXZ2345679#%';

export function letterAt(seed: number, row: number, column: number): string {
  return letters[(seed * 11 + row * 7 + column * 3) % letters.length] ?? '';
}

/** Number of the colour's control sequence. */
export function colourAt(seed: number, column: number): number {
  return 31 + ((column + seed) % 7);
}

interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** The whole screen without a cursor, in colours that change by the column. */
export function patternOf(seed: number, { cols, rows }: Size): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = Array.from(
      { length: cols },
      (_unused, column) => `\x1b[${colourAt(seed, column)}m${letterAt(seed, row, column)}`,
    );
    return `\x1b[${row + 1};1H${cells.join('')}`;
  });
  return `\x1b[?25l\x1b[2J${lines.join('')}`;
}
