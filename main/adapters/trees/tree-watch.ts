/** What a watch of one tree is asked, and what it tells. Paths are from the root, with `/` between. */
import { watchFolders } from './folder-watch.ts';
import { watchRecursively } from './recursive-watch.ts';

export interface TreeWatchAsk {
  /** Absolute. */
  readonly root: string;
  /** Git has files in this folder: it is watched whatever is ignored. */
  isTracked(folder: string): boolean;
  /** Which of these paths git ignores. */
  findIgnored(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** Something came, went or is another one here, or below here where it is a folder. */
  onPath(path: string): void;
  /** Anything may be another one. */
  onUnknown(): void;
  /** Not everything is seen any more. Told at most a few times; who asked ends it. */
  onBlind(error: unknown): void;
}

export interface TreeWatch {
  /** Resolves when all of it is watched. Rejects when git cannot say what is ignored. */
  readonly ready: Promise<void>;
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

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Undefined for a name that is no UTF-8: git cannot be asked for it by an argument. */
export function toText(name: Uint8Array): string | undefined {
  try {
    return decoder.decode(name);
  } catch {
    return undefined;
  }
}
