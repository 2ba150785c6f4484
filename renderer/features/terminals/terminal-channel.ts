/** The way from a terminal on the page to its screen in the host: the bridge, seen from here. */
import type { Bridge } from '../../hub/bridge.ts';

/**
 * `openTerminal(terminalId, shown, handlers)` attaches and gives a handle for input, sizes and credit. The screen
 * comes first and again after each reconnect; credit counts the bytes since the newest.
 */
export type TerminalChannel = Pick<Bridge, 'openTerminal'>;
