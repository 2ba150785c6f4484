// A disk for recordings that a test can fill, and recorded terminals that are played again.

import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { Terminal } from '@xterm/headless';
import { applyCellWidths } from '../../preload/contract/cell-width.ts';
import { createHeadless } from '../../main/terminal-host/headless.ts';
import { guardParser } from '../../preload/contract/xterm/guard.ts';
import { type ExportPage, readExportPage } from '../../main/terminal-host/recording/export-page.ts';
import { type Place, readableParts } from '../../main/terminal-host/recording/play-page.ts';
import type { RecordingFiles } from '../../main/terminal-host/recording/recording-files.ts';
import {
  type CastEvent,
  parseEvent,
  parseHeader,
  parseSize,
  type PartHeader,
} from '../../main/terminal-host/recording/cast-format.ts';
import { storedRecordings } from '../../main/terminal-host/recording/stored-recordings.ts';

export interface MemoryDisk extends RecordingFiles {
  readonly files: Map<string, string>;
  /** How often something was written. */
  writes: number;
  /** What the next writes meet, until it is taken away. */
  trouble: Error | undefined;
  /** Writes wait for this. */
  gate: Promise<void> | undefined;
}

export function memoryDisk(): MemoryDisk {
  const files = new Map<string, string>();
  const disk: MemoryDisk = {
    files,
    writes: 0,
    trouble: undefined,
    gate: undefined,
    async create(_folder, file) {
      files.set(file, '');
      return {
        async append(text) {
          await disk.gate;
          if (disk.trouble) throw disk.trouble;
          disk.writes += 1;
          files.set(file, (files.get(file) ?? '') + text);
        },
        close: async () => undefined,
      };
    },
    list: async () =>
      [...files].map(([file, text], at) => ({
        file,
        sizeBytes: Buffer.byteLength(text),
        changedMs: at,
      })),
    async remove(_folder, file) {
      files.delete(file);
    },
  };
  return disk;
}

export function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: the disk says no`), { code });
}

export interface ReadCast {
  readonly header: PartHeader;
  readonly events: readonly CastEvent[];
}

/** A whole file as a player reads it; throws at the first line that is none. */
export function readCast(text: string): ReadCast {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const header = parseHeader(head);
  if (header === undefined) throw new Error(`No header: ${head}`);
  const events = lines.map((line) => {
    const event = parseEvent(line, header.atMs);
    if (event === undefined) throw new Error(`No event: ${line}`);
    return event;
  });
  return { header, events };
}

export function outputOf({ events }: Pick<ReadCast, 'events'>): string {
  return events.map(({ code, text }) => (code === 'o' ? text : '')).join('');
}

/** Plays events as a terminal's output would have come; the terminal is the caller's to end. */
export async function playInto(
  terminal: Terminal,
  { events }: Pick<ReadCast, 'events'>,
): Promise<void> {
  for (const { code, text } of events) {
    const size = code === 'r' ? parseSize(text) : undefined;
    terminal.write(code === 'o' ? text : '', () => {
      if (size !== undefined) terminal.resize(size.cols, size.rows);
    });
  }
  await new Promise<void>((resolve) => terminal.write('', resolve));
}

/** A terminal as the host's mirror is one. */
export function blankTerminal({ cols, rows }: { cols: number; rows: number }): Terminal {
  const terminal = createHeadless({ cols, rows, scrollback: 5000, allowProposedApi: true });
  applyCellWidths(terminal, new Unicode11Addon());
  guardParser(terminal, () => undefined);
  return terminal;
}

/** An export, or a file of a recording. */
export async function playCast(text: string): Promise<Terminal> {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const { width, height } = JSON.parse(head) as { width: number; height: number };
  const terminal = blankTerminal({ cols: width, rows: height });
  await playInto(terminal, { events: lines.flatMap((line) => parseEvent(line, 0) ?? []) });
  return terminal;
}

/** The newest recording of that name as one file, as it is exported. */
export async function exportOf(folder: string, name: string): Promise<string> {
  const [recording] = await storedRecordings(folder, name);
  const parts = recording === undefined ? [] : await readableParts(recording);
  let text = '';
  let from: Place | undefined = { part: parts[0]?.part ?? 0, at: 0 };
  while (from !== undefined) {
    const page: ExportPage | undefined = await readExportPage(parts, from, false);
    text += page?.text ?? '';
    from = page?.next;
  }
  return text;
}
