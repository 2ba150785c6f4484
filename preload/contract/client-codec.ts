/**
 * A page's frames as messages, the same over a WebSocket and a message port: JSON text of bounded size.
 * The other direction is frame-codec.ts.
 */
import type { ClientFrame } from './bridge.ts';

/** UTF-8 bytes of one message. A socket that gets more is closed by its host, so a page must not try. */
export const maxClientMessageBytes = 2 * 1024 * 1024;

export function encodeClientFrame(frame: ClientFrame): string {
  return JSON.stringify(frame);
}

/** Parsed but not yet checked; undefined for whatever is no JSON text of bounded size. */
export function decodeClientMessage(message: unknown): unknown {
  if (typeof message !== 'string' || message.length > maxClientMessageBytes) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

/** True when a frame is small enough to be sent. */
export function fitsMessage(frame: ClientFrame): boolean {
  const text = encodeClientFrame(frame);
  // At most three bytes per UTF-16 unit: nearly every frame is decided by its length alone.
  return text.length * 3 <= maxClientMessageBytes || utf8Bytes(text) <= maxClientMessageBytes;
}

/** How long a text is in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isSurrogate ? 2 : 3;
  }
  return bytes;
}
