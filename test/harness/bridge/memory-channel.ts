// The host's end of a channel, held by the test: it sends as the page would and reads what the host sent.

import type { ClientFrame, ServerFrame } from '../../../preload/contract/bridge.ts';
import type { Channel, CloseReason } from '../../../main/bridge/channel.ts';

export class MemoryChannel implements Channel {
  readonly sent: ServerFrame[] = [];
  /** What `pendingBytes` says: how slow the page is. */
  pending = 0;
  closedFor: CloseReason | 'page' | undefined;
  private frameListener: (raw: unknown) => void = () => {};
  private closeListener: () => void = () => {};

  send(frame: ServerFrame): void {
    if (this.closedFor === undefined) this.sent.push(frame);
  }

  onFrame(listener: (raw: unknown) => void): void {
    this.frameListener = listener;
  }

  onClose(listener: () => void): void {
    this.closeListener = listener;
  }

  close(reason: CloseReason = 'going-away'): void {
    if (this.closedFor !== undefined) return;
    this.closedFor = reason;
    this.closeListener();
  }

  pendingBytes(): number {
    return this.pending;
  }

  /** The page sends a well-formed frame. */
  say(frame: ClientFrame): void {
    this.frameListener(frame);
  }

  /** The page sends anything at all. */
  sayRaw(raw: unknown): void {
    this.frameListener(raw);
  }

  /** The page goes: closed, reloaded, crashed. */
  leave(): void {
    if (this.closedFor !== undefined) return;
    this.closedFor = 'page';
    this.closeListener();
  }

  /** What was sent of one kind. */
  of<K extends ServerFrame['k']>(k: K): Array<Extract<ServerFrame, { k: K }>> {
    return this.sent.filter((frame): frame is Extract<ServerFrame, { k: K }> => frame.k === k);
  }
}

/** Resolves when everything that was ready to run has run: promises, then one turn of the loop. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
