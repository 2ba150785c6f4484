/**
 * The cells of a buffer as text and control sequences that print them into an empty one of the same size.
 * The serialize addon of xterm does this too, but over random screens one in five came out different: it leaves
 * out coloured blanks below the last text (a whole screen of them, with programs that paint their background).
 */
import type { IBuffer, IBufferCell, IBufferLine, Terminal } from '@xterm/headless';
import { NewestRows } from './newest-rows.ts';
import { groundOf, linkSequence, sgrOf } from './sgr.ts';
import { type Attributes, isMark, type Link, linkOf } from './xterm-inside.ts';

type Cell = IBufferCell & Attributes & { readonly fg: number; readonly bg: number };
/** How cells look, to be compared. */
interface Look {
  readonly fg: number;
  readonly bg: number;
  /** What is extended of them. */
  readonly ext: number;
  readonly link: Link | undefined;
}

const plain: Look = { fg: 0, bg: 0, ext: 0, link: undefined };

const wide = '漢';
/** Of what xterm keeps about a background: the colour, without flags. */
const colorBits = 0x3ffffff;

/** So many rows are written between two pauses; about a millisecond. */
const rowsBetween = 50;

interface Bounds {
  /** UTF-8. Beyond, the oldest lines above the screen are left out; where the screen alone is more, its links are. */
  readonly maxBytes: number;
}

/** Leaves the cursor anywhere, and colours off. Pauses on its way, because a full scrollback takes 60 ms and more. */
export function* cellSequence(
  terminal: Terminal,
  buffer: IBuffer,
  { maxBytes }: Bounds,
): Generator<undefined, string> {
  const { rows: screenRows } = terminal;
  const rows = new NewestRows({ bytes: maxBytes, screenRows });
  yield* new CellWriter(terminal, buffer).write(rows);
  if (!rows.isTooLong) return rows.text();
  const screen = new NewestRows({ bytes: maxBytes, screenRows });
  const from = buffer.length - screenRows;
  yield* new CellWriter(terminal, buffer, { from, hasLinks: false }).write(screen);
  return screen.text();
}

class CellWriter {
  private readonly buffer: IBuffer;
  /** Lines stay longer than this where the terminal was wider once. */
  private readonly cols: number;
  private readonly cell: Cell;
  private readonly terminal: Terminal;
  /** What is set; blanks have a background only, and 0 stands for the rest. */
  private look = plain;
  private out: string[] = [];
  private readonly from: number;
  private readonly hasLinks: boolean;

  constructor(terminal: Terminal, buffer: IBuffer, { from = 0, hasLinks = true } = {}) {
    this.from = Math.max(0, from);
    this.hasLinks = hasLinks;
    this.terminal = terminal;
    this.buffer = buffer;
    this.cols = terminal.cols;
    this.cell = buffer.getNullCell() as Cell;
  }

  *write(rows: NewestRows): Generator<undefined, void> {
    const { length } = this.buffer;
    for (let row = this.from; row < length; row++) {
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
      // What it ends with leads to the next one; it depends on none before it.
      rows.push(this.out.splice(0).join(''));
    }
  }

  private writeLine(line: IBufferLine): void {
    for (let column = 0; column < this.cols; ) {
      const cell = this.read(line, column);
      const chars = charsOf(cell);
      if (chars === '') column += this.writeBlanks(line, column);
      else {
        this.style(cell, lookOf(cell, this.hasLinks ? this.terminal : undefined));
        // After a movement it joins nothing.
        if (isMark(this.terminal, chars)) this.out.push(`\x1b[${column + 1}G`);
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
    this.fill(this.cell);
    this.out.push(`\x1b[${count}X`);
    if (to < this.cols) this.out.push(`\x1b[${count}C`);
    return count;
  }

  /** Only printing beyond the last column marks the next line as a continuation. */
  private wrap(line: IBufferLine, next: IBufferLine): void {
    const isOpen = this.isBlank(line, this.cols - 1);
    const isPlain = this.cell.isBgDefault();
    if (isOpen) this.out.push(`\x1b[${this.cols}G`);
    const first = this.read(next, 0);
    // The first character of the next line may do it itself; a wide one also where one column is left open,
    // unless it would leave its own looks there.
    const isEnough = !isOpen || (isPlain && first.getWidth() === 2 && !isMarked(first));
    const isPrinted = first.getChars() !== '' && !isMark(this.terminal, first.getChars());
    if (isEnough && isPrinted && first.isBgDefault()) return;
    if (isOpen) this.leaveOpen(line);
    else this.out.push('x\r\x1b[X');
  }

  /** A wide character finds no place in the last column, and leaves it as a blank of the background that is set. */
  private leaveOpen(line: IBufferLine): void {
    const last = this.read(line, this.cols - 1);
    this.fill(last);
    this.out.push(wide);
    this.unstyle();
    this.out.push(`\r\x1b[${this.cols}X`);
  }

  private read(line: IBufferLine, column: number): Cell {
    line.getCell(column, this.cell);
    return this.cell;
  }

  private isBlank(line: IBufferLine, column: number): boolean {
    const cell = this.read(line, column);
    return charsOf(cell) === '' && cell.getWidth() !== 0;
  }

  private style(cell: Cell, look: Look): void {
    this.become(look, () => sgrOf(cell));
  }

  /** Sets the background of a blank, which shows nothing else. */
  private fill(cell: Cell): void {
    this.become({ ...plain, bg: cell.bg & colorBits }, () => groundOf(cell));
  }

  private unstyle(): void {
    this.become(plain, () => '\x1b[0m');
  }

  private become(look: Look, sgr: () => string): void {
    const before = this.look;
    this.look = look;
    const isSame = before.fg === look.fg && before.bg === look.bg && before.ext === look.ext;
    if (!isSame) this.out.push(sgr());
    if (before.link !== look.link) this.out.push(linkSequence(look.link));
  }
}

function lookOf(cell: Cell, terminal: Terminal | undefined): Look {
  const { fg, bg } = cell;
  if (!cell.hasExtendedAttrs()) return { fg, bg, ext: 0, link: undefined };
  const ext = cell.extended.underlineColor + cell.getUnderlineStyle() / 8;
  return { fg, bg, ext, link: terminal && linkOf(terminal, cell) };
}

/** A blank with a visible mark, such as half of an overwritten wide character, can only be had as a space. */
function charsOf(cell: Cell): string {
  return cell.getChars() || (isMarked(cell) && cell.getWidth() > 0 ? ' ' : '');
}

function isMarked(cell: Cell): boolean {
  const lines = cell.isUnderline() | cell.isStrikethrough() | cell.isOverline();
  return (lines | cell.isInverse() | cell.isProtected()) !== 0;
}
