// What a browser's screenshot shows, pixel by pixel: PNG of 8 bits in true colour, not interlaced, which is what they all are.

import { inflateSync } from 'node:zlib';
import type { Pixels } from '../pictures/grid.ts';

export function readPng(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [bits, kind, interlace] = [png[24], png[25], png[28]];
  if (bits !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0)
    throw new Error(`this PNG (${bits} bits, colour type ${kind}) is none of a browser's`);
  const channels = kind === 6 ? 4 : 3;
  const lines = inflateSync(Buffer.concat(dataOf(png)));
  const stride = width * channels;
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const line = { filter: lines[start], bytes: lines.subarray(start + 1, start + 1 + stride) };
    unfilter(line, { data, at: y * stride, stride, channels });
  }
  return { width, height, channels, data };
}

function dataOf(png: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const begin = at + 8;
    if (png.toString('latin1', at + 4, begin) === 'IDAT')
      parts.push(png.subarray(begin, begin + length));
    at = begin + length + 4;
  }
  return parts;
}

interface Into {
  readonly data: Uint8Array;
  /** Where this line begins. */
  readonly at: number;
  readonly stride: number;
  readonly channels: number;
}

/** Each byte was written as what it is more than the one a filter foretells. */
function unfilter(line: { filter: number | undefined; bytes: Buffer }, into: Into): void {
  const { data, at, stride, channels } = into;
  for (const [x, byte] of line.bytes.entries()) {
    const left = x < channels ? 0 : (data[at + x - channels] ?? 0);
    const up = data[at + x - stride] ?? 0;
    const corner = x < channels ? 0 : (data[at + x - stride - channels] ?? 0);
    data[at + x] = byte + foretold(line.filter, left, { up, corner });
  }
}

function foretold(
  filter: number | undefined,
  left: number,
  { up, corner }: { up: number; corner: number },
): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return nearest(left, up, corner);
    default:
      throw new Error(`PNG has no filter ${filter}`);
  }
}

/** Paeth's: which of the three is nearest to left + up - corner. */
function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp] = [Math.abs(up - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
