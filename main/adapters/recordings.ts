/** The recordings feature's port: the files that the terminal host writes, read where they are. */
import type { Clock } from '../base/clock.ts';
import { MusherError, musherError, reasonOf } from '../base/result.ts';
import type {
  RecordingInfo,
  RecordingKey,
  RecordingPlace,
  Recordings,
} from '../features/recordings/ports.ts';
import { readExportPage } from '../terminal-host/recording/export-page.ts';
import { findText } from '../terminal-host/recording/find-text.ts';
import { readableParts, readLength, readPlayPage } from '../terminal-host/recording/play-page.ts';
import {
  type StoredRecording,
  storedRecordings,
} from '../terminal-host/recording/stored-recordings.ts';

export function createRecordings(options: {
  readonly folder: string;
  readonly clock: Clock;
}): Recordings {
  return new StoredRecordings(options);
}

class StoredRecordings implements Recordings {
  private readonly folder: string;
  private readonly clock: Clock;

  constructor({ folder, clock }: { readonly folder: string; readonly clock: Clock }) {
    this.folder = folder;
    this.clock = clock;
  }

  list(agent?: string) {
    return this.reading(async () => (await storedRecordings(this.folder, agent)).map(toInfo));
  }

  detail(key: RecordingKey) {
    return this.reading(async () => {
      const parts = await this.partsOf(key);
      const { durationMs, marks } = await readLength(parts);
      return {
        durationMs,
        marks,
        parts: parts.map(({ part, head }) => ({ part, atMs: head.atMs })),
      };
    });
  }

  page(key: RecordingKey, from: RecordingPlace) {
    return this.reading(async () => {
      const page = required(await readPlayPage(await this.partsOf(key), from), key, from.part);
      const { cols, rows } = page.part.head;
      return { events: page.events, size: { cols, rows }, next: page.next };
    });
  }

  exportPage(
    key: RecordingKey,
    { from, mask }: { from: RecordingPlace | undefined; mask: boolean },
  ) {
    return this.reading(async () => {
      const parts = await this.partsOf(key);
      const place = from ?? { part: parts[0]?.part ?? 1, at: 0 };
      return required(await readExportPage(parts, place, mask), key, place.part);
    });
  }

  find(
    key: RecordingKey,
    { text, part, afterMs }: { text: string; part: number; afterMs: number },
    signal: AbortSignal,
  ) {
    return this.reading(async () => {
      const { clock } = this;
      const parts = await this.partsOf(key);
      const at = parts.findIndex((one) => one.part === part);
      const { path: file, head, follows } = required(parts[at], key, part);
      const foundMs = await findText({
        file,
        text,
        // What its first screen shows was there before.
        afterMs: follows ? Math.max(afterMs, head.atMs) : afterMs,
        clock,
        signal,
      });
      return { foundMs, nextPart: parts[at + 1]?.part };
    });
  }

  private async partsOf(key: RecordingKey) {
    const all = await storedRecordings(this.folder, nameOf(key));
    const isMeant = (one: StoredRecording) =>
      one.name === nameOf(key) && one.startMs === key.startMs;
    const recording = all.find(isMeant);
    return recording === undefined ? [] : readableParts(recording);
  }

  private async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof MusherError) throw error;
      throw musherError(
        'RECORDING_FAILED',
        { folder: this.folder, reason: reasonOf(error) },
        error,
      );
    }
  }
}

function required<T>(found: T | undefined, { agent }: RecordingKey, part: number): T {
  if (found === undefined) throw musherError('RECORDING_GONE', { agent, part });
  return found;
}

function nameOf({ agent, session }: RecordingKey): string {
  return `${agent}.${session}`;
}

function toInfo({ name, startMs, changedMs, sizeBytes }: StoredRecording): RecordingInfo {
  const dot = name.lastIndexOf('.');
  const durationMs = Math.max(0, Math.round(changedMs - startMs));
  const [agent, session] = [name.slice(0, dot), Number(name.slice(dot + 1))];
  return { agent, session, startMs, durationMs, sizeBytes };
}
