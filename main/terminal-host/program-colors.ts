/**
 * The colours that a program has set by OSC 4, 10, 11 and 12 and not reset. A headless xterm shows none and forgets
 * them; who joins later gets them from here. At most one for each number of the palette, text, ground and cursor.
 */
import type { Terminal } from '@xterm/headless';
import { type ColorChange, onColorChanges } from './xterm-inside.ts';

const paletteSize = 256;
const set = 1;
const restore = 2;

export class ProgramColors {
  private readonly colors = new Map<number, string>();

  constructor(terminal: Terminal) {
    onColorChanges(terminal, (changes) => {
      for (const change of changes) this.apply(change);
    });
  }

  /** `#rrggbb`, or undefined where the theme's holds. 256 to 258: text, ground, cursor. */
  get(index: number): string | undefined {
    return this.colors.get(index);
  }

  /** Of all that are set, by their numbers. */
  all(): Readonly<Record<number, string>> {
    return Object.fromEntries(this.colors);
  }

  sequence(): string {
    return [...this.colors]
      .map(([index, color]) => `\x1b]${nameOf(index)};${color}\x1b\\`)
      .join('');
  }

  private apply({ type, index, color }: ColorChange): void {
    if (type === set && index !== undefined && color) this.colors.set(index, toHex(color));
    else if (type !== restore) return;
    else if (index !== undefined) this.colors.delete(index);
    else for (const one of this.colors.keys()) if (one < paletteSize) this.colors.delete(one);
  }
}

function nameOf(index: number): string {
  return index < paletteSize ? `4;${index}` : String(10 + index - paletteSize);
}

function toHex(color: readonly number[]): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
