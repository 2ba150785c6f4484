/** One connection between a hub and the terminal host, as frames. Whoever opened it ends it. */
import type { Socket } from 'node:net';
import { type Clock, sleep } from '../../base/clock.ts';
import { type Frame, FrameReader, frameStart } from './frames.ts';

/** A full scrollback of a wide terminal, each cell in a colour of its own, is half of this. */
export const maxFrameBytes = 64 * 1024 * 1024;
/** What a peer that has not proved itself may send at once. */
export const maxHelloBytes = 4096;

export class Wire {
  /** Resolves when nothing comes any more, whoever ended it. */
  readonly closed: Promise<void>;
  /** What came was no frame: whatever it is, it does not speak our language. */
  isGarbled = false;
  private readonly socket: Socket;
  private readonly reader = new FrameReader(maxHelloBytes);
  private early: Frame[] = [];
  private listener: ((frame: Frame) => void) | undefined;
  private waiting: ((frame: Frame | undefined) => void) | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    // Its end is told by `close`; what went wrong matters to nobody.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.waiting?.(undefined);
        resolve();
      });
    });
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  send(head: object, body?: Uint8Array): void {
    if (this.socket.destroyed) return;
    const start = frameStart(head, body?.length ?? 0);
    if (body === undefined) {
      this.socket.write(start);
      return;
    }
    this.socket.cork();
    this.socket.write(start);
    this.socket.write(body);
    this.socket.uncork();
  }

  /** The peer has proved itself: frames may be long now. */
  trust(): void {
    this.reader.maxBytes = maxFrameBytes;
  }

  /** The next frame; undefined when none came within the bound, or the connection ended. */
  async next(clock: Clock, boundMs: number): Promise<Frame | undefined> {
    const early = this.early.shift();
    if (early !== undefined) return early;
    if (this.socket.destroyed) return undefined;
    const over = new AbortController();
    const frame = new Promise<Frame | undefined>((resolve) => {
      this.waiting = resolve;
    });
    const late = sleep(clock, boundMs, over.signal).then(() => undefined);
    const first = await Promise.race([frame, late]);
    over.abort();
    this.waiting = undefined;
    return first;
  }

  /** Frames go to the listener from now on; those that came already, at once. */
  listen(listener: (frame: Frame) => void): void {
    this.listener = listener;
    for (const frame of this.early.splice(0)) listener(frame);
  }

  /** After all that was sent. */
  end(): void {
    this.socket.end();
    this.socket.destroySoon();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    try {
      for (const frame of this.reader.push(chunk)) this.give(frame);
    } catch {
      this.isGarbled = true;
      this.socket.destroy();
    }
  }

  private give(frame: Frame): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined) waiting(frame);
    else if (this.listener !== undefined) this.listener(frame);
    else this.early.push(frame);
  }
}
