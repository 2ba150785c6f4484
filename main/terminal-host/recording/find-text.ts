/**
 * Finds when a text first shows, by playing a file: programs paint in pieces, and what is on the screen need not stand
 * anywhere in the output. Of each event only the rows are looked at that it changed, and those that it scrolled away.
 */
import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { Terminal } from '@xterm/headless';
import { applyCellWidths } from '../../../preload/contract/cell-width.ts';
import type { Clock } from '../../base/clock.ts';
import { createHeadless } from '../headless.ts';
import { scrollbackLines } from '../limits.ts';
import { guardParser } from '../../../preload/contract/xterm/guard.ts';
import { onRowsChanged } from '../xterm-inside.ts';
import { type CastEvent, parseSize } from './cast-format.ts';
import { eventChars } from './limits.ts';
import { eventsOf, readHead } from './part-reader.ts';

export interface FindAsk {
  readonly file: string;
  readonly text: string;
  /** Later than this, since the recording began; a text that shows already must go first. */
  readonly afterMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** In milliseconds since the recording began; undefined when it does not show in this file, or the signal aborted. */
export async function findText(ask: FindAsk): Promise<number | undefined> {
  const head = await readHead(ask.file);
  if (head === undefined) return undefined;
  const search = new ScreenSearch(head, ask.text);
  try {
    for await (const events of eventsOf(ask.file, head)) {
      for (const slice of toSlices(events)) {
        if (ask.signal.aborted) return undefined;
        const found = await search.play(slice, ask.afterMs);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => ask.clock.soon(resolve));
      }
    }
    return undefined;
  } finally {
    search.dispose();
  }
}

/** As much as others should wait for: some milliseconds, most of them for what scrolled by. */
function toSlices(events: readonly CastEvent[]): CastEvent[][] {
  const slices: CastEvent[][] = [];
  let chars = Number.POSITIVE_INFINITY;
  for (const event of events) {
    if (chars >= eventChars) {
      slices.push([]);
      chars = 0;
    }
    slices.at(-1)?.push(event);
    chars += event.text.length;
  }
  return slices;
}

class ScreenSearch {
  private readonly terminal: Terminal;
  private readonly text: string;
  private isShown = false;
  private firstRow = Number.POSITIVE_INFINITY;
  private lastRow = -1;
  private scrolled = 0;

  constructor({ cols, rows }: { cols: number; rows: number }, text: string) {
    this.text = text.toLowerCase();
    const scrollback = scrollbackLines;
    this.terminal = createHeadless({ cols, rows, scrollback, allowProposedApi: true });
    applyCellWidths(this.terminal, new Unicode11Addon());
    guardParser(this.terminal, () => undefined);
    onRowsChanged(this.terminal, (range) => {
      this.firstRow = Math.min(this.firstRow, range?.start ?? 0);
      this.lastRow = Math.max(this.lastRow, range?.end ?? this.terminal.rows - 1);
    });
    this.terminal.onScroll(() => this.scrolled++);
  }

  /** When it first showed after that time, if in these. */
  play(events: readonly CastEvent[], afterMs: number): Promise<number | undefined> {
    let found: number | undefined;
    return new Promise((resolve) => {
      for (const event of events) {
        const size = event.code === 'r' ? parseSize(event.text) : undefined;
        const text = event.code === 'o' ? event.text : '';
        this.terminal.write(text, () => {
          if (size !== undefined) this.terminal.resize(size.cols, size.rows);
          if (found === undefined && this.appears() && event.atMs > afterMs) found = event.atMs;
        });
      }
      this.terminal.write('', () => resolve(found));
    });
  }

  dispose(): void {
    this.terminal.dispose();
  }

  /** True when it shows now, and did not before. */
  private appears(): boolean {
    const { firstRow, lastRow, scrolled, isShown } = this;
    this.firstRow = Number.POSITIVE_INFINITY;
    this.lastRow = -1;
    this.scrolled = 0;
    if (lastRow < 0) return false;
    const { baseY } = this.terminal.buffer.active;
    if (isShown) {
      this.isShown = this.has(baseY, baseY + this.terminal.rows - 1);
      return false;
    }
    const isThere = this.has(baseY + firstRow - scrolled, baseY + lastRow);
    // What has scrolled through is gone again.
    this.isShown = isThere && (scrolled === 0 || this.has(baseY, baseY + this.terminal.rows - 1));
    return isThere;
  }

  private has(first: number, last: number): boolean {
    const { active } = this.terminal.buffer;
    let row = Math.max(0, first);
    while (row > 0 && active.getLine(row)?.isWrapped) row--;
    let lines = '';
    for (; row < active.length; row++) {
      const isWrapped = active.getLine(row)?.isWrapped === true;
      if (row > last && !isWrapped) break;
      const goesOn = active.getLine(row + 1)?.isWrapped === true;
      lines += `${isWrapped ? '' : '\n'}${active.getLine(row)?.translateToString(!goesOn) ?? ''}`;
    }
    return lines.toLowerCase().includes(this.text);
  }
}
