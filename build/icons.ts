// The icons of every system, drawn from build/icon.svg: nothing that can be made from it is kept.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { fromRoot } from './paths.mjs';

interface Icons {
  readonly icns: string;
  readonly ico: string;
  /** One PNG for each size, named by it. */
  readonly folder: string;
}

/** What desktops of Linux look for; 16 is what a tray and a task list show. */
const pngSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
/** Apple’s name of each size that may be a PNG: twice as many pixels as its side for dense screens. */
const icnsSizes = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
};
/** Of 1024: macOS draws all icons on a grid with this much room around; without, ours would be larger than its neighbours. */
const macMargin = 100;

export async function makeIcons(folder: string): Promise<Icons> {
  const svg = readFileSync(fromRoot('build/icon.svg'));
  const places = { icns: join(folder, 'icon.icns'), ico: join(folder, 'icon.ico'), folder };
  mkdirSync(folder, { recursive: true });
  for (const size of pngSizes)
    writeFileSync(join(folder, `${size}x${size}.png`), await draw(svg, size));
  const inIco = await Promise.all(
    icoSizes.map(async (size) => [size, await draw(svg, size)] as const),
  );
  writeFileSync(places.ico, toIco(inIco));
  const named = Object.entries(icnsSizes);
  const inIcns = await Promise.all(
    named.map(async ([name, size]) => [name, await drawMac(svg, size)] as const),
  );
  writeFileSync(places.icns, toIcns(inIcns));
  return places;
}

/** Beside the clock, on a plain screen and on a dense one; what systems draw in the colour of their bar is black and clear. */
export async function makeTrayIcons(folder: string): Promise<void> {
  const svg = readFileSync(fromRoot('build/icon.svg'));
  const plain = svg
    .toString()
    .replace(/<rect[^>]*>/, '')
    .replace(/stroke="#fff"/, 'stroke="#000"')
    .replace(/fill="#ffc65c" stroke="#4c48bb"/, 'fill="#000" stroke="none"');
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of [
    ['tray', svg],
    ['trayTemplate', Buffer.from(plain)],
  ] as const) {
    writeFileSync(join(folder, `${name}.png`), await draw(source, 16));
    writeFileSync(join(folder, `${name}@2x.png`), await draw(source, 32));
  }
}

function draw(svg: Buffer, size: number): Promise<Buffer> {
  // Drawn at four times its size and then reduced: edges that fall between pixels come out evenly.
  const density = (72 * size * 4) / 32;
  return sharp(svg, { density }).resize(size, size).png({ compressionLevel: 9 }).toBuffer();
}

async function drawMac(svg: Buffer, size: number): Promise<Buffer> {
  const margin = Math.round((macMargin * size) / 1024);
  const inner = await draw(svg, size - 2 * margin);
  const around = { top: margin, bottom: margin, left: margin, right: margin };
  return sharp(inner)
    .extend({ ...around, background: '#0000' })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** A table of sizes, then the pictures; 256 does not fit into a byte and is written as 0. */
function toIco(pictures: readonly (readonly [number, Buffer])[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, [size, data]] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pictures.map(([, data]) => data)]);
}

/** Each picture with its name and length before it, and the same before all of them. */
function toIcns(pictures: readonly (readonly [string, Buffer])[]): Buffer {
  const boxed = pictures.map(([name, data]) => box(name, data));
  return box('icns', Buffer.concat(boxed));
}

function box(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(8 + data.length, 4);
  return Buffer.concat([head, data]);
}
