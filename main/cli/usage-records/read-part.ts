/** Parts of a file that grows, by whole lines. Never waits for a pipe that somebody put in its place. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Of one tell. A line that is longer says nothing that counts, and is passed over. */
export const partBytes = 2 * 1024 * 1024;
const firstBytes = 4_096;

export interface Part {
  readonly lines: readonly string[];
  readonly bytes: number;
}

/** Up to its last whole line; nothing where none has ended yet. */
export async function readPart(file: string, from: number): Promise<Part> {
  const buffer = await bytesOf(file, from, partBytes);
  const end = buffer.lastIndexOf(0x0a) + 1;
  if (end === 0) return { lines: [], bytes: buffer.length === partBytes ? partBytes : 0 };
  const lines = buffer.toString('utf8', 0, end - 1).split('\n');
  return { lines, bytes: end };
}

/** Its beginning, as far as that tells it from others. Undefined while its first line is still being written. */
export async function firstLine(file: string): Promise<string | undefined> {
  const buffer = await bytesOf(file, 0, firstBytes);
  const end = buffer.indexOf(0x0a);
  if (end < 0 && buffer.length < firstBytes) return undefined;
  return buffer.toString('utf8', 0, end < 0 ? firstBytes : end);
}

/** The same as long as it is the same file, however much is written to its end. */
export async function identityOf(file: string): Promise<string | undefined> {
  const first = await firstLine(file);
  return first && createHash('sha256').update(first).digest('hex').slice(0, 32);
}

async function bytesOf(file: string, from: number, most: number): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const info = await handle.stat();
    if (!info.isFile()) return Buffer.alloc(0);
    const buffer = Buffer.alloc(Math.max(0, Math.min(most, info.size - from)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
