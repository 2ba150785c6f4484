/**
 * The whole state of a terminal as one string for a reset terminal of the same size: the cells, and all that
 * decides how the next byte acts. In this order, because each part disturbs what comes after it in the list: cells,
 * tab stops, saved cursor, scroll region, modes, character sets, cursor.
 */
import type { Terminal } from '@xterm/headless';
import { maxScreenBytes } from './limits.ts';
import { modeSequence } from './restore-modes.ts';
import { cellSequence } from './screen-cells.ts';
import { charsetName } from './charset-names.ts';
import { penOf } from './sgr.ts';
import { type Attributes, type Inside, type InsideBuffer, insideOf } from './xterm-inside.ts';

export interface RestoreParts {
  readonly terminal: Terminal;
  readonly title: string;
  /** Sequence for the keyboard flags. */
  readonly keyboard: string;
  /** Sequence for the colours that the program has set. */
  readonly colors: string;
  /** Default: what a page takes. */
  readonly most?: ScreenBytes | undefined;
}

/** What is given of each screen, at most. */
export interface ScreenBytes {
  readonly normal: number;
  readonly alternate: number;
}

const tabWidth = 8;
const plainPen = '\x1b[0m\x1b]8;;\x1b\\';

/** In steps, between which the terminal must not change; returns the string. */
export function* composeRestore({
  terminal,
  title,
  keyboard,
  colors,
  most = maxScreenBytes,
}: RestoreParts): Generator<undefined, string> {
  const inside = insideOf(terminal);
  const { normal, alternate, active } = terminal.buffer;
  const isAlternate = active.type === 'alternate';
  const normalCells = yield* cellSequence(terminal, normal, { maxBytes: most.normal });
  const alternateCells = isAlternate
    ? yield* cellSequence(terminal, alternate, { maxBytes: most.alternate })
    : '';
  return [
    normalCells,
    bufferSequence(terminal, inside.normal),
    // Not 1049: it would save the cursor again. Colours off, or they fill the new screen.
    isAlternate ? `\x1b[0m\x1b[?1047h\x1b[H${alternateCells}` : '',
    isAlternate ? bufferSequence(terminal, inside.alternate) : '',
    modeSequence(terminal, inside),
    keyboard,
    colors,
    titleSequence(title),
    cursorSequence(terminal, inside),
  ].join('');
}

function bufferSequence(terminal: Terminal, buffer: InsideBuffer): string {
  return (
    tabSequence(terminal, buffer) + savedCursor(terminal, buffer) + regionSequence(terminal, buffer)
  );
}

function tabSequence({ cols }: Terminal, { tabs }: InsideBuffer): string {
  const columns = Array.from({ length: cols }, (_, column) => column);
  if (columns.every((column) => Boolean(tabs[column]) === (column % tabWidth === 0))) return '';
  const stops = columns.filter((column) => tabs[column]);
  return `\x1b[3g${stops.map((column) => `\x1b[${column + 1}G\x1bH`).join('')}`;
}

function savedCursor(terminal: Terminal, buffer: InsideBuffer): string {
  const { savedX, savedY, savedCurAttrData, savedCharset } = buffer;
  const name = charsetName(savedCharset);
  const place = moveTo(savedY, savedX);
  const pen = penOf(terminal, savedCurAttrData);
  const [begin, end] = name === 'B' ? ['', ''] : [`\x1b(${name}`, '\x1b(B'];
  return `${place}${pen}${begin}\x1b7${end}${plainPen}`;
}

function regionSequence({ rows }: Terminal, { scrollTop, scrollBottom }: InsideBuffer): string {
  const isWhole = scrollTop === 0 && scrollBottom === rows - 1;
  return isWhole ? '' : `\x1b[${scrollTop + 1};${scrollBottom + 1}r`;
}

function charsetSequence({ charsets, shift }: Inside): string {
  const designations = ['(', ')', '*', '+'].map((slot, index) => {
    const name = charsetName(charsets[index]);
    return name === 'B' ? '' : `\x1b${slot}${name}`;
  });
  return designations.join('') + (['', '\x0e', '\x1bn', '\x1bo'][shift] ?? '');
}

function titleSequence(title: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the title early
  const plain = title.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
  return plain === '' ? '' : `\x1b]2;${plain}\x07`;
}

/**
 * After a character, the cursor may stand beyond the last column, and the next character may join the one before
 * (an accent, a flag). Neither can be said by a movement: the character is printed once more. Joining it ends with any
 * sequence that follows, so all else comes before; beyond the last column it stays.
 */
function cursorSequence(terminal: Terminal, inside: Inside): string {
  const { x, y, scrollTop } =
    terminal.buffer.active.type === 'alternate' ? inside.alternate : inside.normal;
  const { originMode, insertMode } = terminal.modes;
  const row = originMode ? y - scrollTop : y;
  const pen = penOf(terminal, inside.attributes);
  // Printed before any set but the plain one is in use, a character could come out as another.
  const sets = charsetSequence(inside) + (insertMode ? '\x1b[4h' : '');
  const last = x > 0 && (inside.canJoin || x >= terminal.cols) ? lastCell(terminal) : undefined;
  if (last === undefined) return moveTo(row, Math.min(x, terminal.cols - 1)) + pen + sets;
  const place = moveTo(row, last.column);
  if (inside.canJoin && last.chars) {
    const room = insertMode ? `\x1b[${last.width}P` : '';
    return sets + place + room + pen + last.chars;
  }
  // Where it has been erased, a space looks the same.
  return place + penOf(terminal, last.attributes) + (last.chars || ' ') + pen + sets;
}

function lastCell({ buffer: { active } }: Terminal) {
  const line = active.getLine(active.baseY + active.cursorY);
  const before = active.cursorX - 1;
  const column = line?.getCell(before)?.getWidth() === 0 ? before - 1 : before;
  const cell = line?.getCell(column);
  if (cell === undefined) return undefined;
  const attributes = cell as unknown as Attributes;
  return { column, chars: cell.getChars(), width: cell.getWidth(), attributes };
}

function moveTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
