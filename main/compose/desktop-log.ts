/** What the desktop app leaves behind for whoever helps: its log as a file, crash dumps, and both as one text. */
import { readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { redacted } from '../../preload/contract/say-doctor.ts';
import { type LogFile, openLogFile } from '../adapters/log-file.ts';
import { createLog } from '../adapters/pino-log.ts';
import type { Logger } from '../base/logger.ts';
import { appDataFolder } from './app-data.ts';

/** Newer ones are kept. A dump holds memory of the app, and leaves the machine by nobody but its user. */
const dumpsKept = 5;
/** Of the log, in the text that is copied, bytes. */
const tailBytes = 32 * 1024;

export interface DesktopLog {
  readonly log: Logger;
  readonly file: LogFile;
}

export async function openDesktopLog(level: string): Promise<DesktopLog> {
  const file = await openLogFile(path.join(appDataFolder(), 'logs'), 'desktop');
  return { log: createLog(level, file.stream), file };
}

export interface Dumps {
  readonly folder: string;
  readonly count: number;
  readonly newestMs?: number | undefined;
}

/** Removes all but the newest. A folder that is not there has none. */
export async function keepNewestDumps(folder: string): Promise<Dumps> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const dumps = names
    .filter((name) => name.endsWith('.dmp'))
    .map((name) => path.join(folder, name));
  const dated = await Promise.all(
    dumps.map(async (file) => ({
      file,
      atMs: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  const sorted = dated.toSorted((a, b) => b.atMs - a.atMs);
  await Promise.all(sorted.slice(dumpsKept).map(({ file }) => rm(file, { force: true })));
  return { folder, count: Math.min(sorted.length, dumpsKept), newestMs: sorted[0]?.atMs };
}

export interface Diagnosed {
  readonly version: string;
  readonly versions: NodeJS.ProcessVersions;
  readonly dumps: Dumps;
  readonly repositories: number;
  readonly file: LogFile;
}

/** As it is pasted into a question to somebody else: no home folder, no token. */
export async function diagnosticsText(facts: Diagnosed): Promise<string> {
  const { version, versions, dumps, repositories, file } = facts;
  const { electron = 'none', chrome = 'none', node } = versions;
  const newest =
    dumps.newestMs === undefined ? '' : `, newest ${new Date(dumps.newestMs).toISOString()}`;
  const tail = await file.tail(tailBytes);
  const lines = [
    `Musher ${version} on ${process.platform}-${process.arch}, Electron ${electron}, Chrome ${chrome}, Node ${node}`,
    `Repositories open: ${repositories}`,
    `Crash dumps: ${dumps.count}${newest} (${dumps.folder})`,
    `Log: ${file.path}`,
    '',
    tail === '' ? 'The log is empty.' : tail.trimEnd(),
  ];
  return `${redacted(lines.join('\n'), homedir())}\n`;
}
