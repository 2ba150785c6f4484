/**
 * Output as the screen reads it: characters that are cut by the border of a chunk are put together, and bytes that are
 * no character are left out, as xterm does. A recording has text alone, and replayed it must give the same cells.
 */

/** What a decoder says of bytes that are no character; a program may print it, too. */
const replacement = '\ufffd';
const replacementBytes = Buffer.from(replacement);

export class OutputText {
  /** The beginning of a character, at most three bytes. */
  private cut: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): string {
    const all = this.cut.length === 0 ? toBuffer(bytes) : Buffer.concat([this.cut, bytes]);
    const end = all.length - cutLength(all);
    this.cut = Uint8Array.from(all.subarray(end));
    return toText(all.subarray(0, end));
  }

  /** The output goes on somewhere else. */
  reset(): void {
    this.cut = new Uint8Array();
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Bytes at the end that are the beginning of a character. */
function cutLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0;
  }
  return 0;
}

function lengthOf(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
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
