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
  // A line of nothing stands before the first, and a pixel of nothing before each line: so none is a case of its own.
  const row = channels + stride;
  const data = new Uint8Array(row * (height + 1));
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const at = (y + 1) * row + channels;
    data.set(lines.subarray(start + 1, start + 1 + stride), at);
    unfilter(lines[start] ?? 0, data, { at, stride, channels });
  }
  return { width, height, channels, data: withoutNothing(data, { row, stride, channels }) };
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

interface Line {
  readonly at: number;
  readonly stride: number;
  readonly channels: number;
}

/** Each byte was written as what it is more than a filter foretells. By plain loops: a picture has four million of them. */
function unfilter(filter: number, data: Uint8Array, { at, stride, channels }: Line): void {
  const foretell = filters[filter];
  if (foretell === undefined) throw new Error(`PNG has no filter ${filter}`);
  if (filter === 0) return;
  const above = at - stride - channels;
  for (let x = 0; x < stride; x += 1) {
    const left = data[at + x - channels] ?? 0;
    const corner = data[above + x - channels] ?? 0;
    data[at + x] = (data[at + x] ?? 0) + foretell(left, data[above + x] ?? 0, corner);
  }
}

type Foretell = (left: number, up: number, corner: number) => number;

const filters: readonly Foretell[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  // Paeth's: which of the three is nearest to left + up - corner.
  (left, up, corner) => {
    const toLeft = Math.abs(up - corner);
    const toUp = Math.abs(left - corner);
    const toCorner = Math.abs(left + up - 2 * corner);
    if (toLeft <= toUp && toLeft <= toCorner) return left;
    return toUp <= toCorner ? up : corner;
  },
];

function withoutNothing(
  data: Uint8Array,
  { row, stride, channels }: { row: number; stride: number; channels: number },
): Uint8Array {
  const height = data.length / row - 1;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const start = (y + 1) * row + channels;
    pixels.set(data.subarray(start, start + stride), y * stride);
  }
  return pixels;
}
