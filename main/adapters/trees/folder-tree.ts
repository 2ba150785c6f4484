/** The folders of one tree that are watched, as they lie in each other. */
import type { FolderWatcher } from './tree-watch.ts';

export interface WatchedFolder {
  /** From the root; `''` is the root. */
  readonly path: string;
  readonly name: string;
  readonly parent: WatchedFolder | undefined;
  readonly children: Map<string, WatchedFolder>;
  readonly identity: string;
  readonly watcher: FolderWatcher;
  /** It is a repository of its own: the watch of its git folder. Undefined when that cannot be found. */
  nested?: { readonly watcher: FolderWatcher | undefined };
  /** Its watch may be dead. */
  isDoubtful: boolean;
}

export class FolderTree {
  private root: WatchedFolder | undefined;
  private counted = 0;

  get size(): number {
    return this.counted;
  }

  find(path: string): WatchedFolder | undefined {
    if (path === '') return this.root;
    let folder = this.root;
    for (const name of path.split('/')) folder = folder?.children.get(name);
    return folder;
  }

  /** Its parent is there, or it is the root. */
  add(path: string, watched: Pick<WatchedFolder, 'identity' | 'watcher'>): WatchedFolder {
    const at = path.lastIndexOf('/');
    const parent = path === '' ? undefined : this.find(path.slice(0, Math.max(0, at)));
    const name = path.slice(at + 1);
    const folder = { path, name, parent, children: new Map(), isDoubtful: false, ...watched };
    if (path === '') this.root = folder;
    else parent?.children.set(name, folder);
    this.counted++;
    return folder;
  }

  /** Ends its watch and those of all below it. */
  remove(folder: WatchedFolder): void {
    if (folder.parent === undefined) this.root = undefined;
    else folder.parent.children.delete(folder.name);
    this.close(folder);
  }

  clear(): void {
    if (this.root) this.remove(this.root);
  }

  private close(folder: WatchedFolder): void {
    this.counted--;
    folder.watcher.close();
    folder.nested?.watcher?.close();
    for (const child of folder.children.values()) this.close(child);
  }
}

/** The outermost repository inside the tree that this folder is, or is in. */
export function repositoryOf(folder: WatchedFolder): WatchedFolder | undefined {
  let found: WatchedFolder | undefined;
  for (let at: WatchedFolder | undefined = folder; at !== undefined; at = at.parent)
    if (at.nested !== undefined) found = at;
  return found;
}

/** The innermost: whose rules say what is ignored in it. */
export function nearestRepository(folder: WatchedFolder | undefined): string {
  for (let at = folder; at !== undefined; at = at.parent)
    if (at.nested !== undefined) return at.path;
  return '';
}
