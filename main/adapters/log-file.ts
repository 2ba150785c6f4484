/**
 * The desktop's log as a file, for an app whose stderr nobody sees: this run's and the one before, each bounded. Nothing is waited for:
 * a disk that takes nothing costs lines.
 */
import { appendFile, mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DestinationStream } from 'pino';

/** Of one file, bytes. What a run says beyond it is left out, and said to be. */
const mostBytes = 4 * 1024 * 1024;
/** A start goes on in the file of the run before up to this, bytes. */
const fullBytes = 1024 * 1024;

export interface LogFile {
  readonly path: string;
  readonly stream: DestinationStream;
  /** Its end: whole lines, oldest first. Empty where it cannot be read. */
  tail(bytes: number): Promise<string>;
}

export async function openLogFile(folder: string, name: string): Promise<LogFile> {
  const file = path.join(folder, `${name}.log`);
  let bytes = await sizeOf(file);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
  if (bytes > fullBytes) {
    await rename(file, path.join(folder, `${name}.1.log`)).catch(() => undefined);
    bytes = 0;
  }
  let writing = Promise.resolve();
  const write = (text: string) => {
    writing = writing.then(() => appendFile(file, text, { mode: 0o600 })).catch(() => undefined);
  };
  return {
    path: file,
    stream: {
      write(line) {
        if (bytes > mostBytes) return;
        bytes += line.length;
        write(bytes > mostBytes ? '{"msg":"more was logged than is kept"}\n' : line);
      },
    },
    async tail(most) {
      await writing;
      return tailOf(file, most).catch(() => '');
    },
  };
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function tailOf(file: string, most: number): Promise<string> {
  const from = await open(file, 'r');
  try {
    const { size } = await from.stat();
    const start = Math.max(0, size - most);
    const into = { buffer: Buffer.alloc(size - start), position: start };
    const { buffer, bytesRead } = await from.read(into);
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await from.close();
  }
}
