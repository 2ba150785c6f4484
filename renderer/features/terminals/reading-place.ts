/**
 * Where the operator reads while output runs. xterm leaves the lines where they are that were scrolled to; over a new
 * screen, which begins at its end, they are looked for again.
 */
import type { Terminal } from '@xterm/xterm';

interface Place {
  readonly linesBelow: number;
  /** Lines at the top of what is shown that no output changes any more. */
  readonly texts: readonly string[];
}

export class ReadingPlace {
  private readonly terminal: Terminal;
  private readonly listeners = new Set<() => void>();
  private below = 0;
  private place: Place | undefined;
  private isAway = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    for (const event of [terminal.onScroll, terminal.onRender, terminal.onWriteParsed])
      event(() => this.look());
  }

  /** Lines below what is shown; 0 at the end. */
  readonly linesBelow = (): number => this.below;

  /** Told when there are more or fewer of them. Returns the undo. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  jumpToEnd(): void {
    this.terminal.scrollToBottom();
    this.look();
  }

  /** A new screen comes: to be called when all before it has been parsed. */
  leave(): void {
    this.isAway = true;
    const linesBelow = this.measure();
    this.place = linesBelow > 0 ? { linesBelow, texts: this.readFixedLines() } : undefined;
  }

  /** It is there. Lines that are not on it any more were as far from the end. */
  comeBack(): void {
    this.isAway = false;
    const { place } = this;
    this.place = undefined;
    if (place) this.terminal.scrollToLine(this.find(place));
    this.look();
  }

  private look(): void {
    if (this.isAway) return;
    const below = this.measure();
    if (below === this.below) return;
    this.below = below;
    for (const listener of this.listeners) listener();
  }

  private measure(): number {
    const { baseY, viewportY } = this.terminal.buffer.active;
    return baseY - viewportY;
  }

  private readFixedLines(): string[] {
    const { baseY, viewportY } = this.terminal.buffer.active;
    const count = Math.min(this.terminal.rows, baseY - viewportY);
    return Array.from({ length: count }, (_, row) => this.textAt(viewportY + row));
  }

  private find({ linesBelow, texts }: Place): number {
    const from = Math.max(0, this.terminal.buffer.active.baseY - linesBelow);
    for (let top = from; top >= 0; top--) {
      if (texts.every((text, row) => this.textAt(top + row) === text)) return top;
    }
    return from;
  }

  private textAt(line: number): string {
    return this.terminal.buffer.active.getLine(line)?.translateToString(true) ?? '';
  }
}
