/**
 * What belongs to the app and to no repository, in the user's own folder: small named values in one file, mode 0600.
 * Written whole and renamed into place, so that a reader meets the old file or the new one.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';

export interface UserData {
  /** Where it is kept. */
  readonly file: string;
  value(name: string): string | undefined;
  /** Remembered at once, written soon. A file that cannot be written costs the memory of it, and one line of the log. */
  setValue(name: string, value: string): void;
  /** Resolves when all is written. */
  settled(): Promise<void>;
}

/** Values of several Mushers stand beside each other; those that were written longest ago go beyond this many. */
const valuesKept = 64;

export async function openUserData(file: string, log: Logger): Promise<UserData> {
  const own = new Map<string, string>();
  const atStart = await readValues(file, log);
  let writing = Promise.resolve();
  return {
    file,
    value: (name) => own.get(name) ?? atStart[name],
    setValue(name, value) {
      own.set(name, value);
      writing = writing
        .then(() => writeValue(file, { name, value, log }))
        .catch((error: unknown) =>
          log.warn({ file, error: reasonOf(error) }, 'the app’s own data could not be written'),
        );
    },
    settled: () => writing,
  };
}

/** Beside what others wrote meanwhile. */
async function writeValue(
  file: string,
  { name, value, log }: { name: string; value: string; log: Logger },
): Promise<void> {
  const { [name]: _before, ...others } = await readValues(file, log);
  const kept = Object.entries({ ...others, [name]: value }).slice(-valuesKept);
  await replaceFile(file, JSON.stringify(Object.fromEntries(kept)));
}

async function readValues(file: string, log: Logger): Promise<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    const entries = Object.entries(parsed ?? {}).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(entries) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ file, error: reasonOf(error) }, 'the app’s own data could not be read');
    return {};
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}

export interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** Where a program of this user keeps its data: as the platform says, or as `MUSHER_DATA` does. */
export function userDataFolder({ env, platform, home }: Place): string {
  const { join } = platform === 'win32' ? path.win32 : path.posix;
  if (env.MUSHER_DATA !== undefined && env.MUSHER_DATA !== '') return env.MUSHER_DATA;
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Musher');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Musher');
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'musher');
}
