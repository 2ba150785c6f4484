/**
 * xterm parses in a timer of its own. When its parser throws, nobody can catch it: the process ends, and with it
 * every agent's terminal. One such output is known: erasing up to the cursor in the last cell of a full screen.
 */
import type { Terminal } from '@xterm/headless';

interface Line {
  isWrapped: boolean;
}

interface InputHandler {
  parse(data: string | Uint8Array, promiseResult?: boolean): unknown;
  eraseInDisplay(params: { params: { [index: number]: number } }, keepProtected?: boolean): boolean;
  readonly _parser: { reset(): void };
  readonly _activeBuffer: {
    readonly x: number;
    readonly y: number;
    readonly lines: { readonly length: number; get(index: number): Line | undefined };
  };
}

const eraseAbove = 1;
const eraseAll = 2;

export function guardParser(terminal: Terminal, onDefect: (error: unknown) => void): void {
  const core = (terminal as unknown as { _core: { _inputHandler: InputHandler } })._core;
  const handler = core._inputHandler;
  const parse = handler.parse.bind(handler);
  const erase = handler.eraseInDisplay.bind(handler);
  handler.eraseInDisplay = (params, keepProtected) => {
    const { x, y, lines } = handler._activeBuffer;
    const isLastCell = x + 1 >= terminal.cols && y + 1 >= lines.length;
    // The same here, without the line below that xterm expects.
    if (isLastCell && params.params[0] === eraseAbove) params.params[0] = eraseAll;
    return erase(params, keepProtected);
  };
  handler.parse = (data, promiseResult) => {
    try {
      return parse(data, promiseResult);
    } catch (error) {
      handler._parser.reset();
      onDefect(error);
      return undefined;
    }
  };
}
