/**
 * When xterm's parser throws, its queue stands still for ever: the terminal is dead. One such output is known,
 * erasing up to the cursor in the last cell of a full screen; the host guards its own xterm in the same way.
 */
import type { Terminal } from '@xterm/xterm';

interface InputHandler {
  parse(data: string | Uint8Array, promiseResult?: boolean): unknown;
  eraseInDisplay(params: { params: { [index: number]: number } }, keepProtected?: boolean): boolean;
  readonly _parser: { reset(): void };
  readonly _activeBuffer: {
    readonly x: number;
    readonly y: number;
    readonly lines: { readonly length: number };
  };
}

const eraseAbove = 1;
const eraseAll = 2;

export interface GuardedParser {
  /** True while output is being parsed: what the terminal says then nobody typed. */
  isParsing(): boolean;
}

export function guardParser(terminal: Terminal): GuardedParser {
  let isParsing = false;
  const core = (terminal as unknown as { _core: { _inputHandler: InputHandler } })._core;
  const handler = core._inputHandler;
  const parse = handler.parse.bind(handler);
  const erase = handler.eraseInDisplay.bind(handler);
  handler.eraseInDisplay = (params, keepProtected) => {
    const { x, y, lines } = handler._activeBuffer;
    const isLastCell = x + 1 >= terminal.cols && y + 1 >= lines.length;
    if (isLastCell && params.params[0] === eraseAbove) params.params[0] = eraseAll;
    return erase(params, keepProtected);
  };
  handler.parse = (data, promiseResult) => {
    isParsing = true;
    try {
      return parse(data, promiseResult);
    } catch {
      handler._parser.reset();
      return undefined;
    } finally {
      isParsing = false;
    }
  };
  return { isParsing: () => isParsing };
}
