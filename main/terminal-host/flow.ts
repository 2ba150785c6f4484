/**
 * Makes the program wait while somebody has too much unparsed: the mirror, or the slowest live viewer. Pausing
 * means not reading the pty; the kernel's buffer fills and the program's write blocks. Nothing is thrown away.
 */
import type { Clock } from '../base/clock.ts';
import { highWaterBytes, lowWaterBytes, repauseMs } from './limits.ts';

export interface FlowOptions {
  readonly clock: Clock;
  /** What the slowest has unparsed. */
  unparsedBytes(): number;
  pause(): void;
  resume(): void;
  /** Comes again and again while paused, to let go of whoever parses nothing. */
  onHeldUp(): void;
}

export class Flow {
  isPaused = false;
  private readonly options: FlowOptions;
  private isOpen = true;
  private cancelRepause: (() => void) | undefined;

  constructor(options: FlowOptions) {
    this.options = options;
  }

  /** To be called whenever somebody got, or parsed, something. */
  check(): void {
    if (!this.isOpen) return;
    const unparsed = this.options.unparsedBytes();
    if (!this.isPaused && unparsed > highWaterBytes) this.pause();
    else if (this.isPaused && unparsed < lowWaterBytes) this.resume();
  }

  /** The program is to end: it never waits again. */
  open(): void {
    this.isOpen = false;
    this.resume();
  }

  private pause(): void {
    this.isPaused = true;
    this.options.pause();
    this.cancelRepause = this.options.clock.schedule(() => {
      this.options.onHeldUp();
      this.check();
      if (this.isPaused) this.pause();
    }, repauseMs);
  }

  private resume(): void {
    this.cancelRepause?.();
    this.cancelRepause = undefined;
    if (!this.isPaused) return;
    this.isPaused = false;
    this.options.resume();
  }
}
