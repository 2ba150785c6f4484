/** Modes, colours and saved cursors that depend on more than what was written. */
import type { InputHandler, Params } from './insides.ts';
import { after, override } from './override.ts';

/**
 * xterm saves the line of a cursor counted from the top of the scrollback, so that it drifts with what scrolls by; its
 * colours and not what is extended of them (kind of underline, link); and brings the character set back without the
 * place it stands in. What a program sees then depends on what was written in between, and when a viewer joined.
 */
export function mendSavedCursor(prototype: InputHandler): void {
  after(prototype, 'saveCursor', ({ _curAttrData: pen, _activeBuffer: buffer }) => {
    buffer.savedY = buffer.y;
    buffer.savedCurAttrData.extended = pen.extended.clone();
  });
  after(prototype, 'softReset', ({ _activeBuffer }) => {
    _activeBuffer.savedY = 0;
  });
  override(prototype, 'restoreCursor', (restore) => (handler, ...args) => {
    const { _curAttrData: pen, _activeBuffer: buffer, _charsetService: sets } = handler;
    const { savedY } = buffer;
    buffer.savedY = savedY + buffer.ybase;
    restore(handler, ...args);
    buffer.savedY = savedY;
    pen.extended = buffer.savedCurAttrData.extended.clone();
    if (!pen.hasExtendedAttrs())
      Object.assign(pen.extended, { urlId: 0, underlineStyle: 0, underlineColor: 0 });
    sets.setgCharset(sets.glevel, sets.charset);
    return true;
  });
}

const blinking = 12;

/** xterm keeps two modes among the options of whoever made it, where no reset ends them; nor does it show the cursor. */
export function mendModes(prototype: InputHandler): void {
  mendBlinking(prototype, 'setModePrivate', true);
  mendBlinking(prototype, 'resetModePrivate', false);
  after(prototype, 'fullReset', ({ _optionsService: { options }, _coreService }) => {
    if (options.convertEol) options.convertEol = false;
    _coreService.isCursorHidden = false;
  });
}

function mendBlinking(prototype: InputHandler, name: string, isBlinking: boolean): void {
  override<[Params]>(prototype, name, (set) => (handler, params) => {
    const { options } = handler._optionsService;
    const { cursorBlink } = options;
    const result = set(handler, params);
    if (options.cursorBlink !== cursorBlink) options.cursorBlink = cursorBlink;
    if (toList(params).includes(blinking))
      handler._coreService.decPrivateModes.cursorBlink = isBlinking;
    return result;
  });
}

const underlineColor = 58;
const noUnderlineColor = 59;
const white = 0x3ffffff;

/** Where an underline is to have the text's colour, xterm makes it white. */
export function mendUnderline(prototype: InputHandler): void {
  override<[Params]>(prototype, 'charAttributes', (set) => (handler, params) => {
    const result = set(handler, params);
    const { extended } = handler._curAttrData;
    // Programs say little else: what they rarely say is looked at rarely.
    if (extended.underlineColor === white && !isSaidWhite(params)) extended.underlineColor = 0;
    return result;
  });
}

function isSaidWhite(params: Params): boolean {
  const all = toList(params);
  return all.includes(underlineColor) || !all.includes(noUnderlineColor);
}

function toList({ length, params }: Params): (number | undefined)[] {
  return Array.from({ length }, (_, at) => params[at]);
}
