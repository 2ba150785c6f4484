// A grid in few characters, for a file that is kept: a kilobyte or two where the cells themselves are thirty.

import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { columnsOf, type Grid, rowsOf } from './grid.ts';

/** What a mean is off its ground is kept the more roughly the more it is: by 2 or 3 levels near none, by 10 of 30. */
const [fineness, firstLevels] = [3, 12];

function rough(levels: number): number {
  return Math.sign(levels) * Math.round(fineness * Math.log1p(Math.abs(levels) / firstLevels));
}

function levelsOf(kept: number): number {
  return Math.sign(kept) * firstLevels * Math.expm1(Math.abs(kept) / fineness);
}

/** Grounds are few: which, and then of each cell its number. Means are told by what they are off their grounds, mostly grey. */
export function packGrid({ width, height, grounds, means }: Grid): string {
  const count = grounds.length / 3;
  const palette: number[] = [];
  const numbers = new Map<number, number>();
  const planes = Array.from({ length: 5 }, () => Buffer.alloc(count));
  const [low, high, red, green, blue] = planes as [Buffer, Buffer, Buffer, Buffer, Buffer];
  for (let cell = 0; cell < count; cell += 1) {
    const color = Buffer.from(grounds.buffer, grounds.byteOffset + cell * 3, 3).readUIntBE(0, 3);
    const number = numbers.get(color) ?? numbers.size;
    if (number === numbers.size) palette.push(color);
    numbers.set(color, number);
    low[cell] = number & 0xff;
    high[cell] = number >> 8;
    const [r = 0, g = 0, b = 0] = [0, 1, 2].map((channel) => {
      const at = cell * 3 + channel;
      return rough((means[at] ?? 0) - (grounds[at] ?? 0));
    });
    // A byte holds them modulo 256, which is enough to tell them.
    red[cell] = r & 0xff;
    green[cell] = (g - r) & 0xff;
    blue[cell] = (b - r) & 0xff;
  }
  const head = Buffer.alloc(6 + palette.length * 3);
  for (const [at, value] of [width, height, palette.length].entries())
    head.writeUInt16BE(value, at * 2);
  for (const [at, color] of palette.entries()) head.writeUIntBE(color, 6 + at * 3, 3);
  return brotliCompressSync(Buffer.concat([head, ...planes])).toString('base64');
}

export function unpackGrid(packed: string): Grid {
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64'));
  const [width, height, colors] = [0, 2, 4].map((at) => bytes.readUInt16BE(at)) as Triple;
  const count = columnsOf({ width, height }) * rowsOf({ width, height });
  const start = 6 + colors * 3;
  const [grounds, means] = [new Uint8Array(count * 3), new Uint8Array(count * 3)];
  const plane = (which: number, cell: number) => bytes[start + which * count + cell] ?? 0;
  for (let cell = 0; cell < count; cell += 1) {
    const number = plane(0, cell) | (plane(1, cell) << 8);
    const ground = bytes.subarray(6 + number * 3, 9 + number * 3);
    const red = signed(plane(2, cell));
    const off = [red, signed(plane(3, cell)) + red, signed(plane(4, cell)) + red];
    grounds.set(ground, cell * 3);
    for (const [channel, value] of ground.entries()) {
      const mean = Math.round(value + levelsOf(off[channel] ?? 0));
      means[cell * 3 + channel] = Math.max(0, Math.min(255, mean));
    }
  }
  return { width, height, grounds, means };
}

type Triple = [number, number, number];

function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}
