/**
 * Frames as WebSocket messages: JSON text, except live terminal output, which is binary:
 * four bytes attachment number (big endian), then the raw bytes. Terminal output is the only traffic that
 * comes in megabytes, and as JSON it would be escaped and parsed twice.
 */
import type { ServerFrame } from './bridge.ts';

const headerBytes = 4;

export function encodeServerFrame(frame: ServerFrame): string | Uint8Array {
  if (frame.k !== 'term.data') return JSON.stringify(frame);
  const message = new Uint8Array(headerBytes + frame.bytes.length);
  new DataView(message.buffer).setUint32(0, frame.ch);
  message.set(frame.bytes, headerBytes);
  return message;
}

/** Text or binary as received; throws SyntaxError on text that is no JSON. */
export function decodeServerFrame(message: string | ArrayBuffer): ServerFrame {
  if (typeof message === 'string') return JSON.parse(message) as ServerFrame;
  const ch = new DataView(message).getUint32(0);
  return { k: 'term.data', ch, bytes: new Uint8Array(message, headerBytes) };
}
