/** Bounds of what one sequence may do again and again. */
import type { Core, Handle, Params } from './insides.ts';

/**
 * xterm does these one by one, up to 2,147,483,647 times: minutes in which no terminal of the process answers. More
 * than the screen holds changes nothing any more, but for a repeated character: as many as fill the screen.
 */
const counted: ReadonlyArray<readonly [name: string, most: (core: Core) => number]> = [
  ...['scrollUp', 'scrollDown', 'insertLines', 'deleteLines'].map(
    (name) => [name, ({ rows }: Core) => rows] as const,
  ),
  ...['cursorForwardTab', 'cursorBackwardTab'].map(
    (name) => [name, ({ cols }: Core) => cols] as const,
  ),
  ['repeatPrecedingCharacter', ({ cols, rows }) => cols * rows],
];

export function boundCounts(core: Core): void {
  const handler = core._inputHandler;
  for (const [name, most] of counted) {
    const handle = (handler[name] as Handle).bind(handler);
    handler[name] = (params: Params) => {
      params.params[0] = Math.min(params.params[0] ?? 0, most(core));
      return handle(params);
    };
  }
}
