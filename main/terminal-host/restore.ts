/**
 * The whole state of a terminal as one string for a reset terminal of the same size: the cells, and all that
 * decides how the next byte acts. In this order, because each part disturbs what comes after it in the list: cells,
 * tab stops, saved cursor, scroll region, modes, cursor, character sets.
 */
import type { Terminal } from '@xterm/headless';
import { modeSequence } from './restore-modes.ts';
import { cellSequence } from './screen-cells.ts';
import { sgrOf } from './sgr.ts';
import {
  type Attributes,
  type Inside,
  type InsideBuffer,
  insideOf,
  isLineDrawing,
} from './xterm-inside.ts';

export interface RestoreParts {
  readonly terminal: Terminal;
  readonly title: string;
  /** Sequence for the keyboard flags. */
  readonly keyboard: string;
}

const tabWidth = 8;

/** In steps, between which the terminal must not change; returns the string. */
export function* composeRestore({
  terminal,
  title,
  keyboard,
}: RestoreParts): Generator<undefined, string> {
  const inside = insideOf(terminal);
  const { normal, alternate, active } = terminal.buffer;
  const isAlternate = active.type === 'alternate';
  const normalCells = yield* cellSequence(normal, terminal.cols);
  const alternateCells = isAlternate ? yield* cellSequence(alternate, terminal.cols) : '';
  return [
    normalCells,
    bufferSequence(terminal, inside.normal),
    // Not 1049: it would save the cursor again. Colours off, or they fill the new screen.
    isAlternate ? `\x1b[0m\x1b[?1047h\x1b[H${alternateCells}` : '',
    isAlternate ? bufferSequence(terminal, inside.alternate) : '',
    modeSequence(terminal, inside),
    keyboard,
    titleSequence(title),
    cursorSequence(terminal, inside),
    // Not before: the cursor's character would have come out otherwise, or twice.
    charsetSequence(inside),
    terminal.modes.insertMode ? '\x1b[4h' : '',
  ].join('');
}

function bufferSequence(terminal: Terminal, buffer: InsideBuffer): string {
  return tabSequence(terminal, buffer) + savedCursor(buffer) + regionSequence(terminal, buffer);
}

function tabSequence({ cols }: Terminal, { tabs }: InsideBuffer): string {
  const columns = Array.from({ length: cols }, (_, column) => column);
  if (columns.every((column) => Boolean(tabs[column]) === (column % tabWidth === 0))) return '';
  const stops = columns.filter((column) => tabs[column]);
  return `\x1b[3g${stops.map((column) => `\x1b[${column + 1}G\x1bH`).join('')}`;
}

function savedCursor({
  savedX,
  savedY,
  ybase,
  savedCurAttrData,
  savedCharset,
}: InsideBuffer): string {
  const isDrawing = isLineDrawing(savedCharset);
  const place = moveTo(Math.max(savedY - ybase, 0), savedX);
  const sgr = sgrOf(savedCurAttrData);
  return `${place}${sgr}${isDrawing ? '\x1b(0' : ''}\x1b7${isDrawing ? '\x1b(B' : ''}`;
}

function regionSequence({ rows }: Terminal, { scrollTop, scrollBottom }: InsideBuffer): string {
  const isWhole = scrollTop === 0 && scrollBottom === rows - 1;
  return isWhole ? '' : `\x1b[${scrollTop + 1};${scrollBottom + 1}r`;
}

function charsetSequence({ charset, charsets, shift }: Inside): string {
  const designations = ['(', ')', '*', '+'].map((slot, index) =>
    // A restored cursor brings its own set, whatever is designated.
    isLineDrawing(index === shift ? charset : charsets[index]) ? `\x1b${slot}0` : '',
  );
  return designations.join('') + (['', '\x0e', '\x1bn', '\x1bo'][shift] ?? '');
}

function titleSequence(title: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the title early
  const plain = title.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
  return plain === '' ? '' : `\x1b]2;${plain}\x07`;
}

/**
 * After a character, the cursor may stand beyond the last column, and the next character may join the one before
 * (an accent, a flag). Neither can be said by a movement: the character is printed once more.
 */
function cursorSequence(terminal: Terminal, inside: Inside): string {
  const { x, y, scrollTop } =
    terminal.buffer.active.type === 'alternate' ? inside.alternate : inside.normal;
  const { originMode } = terminal.modes;
  const row = originMode ? y - scrollTop : y;
  const sgr = sgrOf(inside.attributes);
  const last = x > 0 && (inside.canJoin || x >= terminal.cols) ? lastCell(terminal) : undefined;
  if (last === undefined) return moveTo(row, Math.min(x, terminal.cols - 1)) + sgr;
  const place = moveTo(row, last.column);
  if (inside.canJoin && last.chars) return place + sgr + last.chars;
  // Where it has been erased, a space looks the same.
  return place + sgrOf(last.attributes) + (last.chars || ' ') + sgr;
}

function lastCell({ buffer: { active } }: Terminal) {
  const line = active.getLine(active.baseY + active.cursorY);
  const before = active.cursorX - 1;
  const column = line?.getCell(before)?.getWidth() === 0 ? before - 1 : before;
  const cell = line?.getCell(column);
  if (cell === undefined) return undefined;
  return { column, chars: cell.getChars(), attributes: cell as unknown as Attributes };
}

function moveTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
