/** Where Musher and its agents write, and what of it is for this user's eyes alone. */
import path from 'node:path';
import { hostPlace } from '../../terminal-host/process/place.ts';
import type { OpenedRepository } from '../git/open-repository.ts';
import type { Kept, Place } from './look-places.ts';

type Opened = OpenedRepository | undefined;

export function dataFolderOf({ commonDir }: OpenedRepository): string {
  return path.join(commonDir, 'musher');
}

/** Whose files' times tell whether the clock was set back. */
export function foldersOf(userFolder: string, repository: Opened): string[] {
  return [userFolder, ...(repository ? [dataFolderOf(repository)] : [])];
}

export function disksOf(userFolder: string, repository: Opened): Place[] {
  const own = [{ what: 'Musher’s data', path: userFolder }];
  if (repository === undefined) return own;
  return [
    ...own,
    { what: 'the log', path: dataFolderOf(repository) },
    { what: 'worktrees', path: repository.worktreesFolder },
  ];
}

export function keptIn(userFolder: string, platform: NodeJS.Platform, repository: Opened): Kept[] {
  const host = hostPlace(userFolder, platform);
  const folder = { isFolder: true, isSecret: true, isMade: false };
  const file = { isFolder: false, isSecret: true, isMade: false };
  const own = [
    { what: 'Musher’s data', path: userFolder, ...folder, isMade: true },
    { what: 'keys of the app', path: path.join(userFolder, 'app.json'), ...file },
    { what: 'terminal host', path: host.folder, ...folder },
    { what: 'key of the terminal host', path: host.keyFile, ...file },
  ];
  if (repository === undefined) return own;
  const data = dataFolderOf(repository);
  return [
    ...own,
    { what: 'data of the repository', path: data, ...folder, isMade: true },
    { what: 'log', path: path.join(data, 'log.sqlite'), ...file },
    { what: 'files of agents', path: path.join(data, 'agents'), ...folder },
    { what: 'key of the node', path: path.join(data, 'node.json'), ...file },
    {
      what: 'worktrees',
      path: repository.worktreesFolder,
      ...folder,
      isSecret: false,
      isMade: true,
    },
  ];
}
