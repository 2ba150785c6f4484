/**
 * All that one side changed, for the question whether a path of another side may collide with it. Made in one go and never
 * counted down, so it is cheap for very many paths, and for what is made anew as a whole each time.
 */
import { foldersOf, type OwnChange, type OwnPaths } from './own-paths.ts';

export class ChangedPaths {
  readonly own: OwnPaths;
  /** Folders with a change at any depth, and those that a file left or entered. */
  private readonly below = new Set<string>();
  private readonly left = new Set<string>();
  private readonly entered = new Set<string>();

  constructor(own: OwnPaths) {
    this.own = own;
    for (const [path, change] of own) {
      addFolders(this.below, path);
      if (change === 'deleted') addFolders(this.left, path);
      if (change === 'added') addFolders(this.entered, path);
    }
  }

  /** As `PathIndex` says when two meet. */
  meets(path: string, change: OwnChange): boolean {
    if (this.touches(path)) return true;
    if (change === 'modified') return false;
    const folders = change === 'deleted' ? this.entered : this.left;
    return folders.size > 0 && foldersOf(path).some((folder) => folders.has(folder));
  }

  /** Ends at the first that meets. */
  meetsAny(paths: OwnPaths): boolean {
    for (const [path, change] of paths) if (this.meets(path, change)) return true;
    return false;
  }

  /** It has this path, something below it, or a file in place of a folder above it. */
  touches(path: string): boolean {
    if (this.own.has(path) || this.below.has(path)) return true;
    return foldersOf(path).some((folder) => this.own.has(folder));
  }
}

/** One that is there has all above it. */
function addFolders(folders: Set<string>, path: string): void {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = path.slice(0, at);
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}
