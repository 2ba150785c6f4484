/**
 * What every xterm of ours needs before output may be trusted to it: the host's mirror, the pages', the player's. One
 * guard for all of them, since a stream that one of them takes otherwise gives another screen. xterm parses in a timer
 * of its own: what it throws there ends the process or lets its queue stand still for ever, and while it loops, no
 * other terminal has a turn.
 */
import { boundMarks, type LinePrototype } from './bound-marks.ts';
import { boundCounts } from './counts.ts';
import type { InputHandler } from './insides.ts';
import { keepLinks } from './links.ts';
import { mendCells, settleSize } from './mend-cells.ts';
import { mendModes, mendSavedCursor, mendUnderline } from './mend-modes.ts';
import { WholeCharacters } from './whole-characters.ts';

/** A terminal of `@xterm/xterm` or `@xterm/headless`. */
type AnyTerminal = object;

/**
 * Makes a terminal as new, in its queue, where xterm's own `reset()` would overtake what is in it; whatever it has
 * begun: half a character, half a sequence (CAN ends it unheard). A program's colours go back to the theme's.
 */
export const resetBytes: Uint8Array = Uint8Array.from(
  [...'\x18\x1b]104\x07\x1b]110\x07\x1b]111\x07\x1b]112\x07\x1bc'].map((char) =>
    char.charCodeAt(0),
  ),
);

export interface GuardedParser {
  /** True while output is being parsed: what the terminal says then nobody typed. */
  isParsing(): boolean;
}

/** Once for all terminals of one xterm. */
const mended = new WeakSet<object>();

/** `onDefect`: the parser threw; what it was about to parse is lost. */
export function guardParser(
  terminal: AnyTerminal,
  onDefect: (error: unknown) => void,
): GuardedParser {
  const handler = (terminal as { _core: { _inputHandler: InputHandler } })._core._inputHandler;
  mend(handler);
  keepLinks(handler._oscLinkService);
  handler._bufferService.onResize(() => settleSize(handler));
  const parse = handler.parse.bind(handler);
  const characters = new WholeCharacters();
  let isParsing = false;
  handler.parse = (data, promiseResult) => {
    isParsing = true;
    try {
      return parse(typeof data === 'string' ? data : characters.push(data), promiseResult);
    } catch (error) {
      handler._parser.reset();
      onDefect(error);
      return undefined;
    } finally {
      isParsing = false;
    }
  };
  return { isParsing: () => isParsing };
}

function mend(handler: InputHandler): void {
  const prototype = Object.getPrototypeOf(handler) as InputHandler;
  if (mended.has(prototype)) return;
  mended.add(prototype);
  const line: unknown = handler._bufferService.buffers.normal.lines.get(0);
  boundMarks(Object.getPrototypeOf(line) as LinePrototype);
  // What inserts lines looks at counts that are bounded already.
  mendCells(prototype);
  boundCounts(prototype);
  mendSavedCursor(prototype);
  mendModes(prototype);
  mendUnderline(prototype);
}
