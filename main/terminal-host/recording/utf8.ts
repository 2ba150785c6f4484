/**
 * Output as the screen reads it: characters that are cut by the border of a chunk are put together, and bytes that are
 * no character are left out, as xterm does. A recording has text alone, and replayed it must give the same cells.
 */
import { WholeCharacters } from '../../../preload/contract/xterm/whole-characters.ts';

/** What a decoder says of bytes that are no character; a program may print it, too. */
const replacement = '\ufffd';
const replacementBytes = Buffer.from(replacement);

export class OutputText {
  private whole = new WholeCharacters();

  push(bytes: Uint8Array): string {
    return toText(toBuffer(this.whole.push(bytes)));
  }

  /** The output goes on somewhere else. */
  reset(): void {
    this.whole = new WholeCharacters();
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function toText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes(replacement)) return text;
  // Those that the program printed itself stay.
  return splitAt(bytes, replacementBytes)
    .map((part) => part.toString('utf8').replaceAll(replacement, ''))
    .join(replacement);
}

function splitAt(bytes: Buffer, separator: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + separator.length;
  }
  return [...parts, bytes.subarray(from)];
}
