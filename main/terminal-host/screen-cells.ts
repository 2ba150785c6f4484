/**
 * The cells of a buffer as text and control sequences that print them into an empty one of the same size.
 * The serialize addon of xterm does this too, but over random screens one in five came out different: it leaves
 * out coloured blanks below the last text (a whole screen of them, with programs that paint their background).
 */
import type { IBuffer, IBufferCell, IBufferLine } from '@xterm/headless';
import { sgrOf } from './sgr.ts';
import type { Attributes } from './xterm-inside.ts';

type Cell = IBufferCell & Attributes & { readonly fg: number; readonly bg: number };

const plain = '\x1b[0m';

/** So many rows are written between two pauses; about a millisecond. */
const rowsBetween = 50;

/** Leaves the cursor anywhere, and colours off. Pauses on its way, because a full scrollback takes 60 ms and more. */
export function* cellSequence(buffer: IBuffer, cols: number): Generator<undefined, string> {
  return yield* new CellWriter(buffer, cols).write();
}

class CellWriter {
  private readonly buffer: IBuffer;
  /** Lines stay longer than this where the terminal was wider once. */
  private readonly cols: number;
  private readonly cell: Cell;
  /** Colours that are set; blanks have a background only, and 0 stands for the rest. */
  private fg = 0;
  private bg = 0;
  private out: string[] = [];

  constructor(buffer: IBuffer, cols: number) {
    this.buffer = buffer;
    this.cols = cols;
    this.cell = buffer.getNullCell() as Cell;
  }

  *write(): Generator<undefined, string> {
    const { length } = this.buffer;
    for (let row = 0; row < length; row++) {
      if (row % rowsBetween === rowsBetween - 1) yield;
      const line = this.buffer.getLine(row);
      // Beyond the end a full buffer answers with its first line.
      const next = row + 1 < length ? this.buffer.getLine(row + 1) : undefined;
      if (line === undefined) continue;
      this.writeLine(line);
      // A new line is filled with the background that is set.
      this.unstyle();
      if (next?.isWrapped) this.wrap(line, next);
      else if (next) this.out.push('\r\n');
    }
    return this.out.join('');
  }

  private writeLine(line: IBufferLine): void {
    for (let column = 0; column < this.cols; ) {
      const cell = this.read(line, column);
      const chars = charsOf(cell);
      if (chars === '') column += this.writeBlanks(line, column);
      else {
        this.style(cell, cell.fg, cell.bg);
        // Half of a wide character, left over at the edge by an insertion.
        const isCut = column + cell.getWidth() > this.cols;
        this.out.push(isCut ? ' ' : chars);
        column += cell.getWidth() || 1;
      }
    }
  }

  /** A run of blanks with one background; at the end of a line plain ones are there already. */
  private writeBlanks(line: IBufferLine, from: number): number {
    const { bg } = this.read(line, from);
    let to = from + 1;
    while (to < this.cols && this.isBlank(line, to) && this.cell.bg === bg) to++;
    const count = to - from;
    if (this.read(line, from).isBgDefault()) {
      if (to < this.cols) this.out.push(`\x1b[${count}C`);
      return count;
    }
    this.style(this.cell, 0, bg);
    this.out.push(`\x1b[${count}X`);
    if (to < this.cols) this.out.push(`\x1b[${count}C`);
    return count;
  }

  /** Only printing beyond the last column marks the next line as a continuation. */
  private wrap(line: IBufferLine, next: IBufferLine): void {
    const isOpen = this.isBlank(line, this.cols - 1);
    if (isOpen) this.out.push(`\x1b[${this.cols}G`);
    const first = this.read(next, 0);
    // The first character of the next line may do it itself; a wide one also where one column is left open,
    // unless it would leave its underline there.
    const isEnough = !isOpen || (first.getWidth() === 2 && !isMarked(first));
    if (isEnough && first.getChars() !== '' && first.isBgDefault()) return;
    this.out.push(isOpen ? 'xx' : 'x');
    if (isOpen) this.clearLast(line);
    this.out.push('\r\x1b[X');
  }

  private clearLast(line: IBufferLine): void {
    this.out.push(`\x1b[A\x1b[${this.cols}G`);
    const last = this.read(line, this.cols - 1);
    this.style(last, 0, last.bg);
    this.out.push('\x1b[X\x1b[B');
    this.unstyle();
  }

  private read(line: IBufferLine, column: number): Cell {
    line.getCell(column, this.cell);
    return this.cell;
  }

  private isBlank(line: IBufferLine, column: number): boolean {
    const cell = this.read(line, column);
    return charsOf(cell) === '' && cell.getWidth() !== 0;
  }

  private style(cell: Cell, fg: number, bg: number): void {
    if (this.fg === fg && this.bg === bg) return;
    this.fg = fg;
    this.bg = bg;
    this.out.push(sgrOf(cell));
  }

  private unstyle(): void {
    if (this.fg === 0 && this.bg === 0) return;
    this.fg = 0;
    this.bg = 0;
    this.out.push(plain);
  }
}

/** A blank with a visible mark, such as half of an overwritten wide character, can only be had as a space. */
function charsOf(cell: Cell): string {
  return cell.getChars() || (isMarked(cell) && cell.getWidth() > 0 ? ' ' : '');
}

function isMarked(cell: Cell): boolean {
  const marks = cell.isInverse() | cell.isUnderline() | cell.isStrikethrough() | cell.isOverline();
  return marks !== 0;
}
