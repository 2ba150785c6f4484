/** Letters as large as a screen of a given size has room for: the size is its program's, and the room is the page's. */
import type { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';

/** Smaller ones nobody reads: what has no room then is scrolled to. */
const leastPx = 6;
const stepPx = 0.5;

/** At most `mostPx`. The terminal must be open. */
export function fitLetters(terminal: Terminal, fit: FitAddon, mostPx: number): void {
  const { cols, rows } = terminal;
  setLetters(terminal, mostPx);
  const room = fit.proposeDimensions();
  if (room === undefined || Number.isNaN(room.cols)) return;
  let px = toLetters({ cols, rows }, room, mostPx);
  // Cells are whole pixels, so that smaller letters may take as much as larger ones.
  while (px < mostPx || px > leastPx) {
    setLetters(terminal, px);
    const now = fit.proposeDimensions();
    if (now === undefined || (now.cols >= cols && now.rows >= rows) || px <= leastPx) return;
    px -= stepPx;
  }
}

/** Where letters of `mostPx` have that room. */
export function toLetters(size: Size, room: Size, mostPx: number): number {
  const scale = Math.min(1, room.cols / size.cols, room.rows / size.rows);
  const px = Math.floor((mostPx * scale) / stepPx) * stepPx;
  return Math.max(leastPx, px);
}

interface Size {
  readonly cols: number;
  readonly rows: number;
}

function setLetters(terminal: Terminal, px: number): void {
  if (terminal.options.fontSize !== px) terminal.options.fontSize = px;
}
