/**
 * One who watches a terminal, and its credit: what it was sent minus what its own terminal has parsed. Both
 * counters start anew with each screen. State:
 *
 *   joining -> live -> lagging -> joining ...      and from each: gone
 *
 * A joining viewer waits for its screen; output that comes meanwhile is held for it. A lagging one gets nothing
 * and holds nobody up, until it has parsed what it was sent; then it joins anew. One that only watches lags instead of
 * holding its program up.
 */
import type { Clock } from '../base/clock.ts';
import { forEachPiece } from './batch.ts';
import type { TerminalExit, TerminalSize, TerminalViewer } from '../features/terminals/ports.ts';
import { highWaterBytes, lagMs, lowWaterBytes, watchedScreenBytes } from './limits.ts';
import type { ScreenBytes } from './restore.ts';

export type ViewerState = 'joining' | 'live' | 'lagging' | 'gone';

export class Viewer {
  state: ViewerState = 'joining';
  size: TerminalSize;
  private readonly told: TerminalViewer;
  private readonly clock: Clock;
  private held: Uint8Array[] = [];
  private sentBytes = 0;
  private parsedBytes = 0;
  private progressMs: number;
  /** It got less than the program said, since its last screen. */
  private hasSkipped = false;

  constructor(told: TerminalViewer, size: TerminalSize, clock: Clock) {
    this.told = told;
    this.size = size;
    this.clock = clock;
    this.progressMs = clock.elapsed();
  }

  get isWatching(): boolean {
    return this.told.isWatching === true;
  }

  /** What it is given of a screen; undefined: all that fits into one frame. */
  get screenBytes(): ScreenBytes | undefined {
    return this.isWatching ? watchedScreenBytes : undefined;
  }

  get unparsedBytes(): number {
    return this.state === 'live' ? this.sentBytes - this.parsedBytes : 0;
  }

  /** `tail`: the beginning of a sequence that the screen does not show yet. */
  join(tail: Uint8Array): void {
    this.state = 'joining';
    this.held = tail.length > 0 ? [tail] : [];
  }

  hold(bytes: Uint8Array): void {
    this.held.push(bytes);
  }

  goLive(screen: { data: string; cols: number; rows: number }): void {
    this.state = 'live';
    this.sentBytes = 0;
    this.parsedBytes = 0;
    this.progressMs = this.clock.elapsed();
    this.restore(screen);
    const held = this.held;
    this.held = [];
    forEachPiece(held, (bytes) => this.send(bytes));
  }

  private restore({ data, cols, rows }: { data: string; cols: number; rows: number }): void {
    const screen = { data, cols, rows };
    this.told.onRestore(this.hasSkipped ? { ...screen, hasSkipped: true } : screen);
    this.hasSkipped = false;
  }

  send(bytes: Uint8Array): void {
    if (this.isWatching && this.sentBytes - this.parsedBytes + bytes.length > highWaterBytes)
      this.lag();
    // What is left of what was held for it would come after a gap.
    if (this.state !== 'live') return;
    // From rest, the time to parse starts now.
    if (this.sentBytes === this.parsedBytes) this.progressMs = this.clock.elapsed();
    this.sentBytes += bytes.length;
    this.told.onData(bytes);
  }

  /**
   * Reports may come late or twice. One that was about the screen before counts too much at first, at most what was
   * sent since; the next ones make up for it.
   */
  acknowledge(parsedBytes: number): void {
    const parsed = Math.min(parsedBytes, this.sentBytes);
    if (!(parsed > this.parsedBytes)) return;
    this.parsedBytes = parsed;
    this.progressMs = this.clock.elapsed();
  }

  /** True when it holds the program up and has made no progress for too long. */
  isDead(): boolean {
    return this.unparsedBytes >= lowWaterBytes && this.clock.elapsed() - this.progressMs >= lagMs;
  }

  lag(): void {
    this.state = 'lagging';
    this.hasSkipped = true;
  }

  canRejoin(): boolean {
    return this.state === 'lagging' && this.sentBytes - this.parsedBytes < lowWaterBytes;
  }

  exit(screen: { data: string; cols: number; rows: number }, exit: TerminalExit): void {
    if (this.state !== 'live') this.restore(screen);
    this.state = 'gone';
    this.told.onExit(exit);
  }
}
