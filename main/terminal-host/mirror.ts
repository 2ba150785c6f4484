/**
 * The screen of one terminal without a window: an xterm that parses all output in the host. It takes bytes, sizes
 * and questions in one order, so that an answer is always about an exact position of the output.
 */
import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { Terminal } from '@xterm/headless';
import type { TerminalColors } from '../../preload/contract/bridge.ts';
import { applyCellWidths } from '../../preload/contract/cell-width.ts';
import type { Clock } from '../base/clock.ts';
import { ColorReplies } from './color-replies.ts';
import { createHeadless } from './headless.ts';
import type { TerminalSize } from '../features/terminals/ports.ts';
import { KeyboardFlags } from './keyboard-flags.ts';
import { maxTitleLength, mirrorSliceBytes, screenSliceMs, scrollbackLines } from './limits.ts';
import { ProgramColors } from './program-colors.ts';
import { composeRestore, type ScreenBytes } from './restore.ts';
import { guardParser } from '../../preload/contract/xterm/guard.ts';

/** What waits in order. A step is called with false when the mirror is disposed of before its turn. */
type Item = Uint8Array | Step | Screenshot;
type Step = (isAlive: boolean) => void;

/** Taken over several turns of the loop; what comes after it waits. */
interface Screenshot {
  readonly onTaken: (screen: Screen | undefined) => void;
  readonly most: ScreenBytes | undefined;
}

/** What makes a reset terminal of this size look and behave like the mirror. */
export interface Screen extends TerminalSize {
  readonly data: string;
}

export interface MirrorOptions extends TerminalSize {
  readonly clock: Clock;
  /** Some bytes were parsed: `unparsedBytes` fell. */
  onProgress(): void;
  /** What the screen answers to a query in the output. */
  onReply(data: string): void;
  /** The parser threw: what it was about to parse is lost. */
  onDefect(error: unknown): void;
}

export class Mirror {
  unparsedBytes = 0;
  private readonly options: MirrorOptions;
  readonly terminal: Terminal;
  private readonly keyboard: KeyboardFlags;
  private readonly program: ProgramColors;
  private readonly colors: ColorReplies;
  private title = '';
  private queue: Item[] = [];
  /** It parses, or its screen is being taken. */
  private isBusy = false;
  private taking: Screenshot | undefined;
  private isDisposed = false;

  constructor(options: MirrorOptions) {
    this.options = options;
    const { cols, rows } = options;
    const scrollback = scrollbackLines;
    this.terminal = createHeadless({ cols, rows, scrollback, allowProposedApi: true });
    applyCellWidths(this.terminal, new Unicode11Addon());
    guardParser(this.terminal, (error) => options.onDefect(error));
    this.terminal.onData((data) => options.onReply(data));
    this.terminal.onTitleChange((title) => {
      this.title = title.slice(0, maxTitleLength);
    });
    this.keyboard = new KeyboardFlags(this.terminal.parser);
    this.program = new ProgramColors(this.terminal);
    this.colors = new ColorReplies(this.terminal, this.program, options.onReply);
  }

  get size(): TerminalSize {
    return { cols: this.terminal.cols, rows: this.terminal.rows };
  }

  /** What programs that ask are told from now on. */
  showIn(colors: TerminalColors): void {
    this.colors.colors = colors;
  }

  get shownIn(): TerminalColors {
    return this.colors.colors;
  }

  write(bytes: Uint8Array): void {
    if (this.isDisposed) return;
    this.unparsedBytes += bytes.length;
    this.queue.push(bytes);
    this.go();
  }

  resize(cols: number, rows: number): void {
    this.inOrder((isAlive) => isAlive && this.terminal.resize(cols, rows));
  }

  /** Runs the step when everything before it has been parsed, and nothing after it. */
  inOrder(step: (isAlive: boolean) => void): void {
    if (this.isDisposed) {
      step(false);
      return;
    }
    this.queue.push(step);
    this.go();
  }

  /** True when everything so far is parsed, false when the mirror went away before. */
  settled(): Promise<boolean> {
    return new Promise((resolve) => this.inOrder(resolve));
  }

  /** Tells the screen as it is when everything before has been parsed; undefined when the mirror goes away before. */
  screenInOrder(onTaken: (screen: Screen | undefined) => void, most?: ScreenBytes): void {
    if (this.isDisposed) {
      onTaken(undefined);
      return;
    }
    this.queue.push({ onTaken, most });
    this.go();
  }

  text(): string {
    const { active } = this.terminal.buffer;
    const lines = Array.from({ length: this.terminal.rows }, (_, row) =>
      active.getLine(active.baseY + row)?.translateToString(true),
    );
    return lines.join('\n').trimEnd();
  }

  get hasBracketedPaste(): boolean {
    return this.terminal.modes.bracketedPasteMode;
  }

  /** The program takes every key as an escape sequence. */
  get hasEscapedKeys(): boolean {
    return this.keyboard.hasAllEscaped;
  }

  dispose(): void {
    this.isDisposed = true;
    const queue = this.queue;
    this.queue = [];
    this.unparsedBytes = 0;
    this.terminal.dispose();
    const { taking } = this;
    this.taking = undefined;
    taking?.onTaken(undefined);
    for (const item of queue) {
      if (typeof item === 'function') item(false);
      else if ('onTaken' in item) item.onTaken(undefined);
    }
  }

  private go(): void {
    while (!this.isBusy) {
      const head = this.queue[0];
      if (head === undefined) return;
      if (typeof head === 'function') {
        this.queue.shift();
        head(true);
      } else if ('onTaken' in head) {
        this.queue.shift();
        this.take(head);
      } else this.parseSlice();
    }
  }

  private take(screenshot: Screenshot): void {
    const { terminal, title } = this;
    const keyboard = this.keyboard.sequence();
    const colors = this.program.sequence();
    const { most } = screenshot;
    const steps = composeRestore({ terminal, title, keyboard, colors, most });
    this.taking = screenshot;
    this.isBusy = true;
    this.takeOn(steps);
  }

  private takeOn(steps: Generator<undefined, string>): void {
    const { clock } = this.options;
    const startedMs = clock.elapsed();
    let step = steps.next();
    while (!step.done && clock.elapsed() - startedMs < screenSliceMs) step = steps.next();
    if (!step.done) {
      clock.soon(() => this.taking !== undefined && this.takeOn(steps));
      return;
    }
    const { taking } = this;
    this.taking = undefined;
    this.isBusy = false;
    taking?.onTaken({ data: step.value, ...this.size });
    this.go();
  }

  private parseSlice(): void {
    let sliceBytes = 0;
    let count = 0;
    for (const item of this.queue) {
      if (!(item instanceof Uint8Array) || sliceBytes >= mirrorSliceBytes) break;
      sliceBytes += item.length;
      count++;
    }
    const slice = this.queue.splice(0, count) as Uint8Array[];
    const last = slice.pop() ?? new Uint8Array();
    this.isBusy = true;
    for (const bytes of slice) this.terminal.write(bytes);
    this.terminal.write(last, () => this.parsed(sliceBytes));
  }

  private parsed(sliceBytes: number): void {
    if (this.isDisposed) return;
    this.unparsedBytes -= sliceBytes;
    this.options.onProgress();
    const next = () => {
      this.isBusy = false;
      this.go();
    };
    // From within its callback xterm would go on parsing for 12 ms and let no other terminal in between.
    if (this.queue.length > 0) this.options.clock.soon(next);
    else next();
  }
}
