/**
 * Input for a pty, in order, without ever waiting in the event loop. node-pty's own `write` hands a pty to libuv
 * as a blocking stream: when the program reads nothing and the kernel's few KiB are full, it spins for ever and
 * takes every other terminal with it. The descriptor itself does not block, so it is written through the thread
 * pool, and what did not fit is tried again a little later.
 */
import { write as writeDescriptor } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import { inputRetryMs, maxInputBytes } from './limits.ts';

export class PtyInput {
  /** All that the kernel took so far, and when it last took some, by the clock's `elapsed`. */
  readonly taken = { bytes: 0, atMs: 0 };
  private readonly clock: Clock;
  private readonly fd: number;
  private queue: Uint8Array[] = [];
  private queuedBytes = 0;
  /** What was thrown away must not come back with the rest of a write that is under way. */
  private discards = 0;
  private retryMs = inputRetryMs.first;
  private isWriting = false;
  private isStopped = false;
  private isHeld = false;
  private cancelRetry: (() => void) | undefined;
  private waiters: Array<() => void> = [];
  private onWritten: (() => void) | undefined;

  constructor(fd: number, clock: Clock) {
    this.fd = fd;
    this.clock = clock;
  }

  /** False when it was refused because too much is waiting already. */
  write(bytes: Uint8Array): boolean {
    if (this.isStopped || bytes.length === 0) return true;
    if (this.queuedBytes + bytes.length > maxInputBytes) return false;
    this.queue.push(bytes);
    this.queuedBytes += bytes.length;
    this.go();
    return true;
  }

  /** Throws away what the kernel has not taken. */
  discard(): void {
    this.discards += 1;
    this.queue = [];
    this.queuedBytes = 0;
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    if (!this.isWriting) this.tell();
  }

  /** Resolves when the kernel has everything, or the pty is gone; also when it was thrown away. */
  drained(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** Nothing is written any more. Resolves when the descriptor may be closed: another file could get its number. */
  stop(): Promise<void> {
    this.isStopped = true;
    this.discard();
    return this.drained();
  }

  /** Collects what is written from now on. Resolves when no write is under way. */
  hold(): Promise<void> {
    this.isHeld = true;
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    if (!this.isWriting) return Promise.resolve();
    return new Promise((resolve) => {
      this.onWritten = resolve;
    });
  }

  goOn(): void {
    this.isHeld = false;
    this.go();
  }

  /** What the kernel has not taken. */
  waiting(): Uint8Array {
    return Buffer.concat(this.queue);
  }

  private isIdle(): boolean {
    return !this.isWriting && this.queue.length === 0;
  }

  private go(): void {
    if (this.isWriting || this.cancelRetry || this.isHeld) return;
    const head = this.queue.shift();
    if (head === undefined) return;
    const { discards } = this;
    this.isWriting = true;
    writeDescriptor(this.fd, head, 0, head.length, null, (error, written) => {
      this.isWriting = false;
      if (error && error.code !== 'EAGAIN' && error.code !== 'EINTR') void this.stop();
      else this.advance(discards === this.discards ? head : undefined, error ? 0 : written);
      if (this.isIdle()) this.tell();
      this.onWritten?.();
      this.onWritten = undefined;
    });
  }

  /** `head`: what was to be written; undefined when nobody wants the rest of it any more. */
  private advance(head: Uint8Array | undefined, written: number): void {
    this.taken.bytes += written;
    if (written > 0) this.taken.atMs = this.clock.elapsed();
    if (head !== undefined) {
      this.queuedBytes -= written;
      if (written < head.length) this.queue.unshift(head.subarray(written));
    }
    if (written > 0) {
      this.retryMs = inputRetryMs.first;
      this.go();
      return;
    }
    if (this.isHeld) return;
    this.cancelRetry = this.clock.schedule(() => {
      this.cancelRetry = undefined;
      this.go();
    }, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, inputRetryMs.last);
  }

  private tell(): void {
    const waiters = this.waiters;
    this.waiters = [];
    for (const resolve of waiters) resolve();
  }
}
