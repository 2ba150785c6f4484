// Pictures to commit: one colour, as large as asked, a few bytes.

import { crc32, deflateSync } from 'node:zlib';

/** PNG of one colour (`r, g, b`, 0 to 255). With `rows` fewer than its height it is damaged, and stays small. */
export function makePng(
  width: number,
  height: number,
  { color = [200, 60, 60], rows = height }: { color?: readonly number[]; rows?: number } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, true colour, no interlace
  const row = Buffer.from([0, ...Array.from({ length: width }, () => color).flat()]);
  const lines = Buffer.concat(Array.from({ length: rows }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND')];
  return Buffer.concat([signature, ...parts]);
}

function chunk(name: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
