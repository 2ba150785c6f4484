/**
 * What a session needs of a transport. A WebSocket and an Electron message port both look like this, and both
 * carry the same messages: text or bytes as preload/contract/frame-codec.ts makes them.
 */
import type { ServerFrame } from '../../preload/contract/bridge.ts';

/** Why the host ends a channel; a transport that has close codes tells the page. */
export type CloseReason = 'refused' | 'going-away' | 'overflow';

export interface Channel {
  /** Never throws; after the end it does nothing. */
  send(frame: ServerFrame): void;
  /** What the page sent, parsed from JSON but not yet checked; `undefined` for what is no JSON text. */
  onFrame(listener: (raw: unknown) => void): void;
  /** Told once, however the channel ended. */
  onClose(listener: () => void): void;
  close(reason?: CloseReason): void;
  /** Bytes sent that the page has not taken yet. */
  pendingBytes(): number;
}

/** Bytes of one message from a page. The longest legitimate one is a command with a long text. */
export const maxMessageBytes = 2 * 1024 * 1024;

/** A message as it arrived, parsed. Anything that is no JSON text of bounded size comes out as undefined. */
export function decodeClientMessage(message: unknown): unknown {
  if (typeof message !== 'string' || message.length > maxMessageBytes) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
