/** The last screen of a terminal from its recording: for who lost the host that had it. */
import type { Clock } from '../../base/clock.ts';
import type { TerminalSize } from '../../features/terminals/ports.ts';
import { Mirror, type Screen } from '../mirror.ts';
import { parseSize } from './cast-format.ts';
import type { RecordingKey } from './file-names.ts';
import { maxPlayedCells } from './limits.ts';
import { eventsOf, type PartHead, readHead } from './part-reader.ts';
import { storedRecordings } from './stored-recordings.ts';

export interface RecordedScreen extends Screen {
  /** What is visible, without colours. */
  readonly text: string;
}

/** Which recording, and in which folder. */
export interface RecordedAt extends RecordingKey {
  readonly folder: string;
}

export interface LastScreenAsk extends Omit<RecordedAt, 'startMs'> {
  /** Left out: the newest of that name. */
  readonly startMs?: number;
  readonly clock: Clock;
  /** Ends the reading, with nothing. */
  readonly signal?: AbortSignal;
}

/**
 * As it was when it was last written, at most a second before the end; undefined when nothing of it was recorded. The
 * loop is never held for longer than a slice of output takes, whatever stands in the file.
 */
export async function lastScreenOf(ask: LastScreenAsk): Promise<RecordedScreen | undefined> {
  const { folder, name, startMs } = ask;
  const recording = (await storedRecordings(folder, name)).find(
    (one) => one.name === name && (startMs === undefined || one.startMs === startMs),
  );
  // The newest file is whole by itself, unless it was torn at its very beginning.
  for (const { path } of recording?.parts.toReversed() ?? []) {
    const head = await readHead(path);
    if (head !== undefined) return screenAfter(path, head, ask);
  }
  return undefined;
}

async function screenAfter(
  file: string,
  head: PartHead,
  { clock, signal }: LastScreenAsk,
): Promise<RecordedScreen | undefined> {
  const { cols, rows } = head;
  if (!isPlayed(head)) return undefined;
  const ignored = {
    onProgress: () => undefined,
    onReply: () => undefined,
    onDefect: () => undefined,
  };
  const mirror = new Mirror({ cols, rows, clock, ...ignored });
  try {
    for await (const events of eventsOf(file, head)) {
      for (const { code, text } of events) {
        if (signal?.aborted) return undefined;
        if (code === 'o') mirror.write(Buffer.from(text));
        else if (code === 'r') await resizeTo(mirror, parseSize(text), clock);
      }
      await mirror.settled();
    }
    if (signal?.aborted) return undefined;
    const screen = await new Promise<Screen | undefined>((resolve) =>
      mirror.screenInOrder(resolve),
    );
    return screen && { ...screen, text: mirror.text() };
  } finally {
    mirror.dispose();
  }
}

/** Each may wrap every line anew: a file of nothing else must not hold the loop. */
async function resizeTo(
  mirror: Mirror,
  size: TerminalSize | undefined,
  clock: Clock,
): Promise<void> {
  if (size === undefined || !isPlayed(size)) return;
  mirror.resize(size.cols, size.rows);
  await mirror.settled();
  await new Promise<void>((resolve) => clock.soon(resolve));
}

/** No page asks for more, and each cell takes memory. */
function isPlayed({ cols, rows }: TerminalSize): boolean {
  return Math.max(cols, rows) <= maxPlayedCells;
}
