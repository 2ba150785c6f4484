/** Modes and saved cursors that depend on more than what was written. */
import type { Core, Handle, InputHandler, Params } from './insides.ts';

/**
 * xterm saves the line of a cursor counted from the top of the scrollback, so that it drifts with what scrolls by; its
 * colours and not what is extended of them (kind of underline, link); and brings the character set back without the
 * place it stands in. What a program sees then depends on what was written in between, and when a viewer joined.
 */
export function mendSavedCursor(core: Core): void {
  const handler = core._inputHandler;
  after(handler, 'saveCursor', () => {
    const { _curAttrData: pen, _activeBuffer: buffer } = handler;
    buffer.savedY = buffer.y;
    buffer.savedCurAttrData.extended = pen.extended.clone();
  });
  after(handler, 'softReset', () => {
    handler._activeBuffer.savedY = 0;
  });
  const restore = (handler.restoreCursor as Handle).bind(handler);
  handler.restoreCursor = (params: Params) => {
    const { _curAttrData: pen, _activeBuffer: buffer } = handler;
    const { savedY } = buffer;
    buffer.savedY = savedY + buffer.ybase;
    restore(params);
    buffer.savedY = savedY;
    pen.extended = buffer.savedCurAttrData.extended.clone();
    if (!pen.hasExtendedAttrs())
      Object.assign(pen.extended, { urlId: 0, underlineStyle: 0, underlineColor: 0 });
    const sets = core._charsetService;
    sets.setgCharset(sets.glevel, sets.charset);
    return true;
  };
}

const blinking = 12;

/** xterm keeps two modes among the options of whoever made it, where no reset ends them; nor does it show the cursor. */
export function mendModes(core: Core): void {
  const handler = core._inputHandler;
  const { options } = core.optionsService;
  for (const [name, isSet] of [
    ['setModePrivate', true],
    ['resetModePrivate', false],
  ] as const) {
    const handle = (handler[name] as Handle).bind(handler);
    handler[name] = (params: Params) => {
      const { cursorBlink } = options;
      const result = handle(params);
      if (options.cursorBlink !== cursorBlink) options.cursorBlink = cursorBlink;
      const all = Array.from({ length: params.length }, (_, at) => params.params[at]);
      if (all.includes(blinking)) core.coreService.decPrivateModes.cursorBlink = isSet;
      return result;
    };
  }
  const convertEol = options.convertEol;
  after(handler, 'fullReset', () => {
    if (options.convertEol !== convertEol) options.convertEol = convertEol;
    core.coreService.isCursorHidden = false;
  });
}

const underlineColor = 58;
const noUnderlineColor = 59;

/** Where an underline is to have the text's colour, xterm makes it white. */
export function mendUnderline(core: Core): void {
  const handler = core._inputHandler;
  const set = (handler.charAttributes as Handle).bind(handler);
  handler.charAttributes = (params: Params) => {
    const result = set(params);
    const all = Array.from({ length: params.length }, (_, at) => params.params[at]);
    if (all.includes(noUnderlineColor) && !all.includes(underlineColor))
      handler._curAttrData.extended.underlineColor = 0;
    return result;
  };
}

function after(handler: InputHandler, name: string, then: () => void): void {
  const handle = (handler[name] as Handle).bind(handler);
  handler[name] = (params: Params) => {
    const result = handle(params);
    then();
    return result;
  };
}
