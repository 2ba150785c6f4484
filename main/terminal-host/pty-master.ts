/**
 * Our end of a pty on Unix, whoever made it: output, input, and its closing. Mends node-pty where that throws last output
 * away 200 ms after the program's end, when the reader was paused or late. Frozen, it reads and writes nothing, so that
 * another process can go on with the descriptor at exactly the next byte.
 */
import { native } from 'node-pty';
import type { Clock } from '../base/clock.ts';
import { lastOutputMs, lastOutputQuietMs } from './limits.ts';
import { PtyInput } from './pty-input.ts';

/** What reads the descriptor: node-pty's own stream, or one like it. */
export interface MasterSocket {
  /** What libuv reads with; null when it is closed. */
  readonly _handle?: { reading: boolean; readStart(): unknown; readStop(): unknown } | null;
  destroy(error?: Error): unknown;
  pause(): unknown;
  resume(): unknown;
  /** All that was read and not given on; giving it on is part of it. */
  read(): unknown;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
}

export interface MasterOptions {
  readonly socket: MasterSocket;
  readonly fd: number;
  readonly clock: Clock;
  /** Until `thaw`. */
  readonly isFrozen: boolean;
}

export class PtyMaster {
  readonly fd: number;
  readonly input: PtyInput;
  /** Its program is gone, and what is left in the kernel is small: nothing pauses any more. */
  isEnding = false;
  private isClosed = false;
  private readonly socket: MasterSocket;
  private readonly clock: Clock;
  private readonly close: (error?: Error) => void;
  private isFrozen: boolean;
  private isWanted = true;
  /** Somebody was done with it while it was frozen. */
  private isDone = false;
  private quietSinceMs = 0;

  constructor({ socket, fd, clock, isFrozen }: MasterOptions) {
    this.socket = socket;
    this.fd = fd;
    this.clock = clock;
    this.isFrozen = isFrozen;
    this.input = new PtyInput(fd, clock);
    if (isFrozen) {
      this.input.hold();
      socket.pause();
    }
    const destroy = socket.destroy;
    this.close = (error) => void this.input.stop().then(() => destroy.call(socket, error));
    socket.destroy = (error) => {
      this.finish(error);
      return socket;
    };
    socket.on('data', () => {
      this.quietSinceMs = clock.elapsed();
    });
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  /** Neither its program nor the other end is gone. */
  get isOpen(): boolean {
    return !this.isEnding && !this.isClosed && !this.isDone;
  }

  pause(): void {
    this.isWanted = false;
    if (!this.isFrozen && !this.isEnding) this.socket.pause();
  }

  resume(): void {
    this.isWanted = true;
    if (!this.isFrozen) this.socket.resume();
  }

  /** What was read has been given on when it returns, and nothing is written any more when it resolves. */
  async freeze(): Promise<void> {
    this.isFrozen = true;
    this.socket.pause();
    while (this.socket.read() !== null);
    const { _handle: handle } = this.socket;
    if (handle) {
      // A read of the stream started it again; the loop has had no turn since.
      handle.reading = false;
      handle.readStop();
    }
    await this.input.hold();
  }

  thaw(): void {
    if (!this.isFrozen) return;
    this.isFrozen = false;
    this.input.goOn();
    const { _handle: handle } = this.socket;
    if (handle) {
      // The stream believes that it is being read.
      handle.reading = true;
      handle.readStart();
    }
    if (this.isWanted) this.socket.resume();
    if (this.isDone) this.finish();
  }

  /** Frozen before: it is closed here, and what another process has of it stays. */
  release(): void {
    this.isEnding = true;
    this.close();
  }

  private finish(error?: Error): void {
    // With an error the kernel said itself that nothing more comes.
    if (error || this.isEnding) this.close(error);
    else if (this.isFrozen) this.isDone = true;
    else this.drain();
  }

  private drain(): void {
    const { clock } = this;
    this.isEnding = true;
    const startMs = clock.elapsed();
    this.quietSinceMs = startMs;
    this.socket.resume();
    const look = () => {
      const nowMs = clock.elapsed();
      const isQuiet = nowMs - this.quietSinceMs >= lastOutputQuietMs;
      if (isQuiet || nowMs - startMs >= lastOutputMs) this.close();
      else clock.schedule(look, lastOutputQuietMs);
    };
    clock.schedule(look, lastOutputQuietMs);
  }
}

/** node-pty resizes only what it has started itself; its native half takes any descriptor. */
export function resizeMaster(fd: number, cols: number, rows: number): void {
  // Cells have no size in pixels here.
  native?.resize(fd, cols, rows, 0, 0);
}
