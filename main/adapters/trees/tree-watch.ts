/** What a watch of one tree is asked, and what it tells. Paths are from the root, with `/` between. */
import { watch } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import { watchFolders } from './folder-watch.ts';
import { watchRecursively } from './recursive-watch.ts';

/** Watches one folder, and nothing below it. Throws as `fs.watch` does: ENOSPC and EMFILE where there are too many. */
export type WatchFolder = (
  folder: string,
  onEvent: (kind: string, name: Buffer | null) => void,
) => FolderWatcher;

export interface FolderWatcher {
  on(event: 'error', tell: (error: unknown) => void): unknown;
  close(): void;
}

export const watchFolder: WatchFolder = (folder, onEvent) =>
  watch(folder, { encoding: 'buffer' }, (kind, name) => onEvent(kind, name as Buffer | null));

export interface TreeWatchAsk {
  /** Absolute. */
  readonly root: string;
  readonly clock: Clock;
  readonly watch: WatchFolder;
  /** Which of these folders git ignores, as the repository in this folder says; `''` is the root. Paths are from the root. */
  findIgnored(repository: string, folders: readonly string[]): Promise<ReadonlySet<string>>;
  /** Something came, went or is another one here, or below here where it is a folder. A repository inside is one path. */
  onPath(path: string): void;
  /** Anything may be another one, and what is ignored too. */
  onUnknown(): void;
  /** The root, or its way to git, is another one or gone: this watch sees nothing more. */
  onRoot(): void;
  /** Not everything is seen any more; who asked ends it. */
  onBlind(error: unknown): void;
}

export interface TreeWatch {
  /** Resolves when all is watched but these folders, which git ignores. Never rejects: `onBlind` is told. */
  start(ignored: readonly string[]): Promise<void>;
  /** Git ignores these now: they are left, and what is ignored no more is watched and told. Never rejects. */
  review(ignored: readonly string[]): Promise<void>;
  /** Events were lost: all folders are looked at again. Never rejects. */
  again(): Promise<void>;
  dispose(): void;
}

/** One watch for a whole tree where the system has that, else one for each folder. */
export function watchTree(
  ask: TreeWatchAsk,
  platform: NodeJS.Platform = process.platform,
): TreeWatch {
  const isWhole = platform === 'darwin' || platform === 'win32';
  return isWhole ? watchRecursively(ask) : watchFolders(ask);
}

export function under(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A change of one of these changes what git says of others. */
export function isRules(name: string): boolean {
  return name === '.gitignore' || name === '.gitattributes';
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Undefined for a name that is no UTF-8: git cannot be asked for it by an argument. */
export function toText(name: Uint8Array): string | undefined {
  try {
    return decoder.decode(name);
  } catch {
    return undefined;
  }
}

/** Which folder it is: one that comes in its place is another, also where the disk gives it the same number. */
export function identityOf({ ino, birthtimeMs }: { ino: number; birthtimeMs: number }): string {
  return `${ino} ${birthtimeMs}`;
}
