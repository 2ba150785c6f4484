/** What can be done with a repository that nobody has open. */
import path from 'node:path';
import { findCommonDir, openRepository } from '../adapters/git/open-repository.ts';
import { createGit } from '../adapters/git/run.ts';
import type { RunInfo } from '../adapters/app-files.ts';
import { readRunInfo } from '../adapters/app-files.ts';
import { createLog } from '../adapters/pino-log.ts';
import { verifyLogFile } from '../adapters/sqlite/verify-file.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';

/** Where Musher tells people who look after it what happens; `level` is pino's. */
export function openLog(level: string): Logger {
  return createLog(level);
}

/** Root of the repository that a folder is in. Throws REPOSITORY_*. */
export async function resolveRoot(folder: string): Promise<string> {
  return (await openRepository(createGit({ clock: systemClock, env: process.env }), folder)).root;
}

/** Proves the log of a repository that no Musher has open. Throws REPOSITORY_*, LOG_DAMAGED. */
export async function verifyRepository(folder: string) {
  const { commonDir } = await openRepository(
    createGit({ clock: systemClock, env: process.env }),
    folder,
  );
  return verifyLogFile(path.join(commonDir, 'musher', 'log.sqlite'));
}

/** Where the Musher that had this repository open last listened, and its process; undefined when there was none. */
export async function lastRun(folder: string): Promise<RunInfo | undefined> {
  const git = createGit({ clock: systemClock, env: process.env });
  return readRunInfo(path.join(await findCommonDir(git, folder), 'musher'));
}
