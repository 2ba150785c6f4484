/** A terminal that only shows what it is given: nobody types into it, and it answers to nothing. */
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { type ITerminalOptions, Terminal } from '@xterm/xterm';
import { applyCellWidths } from '../../../preload/contract/cell-width.ts';
import { guardParser } from '../../../preload/contract/xterm/guard.ts';

/** As many as the host keeps. */
const scrollback = 5000;

export class ReplayTerminal {
  readonly terminal: Terminal;
  private readonly search = new SearchAddon();

  constructor(options: ITerminalOptions) {
    this.terminal = new Terminal({
      ...options,
      allowProposedApi: true,
      disableStdin: true,
      scrollback,
      rescaleOverlappingGlyphs: true,
      // A link of a recording leads to whatever its program said: it is text here.
      linkHandler: { activate: () => undefined },
    });
    guardParser(this.terminal, () => {});
    applyCellWidths(this.terminal, new Unicode11Addon());
    this.terminal.loadAddon(this.search);
  }

  open(element: HTMLElement): void {
    this.terminal.open(element);
    // The keys are the player's.
    this.terminal.textarea?.addEventListener('focus', () => this.terminal.blur());
    if (this.terminal.textarea) this.terminal.textarea.tabIndex = -1;
  }

  reset({ cols, rows }: { cols: number; rows: number }): void {
    this.terminal.reset();
    this.terminal.resize(cols, rows);
  }

  resize({ cols, rows }: { cols: number; rows: number }): void {
    this.terminal.resize(cols, rows);
  }

  /** Resolves when it is on the screen. */
  write(text: string): Promise<void> {
    return new Promise((resolve) => this.terminal.write(text, resolve));
  }

  /** Marks a text that shows; an empty one marks nothing. */
  mark(text: string): void {
    if (text === '') this.terminal.clearSelection();
    else this.search.findPrevious(text);
  }

  dispose(): void {
    this.terminal.dispose();
  }
}
