/**
 * Remembers the control sequence or character that the output has begun and not finished yet. A viewer may join
 * between any two bytes; the screen it gets does not hold that beginning, so it is sent ahead of the live bytes.
 * The states are those of the VT500 parser, as far as they decide where a sequence ends.
 */
import { maxTailBytes } from './limits.ts';

type State = 'ground' | 'escape' | 'csi' | 'string' | 'osc' | 'character';

/** What a viewer's parser needs to swallow the rest of a sequence that is too long to be kept. */
const headBytes = 64;

const escapeByte = 0x1b;
const stringStarts = new Set([...'PX^_'].map((char) => char.charCodeAt(0)));
const csiStart = '['.charCodeAt(0);
const oscStart = ']'.charCodeAt(0);

export class SequenceTail {
  private state: State = 'ground';
  /** Bytes that the character still needs. */
  private missing = 0;
  private lastByte = 0;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;

  push(bytes: Uint8Array): void {
    let start = this.state === 'ground' ? -1 : 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      const before = this.state;
      const isStart = this.step(byte);
      this.lastByte = byte;
      if (this.state === 'ground') start = -1;
      else if (isStart || before === 'ground') {
        start = at;
        this.forget();
      }
    }
    if (start < 0) this.forget();
    else this.keep(bytes.subarray(start));
  }

  /** The unfinished beginning, without what in it has taken effect already. */
  bytes(): Uint8Array {
    const all = Buffer.concat(this.kept);
    // Control characters inside of an escape sequence act at once, on the screen that was restored.
    if (this.state !== 'escape' && this.state !== 'csi') return all;
    return all.filter((byte) => byte >= 0x20 || byte === escapeByte);
  }

  /** True when the byte begins something. */
  private step(byte: number): boolean {
    if (byte === escapeByte) {
      this.state = 'escape';
      return true;
    }
    // CAN and SUB end everything.
    if (byte === 0x18 || byte === 0x1a) this.state = 'ground';
    else if (this.state === 'ground') this.inGround(byte);
    else if (this.state === 'character') return this.inCharacter(byte);
    else if (this.state === 'escape') this.inEscape(byte);
    else if (this.state === 'csi') this.inCsi(byte);
    else this.inString(byte);
    return false;
  }

  private inGround(byte: number): void {
    this.missing = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    if (this.missing > 0 && byte < 0xf8) this.state = 'character';
  }

  private inCharacter(byte: number): boolean {
    if (byte < 0x80 || byte > 0xbf) {
      this.state = 'ground';
      this.inGround(byte);
      return this.state !== 'ground';
    }
    this.missing--;
    if (this.missing === 0) this.state = this.lastByte === 0xc2 ? afterC1(byte) : 'ground';
    return false;
  }

  private inEscape(byte: number): void {
    if (byte < 0x30 || byte === 0x7f) return;
    if (byte === csiStart) this.state = 'csi';
    else if (byte === oscStart) this.state = 'osc';
    else this.state = stringStarts.has(byte) ? 'string' : 'ground';
  }

  private inCsi(byte: number): void {
    if (byte >= 0x40 && byte !== 0x7f) this.state = 'ground';
  }

  private inString(byte: number): void {
    const isBell = byte === 0x07 && this.state === 'osc';
    if (isBell || (byte === 0x9c && this.lastByte === 0xc2)) this.state = 'ground';
  }

  private keep(bytes: Uint8Array): void {
    if (this.keptBytes + bytes.length > maxTailBytes) {
      const head = Buffer.concat([...this.kept, bytes]).subarray(0, headBytes);
      this.kept = [Uint8Array.from(head)];
      // From here on it is too long for ever, until it ends.
      this.keptBytes = maxTailBytes;
      return;
    }
    this.kept.push(bytes);
    this.keptBytes += bytes.length;
  }

  private forget(): void {
    if (this.keptBytes === 0) return;
    this.kept = [];
    this.keptBytes = 0;
  }
}

/** C1 controls come as two bytes in UTF-8, and introduce sequences like their ESC spellings. */
function afterC1(byte: number): State {
  if (byte === 0x9b) return 'csi';
  if (byte === 0x9d) return 'osc';
  return byte === 0x90 || byte === 0x98 || byte === 0x9e || byte === 0x9f ? 'string' : 'ground';
}
