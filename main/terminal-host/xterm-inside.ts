/**
 * What xterm keeps and offers no public way to ask for. Read in this file only, and only read; the version of
 * xterm is pinned, and `terminal-restore.test.ts` fails when a name here means something else.
 */
import type { Terminal } from '@xterm/headless';
import { createHeadless } from './headless.ts';

/** Colours and flags of a cell, or of what is printed next. */
export interface Attributes {
  getFgColorMode(): number;
  getBgColorMode(): number;
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
  isProtected(): number;
  hasExtendedAttrs(): number;
  getUnderlineStyle(): number;
  getUnderlineColorMode(): number;
  getUnderlineColor(): number;
  /** Means something with `hasExtendedAttrs` only, but for what is printed next. */
  readonly extended: { readonly underlineColor: number; readonly urlId: number };
}

/** Where a link leads, as the program said it. */
export interface Link {
  readonly uri: string;
  readonly id?: string;
}

export type Charset = Readonly<Record<string, string>> | undefined;

export interface InsideBuffer {
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  readonly savedX: number;
  /** On the screen; `guardParser` sees to that. */
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
  readonly _oscLinkService: { getLinkData(id: number): Link | undefined };
  readonly optionsService: { readonly rawOptions: { readonly convertEol: boolean } };
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
  /** A line feed goes back to the first column. */
  readonly isConvertingEol: boolean;
  readonly shift: number;
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
    charsets: core._charsetService._charsets,
    isConvertingEol: core.optionsService.rawOptions.convertEol,
  };
}

/** The link of what looks like this. */
export function linkOf(terminal: Terminal, attributes: Attributes): Link | undefined {
  if (!attributes.hasExtendedAttrs() || attributes.extended.urlId === 0) return undefined;
  const core = (terminal as unknown as { _core: InsideCore })._core;
  return core._oscLinkService.getLinkData(attributes.extended.urlId);
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

/** `type` 1 sets the colour, 2 goes back to the theme's, of the whole palette where no index is. */
export interface ColorChange {
  readonly type: number;
  readonly index?: number;
  readonly color?: readonly number[];
}

interface ColorCore {
  readonly _inputHandler: {
    onColor(listener: (changes: readonly ColorChange[]) => void): unknown;
  };
}

/** Tells what output changes of the colours. Ends with the terminal. */
export function onColorChanges(
  terminal: Terminal,
  listener: (changes: readonly ColorChange[]) => void,
): void {
  const core = (terminal as unknown as { _core: ColorCore })._core;
  core._inputHandler.onColor(listener);
}

interface ParserCore {
  readonly _inputHandler: {
    readonly _parser: { readonly _transitions: { readonly table: Uint8Array } };
  };
}

let table: Uint8Array | undefined;

/**
 * The states of xterm's parser: at `state << 8 | code` what it does (high four bits) and the state that follows (low
 * four), 0 is the ground. Codes from 0xa0 on are all the same.
 */
export function parserTable(): Uint8Array {
  if (table) return table;
  const terminal = createHeadless({ cols: 2, rows: 1, allowProposedApi: true });
  const core = (terminal as unknown as { _core: ParserCore })._core;
  table = core._inputHandler._parser._transitions.table;
  terminal.dispose();
  return table;
}

interface WidthCore {
  readonly unicodeService: { wcwidth(codePoint: number): number };
}

/** True for a mark that joins the character before it, where there is one. */
export function isMark(terminal: Terminal, chars: string): boolean {
  const codePoint = chars.codePointAt(0) ?? 0;
  if (codePoint < 0x300) return false;
  const core = (terminal as unknown as { _core: WidthCore })._core;
  return core.unicodeService.wcwidth(codePoint) === 0;
}
