/**
 * xterm puts a character together that comes in two pieces, but not one whose first piece ends in the byte 0x80, as
 * that of every dash and curly quote does: it takes a byte of the next character instead. So it gets whole ones only.
 */
export class WholeCharacters {
  /** The beginning of a character, at most three bytes. */
  private cut = new Uint8Array();

  push(bytes: Uint8Array): Uint8Array {
    const { cut } = this;
    const all = cut.length === 0 ? bytes : new Uint8Array(cut.length + bytes.length);
    if (cut.length > 0) {
      all.set(cut);
      all.set(bytes, cut.length);
    }
    const end = all.length - cutLength(all);
    this.cut = Uint8Array.from(all.subarray(end));
    return all.subarray(0, end);
  }
}

/** Bytes at the end that are the beginning of a character. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0;
  }
  return 0;
}

function lengthOf(lead: number): number {
  if (lead >= 0xf8) return 1;
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}
