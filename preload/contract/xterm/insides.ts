/**
 * What lies inside of an xterm, as far as it is mended here. The version is pinned, and the tests of hostile streams fail
 * when a name means something else.
 */
import type { LinkService } from './links.ts';

export interface Params {
  readonly length: number;
  readonly params: { [index: number]: number };
}

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
  readonly _bufferService: {
    readonly cols: number;
    readonly rows: number;
    readonly buffers: { readonly normal: XtermBuffer; readonly alt: XtermBuffer };
    onResize(listener: () => void): unknown;
  };
  readonly _coreService: {
    isCursorHidden: boolean;
    readonly modes: { readonly insertMode: boolean };
    readonly decPrivateModes: { cursorBlink?: boolean; readonly wraparound: boolean };
  };
  readonly _optionsService: { readonly options: { convertEol: boolean; cursorBlink: boolean } };
  readonly _charsetService: {
    readonly glevel: number;
    readonly charset: unknown;
    setgCharset(slot: number, charset: unknown): void;
  };
  readonly _oscLinkService: LinkService;
}

export interface Line {
  readonly length: number;
  isWrapped: boolean;
  getWidth(column: number): number;
  setCell(column: number, cell: unknown): void;
  resize(cols: number, fill: unknown): unknown;
}

export interface XtermBuffer {
  /** On the screen; `mend-modes.ts` sees to that. */
  savedY: number;
  readonly lines: {
    readonly length: number;
    maxLength: number;
    get(row: number): Line | undefined;
  };
  getNullCell(): unknown;
}
