/** Reads a file of a recording by page. The last line of a file may be torn, or be written right now: it counts for nothing. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type CastEvent, type PartHeader, parseEvent, parseHeader } from './cast-format.ts';
import { eventChars, pageBytes } from './limits.ts';

export interface PartHead extends PartHeader {
  /** Where its events begin, in bytes. */
  readonly bodyAt: number;
}

export interface PartPage {
  readonly events: readonly CastEvent[];
  /** Where the next page begins; undefined at the end of what is written. */
  readonly nextAt: number | undefined;
}

/** Without waiting for the other end of a pipe, and never what a link leads to. Windows has neither. */
const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;

const longestHead = 16 * 1024;
/** Every character may be escaped with six, and there is a little besides. */
const longestLine = eventChars * 6 + 1024;

/** Undefined when the file is gone, or its header is not whole. */
export async function readHead(file: string): Promise<PartHead | undefined> {
  return withFile(file, async (handle) => {
    const bytes = await readAt(handle, 0, longestHead);
    const end = bytes.indexOf('\n');
    const header = end < 0 ? undefined : parseHeader(bytes.toString('utf8', 0, end));
    return header && { ...header, bodyAt: end + 1 };
  });
}

/** The events from a place on, where a line begins. None of a file that is gone. */
export async function readPage(file: string, { atMs }: PartHead, from: number): Promise<PartPage> {
  const page = await withFile(file, async (handle) => {
    const bytes = await readAt(handle, from, pageBytes);
    const end = bytes.lastIndexOf('\n') + 1;
    return {
      events: toEvents(bytes.subarray(0, end), atMs),
      nextAt: end === 0 ? undefined : from + end,
    };
  });
  return page ?? { events: [], nextAt: undefined };
}

/** What was last written before a place (default: the end), as far as it lies in one page. */
export async function readBefore(
  file: string,
  { atMs, bodyAt }: PartHead,
  before?: number,
): Promise<readonly CastEvent[]> {
  const events = await withFile(file, async (handle) => {
    const end = before ?? (await handle.stat()).size;
    const from = Math.max(bodyAt, end - longestLine);
    const bytes = await readAt(handle, from, end - from);
    // The first line is cut, unless the page begins with the body.
    const start = from === bodyAt ? 0 : bytes.indexOf('\n') + 1;
    return toEvents(bytes.subarray(start), atMs);
  });
  return events ?? [];
}

/** All of them, page by page. */
export async function* eventsOf(
  file: string,
  head: PartHead,
): AsyncGenerator<readonly CastEvent[]> {
  let at: number | undefined = head.bodyAt;
  while (at !== undefined) {
    const page: PartPage = await readPage(file, head, at);
    yield page.events;
    at = page.nextAt;
  }
}

function toEvents(bytes: Buffer, fromMs: number): CastEvent[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .map((line) => parseEvent(line, fromMs))
    .filter((event) => event !== undefined);
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

async function withFile<T>(
  file: string,
  use: (handle: FileHandle) => Promise<T>,
): Promise<T | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  } catch (error) {
    // The oldest go while somebody reads; and what is a link is none of ours.
    if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  try {
    return (await handle.stat()).isFile() ? await use(handle) : undefined;
  } finally {
    await handle.close();
  }
}
