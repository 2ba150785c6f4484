/** Opens the watch of one folder, and of the git folder of a repository that it is. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { readPointer } from '../git/worktree-list.ts';
import { tooManyFolders, unnamedFolder } from './blindness.ts';
import { type FolderTree, repositoryOf, type WatchedFolder } from './folder-tree.ts';
import { listFolders } from './read-folders.ts';
import { type FolderWatcher, identityOf, type TreeWatchAsk, under } from './tree-watch.ts';

/** Of one tree; each takes about 2.5 KB of memory. */
const mostFolders = 50_000;

interface Told {
  onEvent(folder: WatchedFolder, kind: string, name: Buffer | null): void;
  isOver(): boolean;
}

export class FolderOpener {
  private readonly ask: TreeWatchAsk;
  private readonly tree: FolderTree;
  private readonly told: Told;
  /** Nobody may look into these, git neither. */
  private readonly closed = new Set<string>();

  constructor(ask: TreeWatchAsk, tree: FolderTree, told: Told) {
    this.ask = ask;
    this.tree = tree;
    this.told = told;
  }

  /** It could not be entered: a change of its mode may open it. */
  isClosed(place: string): boolean {
    return this.closed.has(place);
  }

  /** Watches one folder; the folders in it, where it was not watched before or is to be read again. */
  async open(place: string, isAgain: boolean): Promise<string[]> {
    const folder = path.join(this.ask.root, place);
    try {
      const identity = await identityAt(folder);
      const known = this.tree.find(place);
      if (known !== undefined && known.identity === identity && !known.isDoubtful)
        return isAgain ? await this.list(known) : [];
      if (known !== undefined) this.tree.remove(known);
      if (place === '' && identity === undefined) this.ask.onRoot();
      if (identity === undefined || this.told.isOver() || !this.hasParent(place)) return [];
      if (this.tree.size >= mostFolders) throw tooManyFolders(mostFolders);
      const one = this.watch(place, folder, identity);
      // Another one may have come in its place before it was watched: its parent tells of that, and the root has none.
      if ((await identityAt(folder)) === identity) return await this.list(one);
      if (place === '') this.ask.onRoot();
      this.removeOne(one);
      return [];
    } catch (error) {
      this.failed(place, error);
      return [];
    }
  }

  private hasParent(place: string): boolean {
    const at = place.lastIndexOf('/');
    return place === '' || this.tree.find(place.slice(0, Math.max(0, at))) !== undefined;
  }

  private watch(place: string, folder: string, identity: string): WatchedFolder {
    const watcher = this.ask.watch(folder, (kind, name) => this.told.onEvent(one, kind, name));
    watcher.on('error', (error) => this.failed(place, error));
    const one: WatchedFolder = this.tree.add(place, { identity, watcher });
    this.closed.delete(place);
    return one;
  }

  private async list(one: WatchedFolder): Promise<string[]> {
    const { folders, unnamed, hasGit } = await listFolders(path.join(this.ask.root, one.path));
    if (unnamed !== undefined) throw unnamedFolder(under(one.path, unnamed));
    if (hasGit && one.parent && one.nested === undefined) await this.openNested(one);
    const there = new Set(folders);
    for (const child of [...one.children.values()])
      if (!there.has(child.name)) this.tree.remove(child);
    return folders.map((name) => under(one.path, name));
  }

  /** A commit in a repository inside shows in its own git folder alone. */
  private async openNested(one: WatchedFolder): Promise<void> {
    const place = path.join(this.ask.root, one.path);
    one.nested = { watcher: undefined };
    const gitDir = (await readPointer(place)) ?? path.join(place, '.git');
    const watcher = this.watchNested(gitDir, one);
    one.nested = { watcher };
    if (this.told.isOver() || this.tree.find(one.path) !== one) watcher?.close();
  }

  private watchNested(gitDir: string, one: WatchedFolder): FolderWatcher | undefined {
    try {
      const watcher = this.ask.watch(gitDir, (_kind, bytes) => {
        const name = bytes?.toString('utf8');
        if (name === 'HEAD' || name === 'index') this.ask.onPath((repositoryOf(one) ?? one).path);
      });
      watcher.on('error', () => undefined);
      return watcher;
    } catch (error) {
      if (isGone(error) || isForbidden(error)) return undefined;
      throw error;
    }
  }

  private removeOne(one: WatchedFolder): void {
    if (this.tree.find(one.path) === one) this.tree.remove(one);
  }

  private failed(place: string, error: unknown): void {
    const known = this.tree.find(place);
    if (known !== undefined && (isGone(error) || isForbidden(error))) this.tree.remove(known);
    // It went while it was looked at: its parent tells.
    if (this.told.isOver() || isGone(error)) return;
    if (isForbidden(error) && place !== '') this.closed.add(place);
    else this.ask.onBlind(error);
  }
}

/** Undefined when there is no folder; a link to one is none. */
async function identityAt(folder: string): Promise<string | undefined> {
  const found = await lstat(folder).catch((error) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  return found?.isDirectory() ? identityOf(found) : undefined;
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function isForbidden(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}
