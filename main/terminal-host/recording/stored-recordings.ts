/** The recordings in a folder, by what its files are called. */
import path from 'node:path';
import { fileNameOf, parseFileName, type RecordingKey } from './file-names.ts';
import { diskFiles } from './recording-files.ts';

export interface StoredPart {
  readonly part: number;
  readonly path: string;
  readonly sizeBytes: number;
}

export interface StoredRecording extends RecordingKey {
  /** In order; the oldest may be gone. */
  readonly parts: readonly StoredPart[];
  readonly sizeBytes: number;
  /** When something was last written, Unix ms. */
  readonly changedMs: number;
}

/** All, or those of an agent or a terminal. The newest first; none when there is no such folder. */
export async function storedRecordings(
  folder: string,
  of?: string,
): Promise<readonly StoredRecording[]> {
  const found = new Map<string, StoredRecording>();
  for (const { file, sizeBytes, changedMs } of await listFolder(
    folder,
    of === undefined ? '' : `${of}.`,
  )) {
    const key = parseFileName(file);
    if (key === undefined) continue;
    const { name, startMs } = key;
    const id = `${name}.${startMs}`;
    const before = found.get(id) ?? { name, startMs, parts: [], sizeBytes: 0, changedMs: 0 };
    const part = { part: key.part, path: path.join(folder, fileNameOf(key)), sizeBytes };
    found.set(id, {
      ...before,
      parts: [...before.parts, part].sort((a, b) => a.part - b.part),
      sizeBytes: before.sizeBytes + sizeBytes,
      changedMs: Math.max(before.changedMs, changedMs),
    });
  }
  return [...found.values()].sort((a, b) => b.startMs - a.startMs);
}

async function listFolder(folder: string, prefix: string) {
  try {
    return await diskFiles.list(folder, prefix);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
