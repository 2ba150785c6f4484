/** Cells and lines that xterm leaves so that no output leads another terminal there, or that its parser trips over. */
import type { ActiveBuffer, InputHandler, Line, Params } from './insides.ts';
import { after, override } from './override.ts';

export function mendCells(prototype: InputHandler): void {
  mendErase(prototype);
  after(prototype, 'print', (handler) => {
    const { modes, decPrivateModes } = handler._coreService;
    if (modes.insertMode || !decPrivateModes.wraparound) mendHalves(handler);
  });
  after(prototype, 'insertChars', mendHalves);
  after(prototype, 'insertColumns', (handler) => {
    for (let row = 0; row < handler._bufferService.rows; row++) mendHalves(handler, row);
  });
  for (const [name, topOf] of inserting) mendInserted(prototype, name, topOf);
}

/**
 * After another size: nothing beyond the last column that would come back some day, no half of a wide character, and
 * no character before the cursor that the next one could join.
 */
export function settleSize({
  _bufferService: { cols, rows, buffers },
  _parser,
}: InputHandler): void {
  const { normal, alt } = buffers;
  _parser.precedingJoinState = 0;
  // While it is not shown, xterm leaves it as long as it was, and lines stay above what is.
  if (alt.lines.length === 0) alt.lines.maxLength = rows;
  for (const buffer of [normal, alt]) {
    const blank = buffer.getNullCell();
    // It is counted from the top of the screen; xterm moved it as if it were not.
    buffer.savedY = Math.min(Math.max(buffer.savedY, 0), rows - 1);
    for (let row = 0; row < buffer.lines.length; row++) {
      const line = buffer.lines.get(row);
      if (line && line.length > cols) line.resize(cols, blank);
      if (line) blankHalves(line, blank);
    }
  }
}

function blankHalves(line: Line, blank: unknown): void {
  let before = 1;
  for (let column = 0; column < line.length; column++) {
    const width = line.getWidth(column);
    const isSecond = width === 0 && before === 2;
    if (before === 2 && !isSecond) line.setCell(column - 1, blank);
    if (width === 0 && !isSecond) line.setCell(column, blank);
    before = width;
  }
  if (before === 2) line.setCell(line.length - 1, blank);
}

const eraseAbove = 1;
const eraseAll = 2;

/** Erasing up to the cursor in the last cell of a full screen, xterm expects a line below it. */
function mendErase(prototype: InputHandler): void {
  override<[Params, unknown]>(
    prototype,
    'eraseInDisplay',
    (erase) => (handler, params, keepProtected) => {
      const { x, y, lines } = handler._activeBuffer;
      const isLastCell = x + 1 >= handler._bufferService.cols && y + 1 >= lines.length;
      // The same here, without the line below.
      if (isLastCell && params.params[0] === eraseAbove) params.params[0] = eraseAll;
      return erase(handler, params, keepProtected);
    },
  );
}

/**
 * Where lines do not wrap, xterm writes over half of a wide character in the last columns and leaves the other half;
 * and where cells are inserted in the middle of one, it moves that half along.
 */
function mendHalves({ _activeBuffer: buffer }: InputHandler, row = buffer.y): void {
  const line = buffer.lines.get(buffer.ybase + row);
  if (line) blankHalves(line, buffer.getNullCell());
}

type TopOf = (buffer: ActiveBuffer) => number | undefined;

/** What inserts lines, and at which one of the screen. */
const inserting: ReadonlyArray<readonly [name: string, topOf: TopOf]> = [
  ['scrollDown', ({ scrollTop }) => scrollTop],
  [
    'insertLines',
    ({ y, scrollTop, scrollBottom }) => (y >= scrollTop && y <= scrollBottom ? y : undefined),
  ],
  ['reverseIndex', ({ y, scrollTop }) => (y === scrollTop ? y : undefined)],
];

/** A line below one that was inserted continues nothing: xterm leaves it marked as if it did. */
function mendInserted(prototype: InputHandler, name: string, topOf: TopOf): void {
  override<[Params?]>(prototype, name, (insert) => (handler, params) => {
    const buffer = handler._activeBuffer;
    const top = topOf(buffer);
    const result = insert(handler, params);
    if (top === undefined) return result;
    const below = top + (params?.params[0] || 1);
    const line = below <= buffer.scrollBottom ? buffer.lines.get(buffer.ybase + below) : undefined;
    if (line) line.isWrapped = false;
    return result;
  });
}
