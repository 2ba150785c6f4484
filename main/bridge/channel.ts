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
  /** What the page sent, as `decodeClientMessage` made it: parsed, not yet checked. */
  onFrame(listener: (raw: unknown) => void): void;
  /** Told once, however the channel ended. */
  onClose(listener: () => void): void;
  close(reason?: CloseReason): void;
  /** Bytes sent that the page has not taken yet. */
  pendingBytes(): number;
}
