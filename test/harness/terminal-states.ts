// What makes two terminals the same, and random output that leads them into odd states.

import type { IBuffer, IBufferCell, Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { charsetName } from '../../main/terminal-host/charset-names.ts';
import { insideOf, linkOf, type Attributes } from '../../main/terminal-host/xterm-inside.ts';

/** Everything that shows, and what decides how the next byte acts. */
export function stateOf(terminal: Terminal): object {
  const inside = insideOf(terminal);
  const { active, normal } = terminal.buffer;
  const buffer = active.type === 'alternate' ? inside.alternate : inside.normal;
  const { x, y, scrollTop, scrollBottom, savedX, savedY, savedCharset } = buffer;
  const { cursorStyle: style, cursorBlink: blink, isCursorHidden: isHidden } = inside;
  // A screen is shown at once, whatever frame its program has begun.
  const { synchronizedOutputMode: _, ...modes } = terminal.modes;
  return {
    screen: active.type,
    cursor: { x, y, isHidden, style, blink },
    // What comes back is kept on the screen.
    saved: {
      x: Math.min(savedX, terminal.cols - 1),
      y: Math.min(savedY, terminal.rows - 1),
      charset: charsetName(savedCharset),
    },
    region: [scrollTop, scrollBottom],
    tabs: Object.keys(buffer.tabs).filter(
      (column) => buffer.tabs[Number(column)] && Number(column) < terminal.cols,
    ),
    charsets: [inside.shift, ...[0, 1, 2, 3].map((slot) => charsetName(inside.charsets[slot]))],
    modes: {
      ...modes,
      mouseEncoding: inside.mouseEncoding,
      isConvertingEol: inside.isConvertingEol,
    },
    active: linesOf(terminal, active),
    normal: linesOf(terminal, normal),
  };
}

function linesIn(buffer: IBuffer) {
  return Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row));
}

function cellsIn(line: ReturnType<IBuffer['getLine']>): IBufferCell[] {
  const cells = Array.from({ length: line?.length ?? 0 }, (_, column) => line?.getCell(column));
  return cells.filter((cell) => cell !== undefined);
}

/** The first line may continue one that is scrolled out; that only matters when it is resized. */
function linesOf(terminal: Terminal, buffer: IBuffer): string[] {
  const { cols } = terminal;
  return linesIn(buffer).map((line, row) => {
    const mark = line?.isWrapped && row > 0 ? '> ' : '';
    return (
      mark +
      cellsIn(line)
        .slice(0, cols)
        .map((cell) => lookOf(terminal, cell))
        .join('')
        .trimEnd()
    );
  });
}

/** A blank and a space look the same, and neither shows its foreground. */
function lookOf(terminal: Terminal, cell: IBufferCell): string {
  if (cell.getWidth() === 0) return '';
  const chars = cell.getChars() || ' ';
  const look = [
    cell.getBgColorMode() && `b${cell.getBgColorMode()}:${cell.getBgColor()}`,
    chars !== ' ' && cell.getFgColorMode() && `f${cell.getFgColorMode()}:${cell.getFgColor()}`,
    cell.isInverse() && 'inverse',
    underlineOf(cell),
    cell.isStrikethrough() && 'struck',
    cell.isOverline() && 'overline',
    chars !== ' ' && cell.isBold() && 'bold',
    chars !== ' ' && cell.isItalic() && 'italic',
    chars !== ' ' && cell.isDim() && 'dim',
    chars !== ' ' && cell.isBlink() && 'blink',
    chars !== ' ' && cell.isInvisible() && 'invisible',
  ].filter(Boolean);
  const attributes = cell as unknown as Attributes;
  const link = linkOf(terminal, attributes);
  if (link) look.push(`link ${link.uri}`);
  if (chars !== ' ' && attributes.isProtected()) look.push('protected');
  return look.length === 0 ? chars : `${chars}{${look.join()}}`;
}

/** Its kind and colour; a kind without line shows nothing. */
function underlineOf(cell: IBufferCell): string {
  const attributes = cell as unknown as Attributes;
  const style = attributes.getUnderlineStyle();
  if (style === 0) return '';
  return `underline ${style}:${attributes.getUnderlineColorMode()}:${attributes.getUnderlineColor()}`;
}

const toSequence = (rest: string) => `\x1b${rest}`;
const count = fc.integer({ min: 1, max: 12 });
const colours = '0 1 2 3 4 7 9 31 32 44 38;5;200 48;5;99 38;2;10;20;30 48;2;200;100;50 39 49 22';
const modes = '1 6 7 9 25 45 47 1000 1002 1003 1004 1006 1047 1049 2004';

/** One thing that a program writes. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('hello', 'x', ' ', '\t', 'é', 'e\u0301', '─│') },
  { weight: 2, arbitrary: fc.constantFrom('漢字', '日本語テキスト', '안녕', '👍') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('a long line of text that wraps around the edge of it '),
  },
  { weight: 3, arbitrary: fc.constantFrom('\r\n', '\n', '\r') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...colours.split(' ')).map((code) => toSequence(`[${code}m`)),
  },
  fc.tuple(count, count).map(([row, column]) => toSequence(`[${row};${column}H`)),
  fc
    .tuple(count, fc.constantFrom(...'ABCDEFGLMXST'))
    .map(([n, final]) => toSequence(`[${n}${final}`)),
  fc.constantFrom('[J', '[1J', '[2J', '[K', '[1K', '[2K').map(toSequence),
  fc
    .constantFrom('7', 'M', 'D', 'E', '(0', '(B', '=', '>', '[3 q', '[0 q', '[4h', '[4l')
    .map(toSequence),
  fc
    .tuple(fc.constantFrom(...modes.split(' ')), fc.constantFrom('h', 'l'))
    .map(([mode, to]) => toSequence(`[?${mode}${to}`)),
  fc.tuple(count, count).map(([top, rows]) => toSequence(`[${top};${top + rows}r`)),
  count.map((n) => toSequence(`]2;title ${n}\x07`)),
);

/** Output of a program as text, of up to `max` pieces. */
export function randomOutput(max: number): fc.Arbitrary<string> {
  return fc.array(piece, { minLength: 1, maxLength: max }).map((pieces) => pieces.join(''));
}
