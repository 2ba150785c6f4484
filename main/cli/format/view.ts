/** How a result is shown: at what time, how wide, and whether in colour. */
import { formatAge } from '../durations.ts';
import type { Io, Sink } from '../io.ts';

/** Not by `import`, which looks at every export: some load more. */
const { styleText } = process.getBuiltinModule('node:util');

type Paint = (text: string) => string;

export interface Style {
  readonly dim: Paint;
  readonly bold: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
}

export interface View {
  readonly nowMs: number;
  readonly style: Style;
  /** Columns of the terminal; undefined when the output is no terminal, and nothing is cut. */
  readonly width?: number | undefined;
}

const plain: Paint = (text) => text;
export const noStyle: Style = {
  dim: plain,
  bold: plain,
  red: plain,
  green: plain,
  yellow: plain,
  blue: plain,
};

function paint(format: keyof Style): Paint {
  return (text) => styleText(format, text, { validateStream: false });
}

const colours: Style = {
  dim: paint('dim'),
  bold: paint('bold'),
  red: paint('red'),
  green: paint('green'),
  yellow: paint('yellow'),
  blue: paint('blue'),
};

/** Colours only on a terminal that can show them, and never against NO_COLOR. */
export function styleFor(sink: Sink, env: Io['env']): Style {
  const refused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return sink.isTTY && !refused ? colours : noStyle;
}

export function viewFor(io: Io): View {
  const { stdout, env, clock } = io;
  return { nowMs: clock.now(), style: styleFor(stdout, env), width: stdout.columns };
}

/** How long ago, or a dash when it is not known. */
export function ageOf(atMs: number | undefined, view: View): string {
  return atMs === undefined ? '-' : formatAge(atMs, view.nowMs);
}
