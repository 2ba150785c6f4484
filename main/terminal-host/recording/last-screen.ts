/** The last screen of a terminal from its recording: for who lost the host that had it. */
import type { Clock } from '../../base/clock.ts';
import { Mirror, type Screen } from '../mirror.ts';
import { parseSize } from './cast-format.ts';
import { eventsOf, type PartHead, readHead } from './part-reader.ts';
import { storedRecordings } from './stored-recordings.ts';

export interface RecordedScreen extends Screen {
  /** What is visible, without colours. */
  readonly text: string;
}

export interface LastScreenAsk {
  readonly folder: string;
  /** Of the terminal: `<agent>.<session>`; its newest recording counts. */
  readonly name: string;
  readonly clock: Clock;
}

/** As it was when it was last written, at most a second before the end; undefined when nothing of it was recorded. */
export async function lastScreenOf({
  folder,
  name,
  clock,
}: LastScreenAsk): Promise<RecordedScreen | undefined> {
  const recording = (await storedRecordings(folder, name)).find((one) => one.name === name);
  // The newest file is whole by itself, unless it was torn at its very beginning.
  for (const { path } of recording?.parts.toReversed() ?? []) {
    const head = await readHead(path);
    if (head !== undefined) return screenAfter(path, head, clock);
  }
  return undefined;
}

async function screenAfter(
  file: string,
  head: PartHead,
  clock: Clock,
): Promise<RecordedScreen | undefined> {
  const { cols, rows } = head;
  const ignored = {
    onProgress: () => undefined,
    onReply: () => undefined,
    onDefect: () => undefined,
  };
  const mirror = new Mirror({ cols, rows, clock, ...ignored });
  try {
    for await (const events of eventsOf(file, head)) {
      for (const { code, text } of events) {
        const size = code === 'r' ? parseSize(text) : undefined;
        if (code === 'o') mirror.write(Buffer.from(text));
        else if (size !== undefined) mirror.resize(size.cols, size.rows);
      }
      await mirror.settled();
    }
    const screen = await new Promise<Screen | undefined>((resolve) =>
      mirror.screenInOrder(resolve),
    );
    return screen && { ...screen, text: mirror.text() };
  } finally {
    mirror.dispose();
  }
}
