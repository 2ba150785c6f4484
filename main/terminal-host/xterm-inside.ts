/**
 * What xterm keeps and offers no public way to ask for. Read in this file only, and only read; the version of
 * xterm is pinned, and `terminal-restore.test.ts` fails when a name here means something else.
 */
import type { Terminal } from '@xterm/headless';

/** Colours and flags of a cell, or of what is printed next. */
export interface Attributes {
  isFgRGB(): boolean;
  isBgRGB(): boolean;
  isFgPalette(): boolean;
  isBgPalette(): boolean;
  getFgColor(): number;
  getBgColor(): number;
  isBold(): number;
  isDim(): number;
  isItalic(): number;
  isBlink(): number;
  isInverse(): number;
  isInvisible(): number;
  isStrikethrough(): number;
  isOverline(): number;
  hasExtendedAttrs(): number;
  getUnderlineStyle(): number;
}

type Charset = Readonly<Record<string, string>> | undefined;

export interface InsideBuffer {
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  readonly savedX: number;
  readonly savedY: number;
  readonly savedCurAttrData: Attributes;
  readonly savedCharset: Charset;
  readonly scrollTop: number;
  readonly scrollBottom: number;
  readonly tabs: Readonly<Record<number, boolean>>;
}

interface InsideCore {
  readonly _inputHandler: {
    readonly _curAttrData: Attributes;
    /** Not 0 right after a character: the next one may join it. */
    readonly _parser: { readonly precedingJoinState: number };
  };
  readonly _bufferService: {
    readonly buffers: { readonly normal: InsideBuffer; readonly alt: InsideBuffer };
  };
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly decPrivateModes: { readonly cursorStyle?: string; readonly cursorBlink?: boolean };
  };
  readonly coreMouseService: { readonly activeEncoding: string };
  readonly _charsetService: {
    readonly glevel: number;
    readonly charset: Charset;
    readonly _charsets: readonly Charset[];
  };
}

export interface Inside {
  readonly normal: InsideBuffer;
  readonly alternate: InsideBuffer;
  readonly attributes: Attributes;
  readonly canJoin: boolean;
  readonly isCursorHidden: boolean;
  readonly cursorStyle: string | undefined;
  readonly cursorBlink: boolean | undefined;
  readonly mouseEncoding: string;
  readonly shift: number;
  /** The one that is in use. */
  readonly charset: Charset;
  readonly charsets: readonly Charset[];
}

export function insideOf(terminal: Terminal): Inside {
  const core = (terminal as unknown as { _core: InsideCore })._core;
  const { normal, alt } = core._bufferService.buffers;
  const { decPrivateModes, isCursorHidden } = core.coreService;
  return {
    normal,
    alternate: alt,
    attributes: core._inputHandler._curAttrData,
    canJoin: core._inputHandler._parser.precedingJoinState !== 0,
    isCursorHidden,
    cursorStyle: decPrivateModes.cursorStyle,
    cursorBlink: decPrivateModes.cursorBlink,
    mouseEncoding: core.coreMouseService.activeEncoding,
    shift: core._charsetService.glevel,
    charset: core._charsetService.charset,
    charsets: core._charsetService._charsets,
  };
}

/** True for the set in which programs draw lines (`ESC ( 0`). */
export function isLineDrawing(charset: Charset): boolean {
  return charset?.q === '─';
}

interface RowsCore {
  readonly _inputHandler: {
    onRequestRefreshRows(listener: (range: RowRange | undefined) => void): unknown;
  };
}

/** On the screen, from 0, both included. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Tells after each piece of output which rows of the screen it changed; undefined: all. Ends with the terminal. */
export function onRowsChanged(
  terminal: Terminal,
  listener: (range: RowRange | undefined) => void,
): void {
  const core = (terminal as unknown as { _core: RowsCore })._core;
  core._inputHandler.onRequestRefreshRows(listener);
}
