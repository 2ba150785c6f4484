/** Which files of recordings go, so that a new one has room. Pure. */
import { type PartKey, parseFileName } from './file-names.ts';
import { partBytes, projectBytes, projectFiles, terminalBytes } from './limits.ts';

export interface StoredFile {
  /** Its name in the folder. */
  readonly file: string;
  readonly sizeBytes: number;
  /** When it was last written, Unix ms. */
  readonly changedMs: number;
}

interface Part extends StoredFile {
  readonly key: PartKey;
  /** Terminal and beginning. */
  readonly recording: string;
}

/** `next`: the file that is about to be made. Strange files are neither counted nor named. */
export function expiredFiles(files: readonly StoredFile[], next: PartKey): string[] {
  const parts = files.flatMap(toPart);
  const own = parts
    .filter(({ recording }) => recording === recordingOf(next))
    .sort((a, b) => a.key.part - b.key.part);
  const first = beyond(own, { bytes: terminalBytes - partBytes, count: projectFiles });
  const left = oldestFirst(parts.filter((part) => !first.includes(part)));
  const then = beyond(left, { bytes: projectBytes - partBytes, count: projectFiles - 1 });
  return [...first, ...then].map(({ file }) => file);
}

/** The first of a list, as many as it takes for the others to keep the limits. */
function beyond(parts: readonly Part[], limits: { bytes: number; count: number }): Part[] {
  let bytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let count = parts.length;
  const gone: Part[] = [];
  for (const part of parts) {
    if (bytes <= limits.bytes && count <= limits.count) break;
    gone.push(part);
    bytes -= part.sizeBytes;
    count -= 1;
  }
  return gone;
}

/** The newest of a recording comes after all that are not: it may be the one that is written. */
function oldestFirst(parts: readonly Part[]): Part[] {
  const newest = new Map<string, number>();
  for (const { recording, key } of parts)
    newest.set(recording, Math.max(newest.get(recording) ?? 0, key.part));
  const isNewest = ({ recording, key }: Part) => newest.get(recording) === key.part;
  return parts.toSorted(
    (a, b) => Number(isNewest(a)) - Number(isNewest(b)) || a.changedMs - b.changedMs,
  );
}

function toPart(stored: StoredFile): Part[] {
  const key = parseFileName(stored.file);
  return key === undefined ? [] : [{ ...stored, key, recording: recordingOf(key) }];
}

function recordingOf({ name, startMs }: PartKey): string {
  return `${name}.${startMs}`;
}
