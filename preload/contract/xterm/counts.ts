/** Bounds of what one sequence may do again and again. */
import type { InputHandler, Params } from './insides.ts';
import { override } from './override.ts';

/**
 * xterm does these one by one, up to 2,147,483,647 times: minutes in which no terminal of the process answers. More
 * than the screen holds changes nothing any more, but for a repeated character: as many as fill the screen.
 */
const counted: ReadonlyArray<readonly [name: string, most: (handler: InputHandler) => number]> = [
  ...['scrollUp', 'scrollDown', 'insertLines', 'deleteLines'].map(
    (name) => [name, ({ _bufferService: { rows } }: InputHandler) => rows] as const,
  ),
  ...['cursorForwardTab', 'cursorBackwardTab'].map(
    (name) => [name, ({ _bufferService: { cols } }: InputHandler) => cols] as const,
  ),
  ['repeatPrecedingCharacter', ({ _bufferService: { cols, rows } }) => cols * rows],
];

export function boundCounts(prototype: InputHandler): void {
  for (const [name, most] of counted) {
    override<[Params]>(prototype, name, (handle) => (handler, params) => {
      params.params[0] = Math.min(params.params[0] ?? 0, most(handler));
      return handle(handler, params);
    });
  }
}
