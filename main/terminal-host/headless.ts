/** The headless xterm as Node gives it: a CommonJS module whose names stand on its default export only. */
import * as loaded from '@xterm/headless';
import type { Terminal } from '@xterm/headless';

const { default: inner } = loaded as { default?: typeof loaded };
const TerminalClass = (inner ?? loaded).Terminal;

export function createHeadless(options: ConstructorParameters<typeof TerminalClass>[0]): Terminal {
  return new TerminalClass(options);
}
