/** How character sets are called: the final byte of the sequence that designates one (`ESC ( 0`). */
import { createHeadless } from './headless.ts';
import { type Charset, insideOf } from './xterm-inside.ts';

const names = '0A4CRQKYEZH=';

interface Selecting {
  readonly _core: { readonly _inputHandler: { selectCharset(designation: string): boolean } };
}

let known: ReadonlyMap<Charset, string> | undefined;

/** Sets are compared by identity; all terminals share xterm's. */
export function charsetName(charset: Charset): string {
  known ??= readSets();
  return known.get(charset) ?? 'B';
}

function readSets(): ReadonlyMap<Charset, string> {
  const terminal = createHeadless({ cols: 2, rows: 1, allowProposedApi: true });
  const { _inputHandler } = (terminal as unknown as Selecting)._core;
  const sets = [...names].map((name) => {
    _inputHandler.selectCharset(`(${name}`);
    return [insideOf(terminal).charsets[0], name] as const;
  });
  terminal.dispose();
  return new Map(sets);
}
