/**
 * What lies inside of an xterm, as far as it is mended here. The version is pinned, and the tests of hostile streams fail
 * when a name means something else.
 */
import type { LinkCore } from './links.ts';

export interface Params {
  readonly length: number;
  readonly params: { [index: number]: number };
}
export type Print = (codes: Uint32Array, start: number, end: number) => void;
export type Handle = (params: Params, extra?: unknown) => unknown;

export interface Extended {
  underlineStyle: number;
  underlineColor: number;
  urlId: number;
  clone(): Extended;
}

export interface Attributes {
  extended: Extended;
  hasExtendedAttrs(): number;
}

export interface ActiveBuffer extends XtermBuffer {
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  savedY: number;
  readonly savedCurAttrData: Attributes;
  readonly scrollTop: number;
  readonly scrollBottom: number;
}

export interface InputHandler {
  [name: string]: unknown;
  parse(data: string | Uint8Array, promiseResult?: boolean): unknown;
  /** `precedingJoinState`: not 0 right after a character, which the next one may join. */
  readonly _parser: { reset(): void; precedingJoinState: number };
  readonly _curAttrData: Attributes;
  readonly _activeBuffer: ActiveBuffer;
}

export interface Line {
  readonly length: number;
  isWrapped: boolean;
  getWidth(column: number): number;
  setCell(column: number, cell: unknown): void;
  resize(cols: number, fill: unknown): unknown;
}

export interface XtermBuffer {
  readonly lines: {
    readonly length: number;
    maxLength: number;
    get(row: number): Line | undefined;
  };
  getNullCell(): unknown;
}

export interface Core extends LinkCore {
  readonly cols: number;
  readonly rows: number;
  readonly _inputHandler: InputHandler;
  readonly _bufferService: {
    onResize(listener: () => void): unknown;
    readonly buffers: { readonly normal: XtermBuffer; readonly alt: XtermBuffer };
  };
  readonly coreService: {
    isCursorHidden: boolean;
    readonly decPrivateModes: { cursorBlink?: boolean; readonly wraparound: boolean };
  };
  readonly optionsService: { readonly options: { convertEol: boolean; cursorBlink: boolean } };
  readonly _charsetService: {
    readonly glevel: number;
    readonly charset: unknown;
    setgCharset(slot: number, charset: unknown): void;
  };
}
