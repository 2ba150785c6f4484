/**
 * Remembers the control sequence or character that the output has begun and not finished yet. A viewer may join
 * between any two bytes; the screen it gets does not hold that beginning, so it is sent ahead of the live bytes.
 * Where a sequence ends is asked of xterm's own table: hostile output is full of ends that no standard knows.
 */
import { maxTailBytes } from './limits.ts';
import { Utf8Steps } from './utf8-steps.ts';
import { parserTable } from './xterm-inside.ts';

const ground = 0;
const escaped = 1;
/** States up to this one run control characters at once, on the screen that was restored. */
const lastRunning = 6;
const osc = 8;
const escapeByte = 0x1b;
/** Codes that begin a sequence, whatever stands before them. */
const starts = new Set([escapeByte, 0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f]);

/** What a viewer's parser needs to swallow the rest of a sequence that is too long to be kept. */
const headBytes = 64;
/** Begins a command that has no number, and is heard by nobody. */
const deafOsc = Buffer.from('\x1b]x');

export class SequenceTail {
  private readonly table = parserTable();
  private readonly characters = new Utf8Steps();
  private state = ground;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;

  push(bytes: Uint8Array): void {
    let start = this.isAtRest() ? -1 : 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (start < 0 && byte >= 0x20 && byte < 0x7f) continue;
      const code = this.characters.step(byte);
      const isStart = code !== undefined && this.enter(code);
      if (this.isAtRest()) start = -1;
      else if (isStart) start = this.startAt(at - this.characters.lastLength + 1);
      else if (start < 0) start = this.startAt(at);
    }
    if (start < 0) this.forget();
    else this.keep(bytes.subarray(start));
  }

  /** The unfinished beginning, without what in it has taken effect already. */
  bytes(): Uint8Array {
    const all = Buffer.concat(this.kept);
    if (this.state === ground || this.state > lastRunning) return all;
    return all.filter((byte) => byte >= 0x20 || byte === escapeByte);
  }

  /** Before 0: its first byte was the last, or the one before, of what is kept. */
  private startAt(at: number): number {
    const begun = at < 0 ? Buffer.concat(this.kept).subarray(at) : undefined;
    this.forget();
    if (begun) this.keep(Uint8Array.from(begun));
    return Math.max(at, 0);
  }

  private isAtRest(): boolean {
    return this.state === ground && !this.characters.isInside;
  }

  /** True when the code begins a sequence. */
  private enter(code: number): boolean {
    const next = (this.table[(this.state << 8) | Math.min(code, 0xa0)] ?? 0) & 0x0f;
    // It ends a string and begins the next sequence at once.
    this.state = code === escapeByte ? escaped : next;
    return this.state !== ground && starts.has(code);
  }

  private keep(bytes: Uint8Array): void {
    if (this.keptBytes + bytes.length > maxTailBytes) {
      const head = Buffer.concat([...this.kept, bytes]).subarray(0, headBytes);
      this.kept = [this.state === osc ? deafOsc : Uint8Array.from(head)];
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
