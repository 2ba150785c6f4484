/**
 * How many cells a character takes in a terminal: one table for the host's mirror and for every page, since a screen
 * that they lay out differently cannot be handed over. Wide is what Unicode's current East Asian Width says; what
 * joins the character before it is as xterm's own newest table has it.
 */
import { eastAsianWidth } from 'get-east-asian-width';

/** An xterm provider as `@xterm/addon-unicode11` has it. `charProperties` joins characters and asks `this` for widths. */
interface WidthProvider {
  wcwidth(codePoint: number): 0 | 1 | 2;
  charProperties(codePoint: number, preceding: number): number;
}

interface WidthAddon {
  activate(terminal: never): void;
}

interface WidthTerminal {
  readonly unicode: { register(provider: never): void; activeVersion: string };
}

/** Code points whose width is remembered; all above are ideographs, or rare. */
const remembered = 0x20000;
/** Width plus one; 0 is not known yet. */
const known = new Uint8Array(remembered);

/** As xterm packs them: no width, and nothing to join. It would stand in a cell that counts and is not there. */
const nothing = 0;
/** One cell of its own. */
const oneCell = 1 << 1;

class CurrentWidths implements WidthProvider {
  readonly version = 'current';
  readonly charProperties: WidthProvider['charProperties'];
  private readonly base: WidthProvider;

  constructor(base: WidthProvider) {
    this.base = base;
    this.charProperties = (codePoint, preceding) => {
      const properties = base.charProperties.call(this, codePoint, preceding);
      return properties === nothing ? oneCell : properties;
    };
  }

  wcwidth(codePoint: number): 0 | 1 | 2 {
    if (codePoint >= 32 && codePoint < 127) return 1;
    const before = codePoint < remembered ? known[codePoint] : 0;
    return before ? ((before - 1) as 0 | 1 | 2) : this.find(codePoint);
  }

  private find(codePoint: number): 0 | 1 | 2 {
    const width = this.base.wcwidth(codePoint) === 0 ? 0 : eastAsianWidth(codePoint);
    if (codePoint < remembered) known[codePoint] = width + 1;
    return width;
  }
}

/** Lays out everything that is written from now on by the current table. */
export function applyCellWidths({ unicode }: WidthTerminal, unicode11: WidthAddon): void {
  const register = (base: WidthProvider) => {
    const provider = new CurrentWidths(base);
    unicode.register(provider as never);
    unicode.activeVersion = provider.version;
  };
  unicode11.activate({ unicode: { register } } as never);
}
