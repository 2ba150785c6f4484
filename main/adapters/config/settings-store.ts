/**
 * The config files as settings change them. The user's own may be a link, as those are who keep such files elsewhere: what it leads to is
 * changed then, and the link stays. A link in a repository is not followed: whoever writes there would choose what is written to.
 */
import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { musherError, reasonOf } from '../../base/result.ts';
import type { SettingsStore } from '../../features/settings/ports.ts';
import type { OpenedRepository } from '../git/open-repository.ts';
import { askYes } from '../git/ask.ts';
import type { Git } from '../git/run.ts';
import { filesOf } from './config-files.ts';
import { mostBytes, type PlainFile, plainFile } from './plain-file.ts';
import { settingsText } from './settings-text.ts';

export interface SettingsPlaces {
  readonly git: Git;
  readonly repository: OpenedRepository;
  readonly userFolder: string;
  /** Names that no profile may have. */
  readonly reserved: readonly string[];
}

export function createSettingsStore(places: SettingsPlaces): SettingsStore {
  const { git, repository, userFolder, reserved } = places;
  const paths = Object.fromEntries(
    filesOf({ root: repository.root, userFolder }).map(({ origin, path: file }) => [origin, file]),
  ) as Record<Origin, string>;
  const placed = async <T>(origin: Origin, work: (file: PlainFile) => Promise<T>): Promise<T> => {
    const shown = paths[origin];
    try {
      const isOwn = origin === 'user';
      return await work(plainFile(isOwn ? await behindLinks(shown) : shown, { isOwn }));
    } catch (error) {
      throw musherError('SETTINGS_FILE', { file: shown, reason: sayFault(error) }, error);
    }
  };
  // With proposals, which write the same file.
  const alone = <T>(work: () => Promise<T>) =>
    git.exclusive(`config ${repository.commonDir}`, work);
  return {
    ...settingsText(reserved),
    look: (origin) =>
      placed(origin, async (file) => ({ path: paths[origin], ...(await file.look()) })),
    write: (origin, ask) =>
      placed(origin, async (file) => {
        const bytes = Buffer.byteLength(ask.text);
        if (bytes > mostBytes)
          throw new Error(`it would have ${bytes} bytes, more than ${mostBytes}`);
        return alone(() => file.replace(ask));
      }),
    async isTracked(origin) {
      if (origin === 'user') return false;
      const args = ['ls-files', '--error-unmatch', '--', paths[origin]];
      return askYes(git, { cwd: repository.root, args }).catch(() => false);
    },
  };
}

/** What the way to the file leads to; itself where there is none yet. */
async function behindLinks(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const isLink = await lstat(file).then(
      (info) => info.isSymbolicLink(),
      () => false,
    );
    if (isLink) throw new Error('it is a symbolic link that leads to nothing');
    const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
    return path.join(folder, path.basename(file));
  }
}

const faults: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no room left on its disk',
  EDQUOT: 'your quota of its disk is used up',
  EACCES: 'you may not read or write it, or make a file in its folder',
  EPERM: 'the system does not let you change it',
  EROFS: 'its disk can only be read',
};

function sayFault(error: unknown): string {
  return faults[codeOf(error) ?? ''] ?? reasonOf(error);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
