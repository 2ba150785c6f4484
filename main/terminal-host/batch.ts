/** Collects output for a moment, so that viewers get few large pieces; an echo does not wait. */
import type { Clock } from '../base/clock.ts';
import { batchBytes, batchMs, echoBytes, echoMs } from './limits.ts';

export class Batch {
  private readonly clock: Clock;
  private readonly send: (bytes: Uint8Array) => void;
  private parts: Uint8Array[] = [];
  private partBytes = 0;
  private inputMs = Number.NEGATIVE_INFINITY;
  private cancelFlush: (() => void) | undefined;

  constructor(clock: Clock, send: (bytes: Uint8Array) => void) {
    this.clock = clock;
    this.send = send;
  }

  /** Somebody typed: what comes back next is urgent. */
  expectEcho(): void {
    this.inputMs = this.clock.elapsed();
  }

  push(bytes: Uint8Array): void {
    if (this.partBytes + bytes.length > batchBytes) this.flush();
    this.parts.push(bytes);
    this.partBytes += bytes.length;
    if (this.partBytes >= batchBytes || this.isEcho()) this.flush();
    else this.cancelFlush ??= this.clock.schedule(() => this.flush(), batchMs);
  }

  flush(): void {
    this.cancelFlush?.();
    this.cancelFlush = undefined;
    const parts = this.parts;
    if (parts.length === 0) return;
    this.parts = [];
    this.partBytes = 0;
    forEachPiece(parts, this.send);
  }

  private isEcho(): boolean {
    return this.partBytes <= echoBytes && this.clock.elapsed() - this.inputMs <= echoMs;
  }
}

/** Gives the bytes on in order, in pieces of at most 64 KiB. */
export function forEachPiece(
  parts: readonly Uint8Array[],
  send: (bytes: Uint8Array) => void,
): void {
  const [only] = parts;
  const all = parts.length === 1 && only ? only : Buffer.concat(parts);
  for (let at = 0; at < all.length; at += batchBytes) send(all.subarray(at, at + batchBytes));
}
