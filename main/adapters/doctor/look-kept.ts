/** What Musher keeps of a repository: its log, what was recorded, and folders that a crash left. */
import { open, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '../../base/result.ts';
import type { LeftoverFacts, LogFacts } from '../../features/doctor/ports.ts';
import { storedRecordings } from '../../terminal-host/recording/stored-recordings.ts';
import { type CopyFile, listName } from '../host-copy/copy-files.ts';
import { newestFormat } from '../sqlite/schema.ts';

/** Of SQLite's header, which begins each file: what it is, and where `user_version` stands. */
const header = { bytes: 100, magic: 'SQLite format 3\0', formatAt: 60 };

/** By its header alone: opening it would lay files beside it, and a Musher may have it open. */
export async function lookAtLog(file: string): Promise<LogFacts> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size: sizeBytes } = await handle.stat();
      const bytes = Buffer.alloc(header.bytes);
      await handle.read(bytes, 0, header.bytes, 0);
      const isSqlite = bytes.subarray(0, header.magic.length).toString('latin1') === header.magic;
      const format = isSqlite ? bytes.readUInt32BE(header.formatAt) : 0;
      return { kind: 'there', path: file, sizeBytes, isSqlite, format, newestFormat };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { kind: 'none' };
    return { kind: 'unreadable', path: file, reason: reasonOf(error) };
  }
}

/** Names that Musher gives in the system's temporary folder. */
const own = /^musher-(demo|git|selftest)-/;
const dayMs = 86_400_000;

export async function lookAtLeftovers(ask: {
  readonly recordings: string;
  readonly temporary: string;
  readonly runtime: string;
  readonly nowMs: number;
}): Promise<LeftoverFacts> {
  const [recordings, copies, names] = await Promise.all([
    storedRecordings(ask.recordings),
    lookAtCopies(ask.runtime),
    readdir(ask.temporary).catch(() => []),
  ]);
  const temporary = await Promise.all(
    names
      .filter((name) => own.test(name))
      .map(async (name) => {
        const folder = path.join(ask.temporary, name);
        const found = await stat(folder).catch(() => undefined);
        const isOurs = found?.uid === (process.getuid?.() ?? found?.uid);
        return found !== undefined && isOurs && ask.nowMs - found.mtimeMs > dayMs ? [folder] : [];
      }),
  );
  return {
    recordings: {
      folder: ask.recordings,
      count: recordings.length,
      sizeBytes: recordings.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    },
    temporary: temporary.flat(),
    copies,
  };
}

/** By their lists; what is none yet, or none any more, is nobody's to look at. */
async function lookAtCopies(folder: string): Promise<LeftoverFacts['copies']> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => listedBytes(path.join(folder, name))));
  const known = sizes.filter((size) => size !== undefined);
  if (known.length === 0) return undefined;
  return { count: known.length, sizeBytes: known.reduce((sum, size) => sum + size, 0) };
}

async function listedBytes(copy: string): Promise<number | undefined> {
  try {
    const { files } = JSON.parse(await readFile(path.join(copy, listName), 'utf8')) as {
      files: readonly CopyFile[];
    };
    return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  } catch {
    return undefined;
  }
}
