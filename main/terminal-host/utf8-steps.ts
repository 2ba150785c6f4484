/** Bytes to code points one by one, as xterm reads them: what is no character counts for nothing, wherever it is cut. */
export class Utf8Steps {
  /** Bytes of the code point that `step` gave last. */
  lastLength = 1;
  private need = 0;
  private have = 0;
  private code = 0;

  /** In the middle of a character. */
  get isInside(): boolean {
    return this.have > 0;
  }

  /** The code point that ends with this byte. */
  step(byte: number): number | undefined {
    if (this.have > 0 && (byte & 0xc0) === 0x80) return this.goOn(byte);
    this.have = 0;
    if (byte < 0x80) {
      this.lastLength = 1;
      return byte;
    }
    if (byte >= 0xc0 && byte < 0xf8) this.begin(byte);
    return undefined;
  }

  private begin(lead: number): void {
    this.have = 1;
    this.need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    this.code = lead & (0xff >> (this.need + 1));
  }

  private goOn(byte: number): number | undefined {
    this.code = (this.code << 6) | (byte & 0x3f);
    this.have++;
    if (this.have < this.need) return undefined;
    this.lastLength = this.need;
    this.have = 0;
    return isCharacter(this.code, this.need) ? this.code : undefined;
  }
}

const least = [0, 0, 0x80, 0x800, 0x10000];
const byteOrderMark = 0xfeff;

function isCharacter(code: number, length: number): boolean {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code >= (least[length] ?? 0) && code <= 0x10ffff && !isSurrogate && code !== byteOrderMark;
}
