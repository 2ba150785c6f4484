/** Cells and lines that xterm leaves so that no output leads another terminal there, or that its parser trips over. */
import type { ActiveBuffer, Core, Handle, Params, Print } from './insides.ts';

export function mendCells(core: Core): void {
  mendErase(core);
  mendHalves(core);
  mendInserted(core);
}

/**
 * After another size: nothing beyond the last column that would come back some day, no half of a wide character in
 * it, and no character before the cursor that the next one could join.
 */
export function settleSize(core: Core): void {
  const { cols } = core;
  const { normal, alt } = core._bufferService.buffers;
  core._inputHandler._parser.precedingJoinState = 0;
  // While it is not shown, xterm leaves it as long as it was, and lines stay above what is.
  if (alt.lines.length === 0) alt.lines.maxLength = core.rows;
  for (const buffer of [normal, alt]) {
    const blank = buffer.getNullCell();
    for (let row = 0; row < buffer.lines.length; row++) {
      const line = buffer.lines.get(row);
      if (line && line.length > cols) line.resize(cols, blank);
      if (line?.getWidth(cols - 1) === 2) line.setCell(cols - 1, blank);
    }
  }
}

const eraseAbove = 1;
const eraseAll = 2;

/** Erasing up to the cursor in the last cell of a full screen, xterm expects a line below it. */
function mendErase(core: Core): void {
  const handler = core._inputHandler;
  const erase = (handler.eraseInDisplay as Handle).bind(handler);
  handler.eraseInDisplay = (params: Params, keepProtected?: unknown) => {
    const { x, y, lines } = handler._activeBuffer;
    const isLastCell = x + 1 >= core.cols && y + 1 >= lines.length;
    // The same here, without the line below.
    if (isLastCell && params.params[0] === eraseAbove) params.params[0] = eraseAll;
    return erase(params, keepProtected);
  };
}

/** Where lines do not wrap, xterm writes over half of a wide character in the last columns and leaves the other half. */
function mendHalves(core: Core): void {
  const handler = core._inputHandler;
  const print = (handler.print as Print).bind(handler);
  handler.print = (codes: Uint32Array, start: number, end: number) => {
    print(codes, start, end);
    if (core.coreService.decPrivateModes.wraparound) return;
    const { lines, y, ybase } = handler._activeBuffer;
    const line = lines.get(y + ybase);
    const isHalf = line?.getWidth(core.cols - 2) === 2 && line.getWidth(core.cols - 1) !== 0;
    if (isHalf) line.setCell(core.cols - 2, handler._activeBuffer.getNullCell());
  };
}

/** A line below one that was inserted continues nothing: xterm leaves it marked as if it did. */
function mendInserted(core: Core): void {
  const handler = core._inputHandler;
  const inserting: ReadonlyArray<readonly [string, (buffer: ActiveBuffer) => number | undefined]> =
    [
      ['scrollDown', ({ scrollTop }) => scrollTop],
      [
        'insertLines',
        ({ y, scrollTop, scrollBottom }) => (y >= scrollTop && y <= scrollBottom ? y : undefined),
      ],
      ['reverseIndex', ({ y, scrollTop }) => (y === scrollTop ? y : undefined)],
    ];
  for (const [name, topOf] of inserting) {
    const handle = (handler[name] as Handle).bind(handler);
    handler[name] = (params?: Params) => {
      const buffer = handler._activeBuffer;
      const top = topOf(buffer);
      const result = handle(params as Params);
      const below = (top ?? core.rows) + (params?.params[0] || 1);
      const line =
        below <= buffer.scrollBottom ? buffer.lines.get(buffer.ybase + below) : undefined;
      if (line) line.isWrapped = false;
      return result;
    };
  }
}
