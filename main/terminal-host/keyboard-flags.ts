/**
 * The kitty keyboard flags that a program has asked for. This xterm does not act on them, so it cannot be asked;
 * they are kept for viewers that do, and because a program never asks twice.
 */
import type { IParser } from '@xterm/headless';

const maxDepth = 32;
/** The flag by which text, too, comes as escape sequences. */
const allEscaped = 8;

/** Each key as that flag wants it: `CSI <code point> u`. */
export function toEscapedKeys(keys: string): string {
  return Array.from(keys, (key) => `\x1b[${key.codePointAt(0)}u`).join('');
}

export class KeyboardFlags {
  /** The lowest is what `CSI = u` changes without a push. */
  private stack: number[] = [0];

  constructor(parser: IParser) {
    parser.registerCsiHandler({ prefix: '>', final: 'u' }, (params) => {
      if (this.stack.length < maxDepth) this.stack.push(first(params, 0));
      return false;
    });
    parser.registerCsiHandler({ prefix: '<', final: 'u' }, (params) => {
      this.stack.splice(Math.max(1, this.stack.length - Math.max(1, first(params, 1))));
      return false;
    });
    parser.registerCsiHandler({ prefix: '=', final: 'u' }, (params) => {
      this.set(first(params, 0), Number(params[1] ?? 1));
      return false;
    });
    parser.registerEscHandler({ final: 'c' }, () => {
      this.stack = [0];
      return false;
    });
  }

  get hasAllEscaped(): boolean {
    return ((this.stack.at(-1) ?? 0) & allEscaped) !== 0;
  }

  sequence(): string {
    const [lowest = 0, ...pushed] = this.stack;
    const base = lowest === 0 ? '' : `\x1b[=${lowest};1u`;
    return base + pushed.map((flags) => `\x1b[>${flags}u`).join('');
  }

  /** `how`: 1 sets, 2 adds, 3 takes away. */
  private set(flags: number, how: number): void {
    const now = this.stack.pop() ?? 0;
    this.stack.push(how === 2 ? now | flags : how === 3 ? now & ~flags : flags);
  }
}

function first(params: (number | number[])[], fallback: number): number {
  return Number(params[0] ?? 0) || fallback;
}
