/**
 * Frames on a byte stream: `u32 length of the rest, u32 length of the head, head as JSON, body as it is`, both
 * numbers little-endian. Control is heads alone; output travels as body and is never turned into text.
 */

export interface Frame {
  readonly head: object;
  readonly body: Uint8Array;
}

const numberBytes = 4;
const noBody = new Uint8Array();

/** What precedes the body on the wire. */
export function frameStart(head: object, bodyBytes: number): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.allocUnsafe(2 * numberBytes);
  start.writeUInt32LE(numberBytes + text.length + bodyBytes, 0);
  start.writeUInt32LE(text.length, numberBytes);
  return Buffer.concat([start, text]);
}

/** Puts pieces of a stream together. After it threw, the stream has no frames any more. */
export class FrameReader {
  /** Of one frame; a longer one is no peer of ours. */
  maxBytes: number;
  private parts: Uint8Array[] = [];
  private have = 0;
  /** What the frame under way takes with its first number; 0 before that is known. */
  private need = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Throws for what is no frame. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    this.parts.push(chunk);
    this.have += chunk.length;
    while (this.have >= Math.max(this.need, numberBytes)) {
      if (this.need === 0) this.need = this.readNeed();
      if (this.have < this.need) break;
      const all = this.joined();
      frames.push(toFrame(all.subarray(numberBytes, this.need)));
      this.parts = [all.subarray(this.need)];
      this.have = all.length - this.need;
      this.need = 0;
    }
    return frames;
  }

  private readNeed(): number {
    const length = this.joined().readUInt32LE(0);
    if (length < numberBytes || length > this.maxBytes)
      throw new Error(`a frame of ${length} bytes; expected ${numberBytes} to ${this.maxBytes}`);
    return numberBytes + length;
  }

  private joined(): Buffer {
    const [only] = this.parts;
    const all =
      this.parts.length === 1 && only !== undefined
        ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
        : Buffer.concat(this.parts, this.have);
    this.parts = [all];
    return all;
  }
}

function toFrame(content: Buffer): Frame {
  const headEnd = numberBytes + content.readUInt32LE(0);
  if (headEnd > content.length) throw new Error('a head that is longer than its frame');
  const head: unknown = JSON.parse(content.toString('utf8', numberBytes, headEnd));
  if (typeof head !== 'object' || head === null) throw new Error('a head that is no object');
  return { head, body: headEnd === content.length ? noBody : content.subarray(headEnd) };
}
