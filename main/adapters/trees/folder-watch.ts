/**
 * Watches one tree by a watch for each of its folders: what Linux has. Everybody's way: a folder is watched first and
 * read then, so that nothing falls between; what is made in a new folder before its watch stands is found by the
 * reading. Ignored folders and `.git` are never entered, links to folders never followed.
 *
 * On macOS and Windows one watch sees a whole tree: `recursive-watch.ts`.
 */
import { type Dirent, type FSWatcher, watch } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type TreeWatch, type TreeWatchAsk, toText, under } from './tree-watch.ts';

interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: number;
}

/** So many folders are read at once. */
const width = 16;

export function watchFolders(ask: TreeWatchAsk): TreeWatch {
  const one = new FolderWatch(ask);
  return { ready: one.enter(['']), dispose: () => one.dispose() };
}

class FolderWatch {
  private readonly ask: TreeWatchAsk;
  /** By path from the root, `''` the root itself. */
  private readonly watched = new Map<string, Watched>();
  /** What came or went and was not looked at yet. */
  private readonly moved = new Set<string>();
  private isSettling = false;
  private isOver = false;

  constructor(ask: TreeWatchAsk) {
    this.ask = ask;
  }

  dispose(): void {
    this.isOver = true;
    for (const { watcher } of this.watched.values()) watcher.close();
    this.watched.clear();
  }

  /** These folders and all below them. Ignored ones are asked for level by level, all of a level at once. */
  async enter(folders: readonly string[]): Promise<void> {
    let level = folders;
    while (level.length > 0 && !this.isOver) {
      const below: string[] = [];
      await inTurn(level, async (folder) => void below.push(...(await this.open(folder))));
      level = await this.wanted(below);
    }
  }

  private async wanted(folders: readonly string[]): Promise<string[]> {
    const { isTracked, findIgnored } = this.ask;
    const doubtful = folders.filter((folder) => !isTracked(folder));
    if (doubtful.length === 0) return [...folders];
    const ignored = await findIgnored(doubtful);
    return folders.filter((folder) => !ignored.has(folder));
  }

  /** Watches one folder; the folders in it. */
  private async open(folder: string): Promise<string[]> {
    const place = path.join(this.ask.root, folder);
    try {
      const { ino } = await lstat(place);
      if (this.isOver || this.watched.get(folder)?.inode === ino) return [];
      this.leave(folder);
      const watcher = watch(place, { encoding: 'buffer' }, (kind, name) =>
        this.heard(folder, kind, name as Buffer | null),
      );
      watcher.on('error', this.failed);
      this.watched.set(folder, { watcher, inode: ino });
      return (await readdir(place, { withFileTypes: true, encoding: 'buffer' })).flatMap((entry) =>
        this.folderIn(folder, entry as unknown as Dirent<Buffer>),
      );
    } catch (error) {
      this.failed(error);
      return [];
    }
  }

  private folderIn(folder: string, entry: Dirent<Buffer>): string[] {
    if (!entry.isDirectory()) return [];
    const name = toText(entry.name);
    return name === undefined || name === '.git' ? [] : [under(folder, name)];
  }

  private heard(folder: string, kind: string, bytes: Buffer | null): void {
    if (this.isOver) return;
    const name = bytes === null ? undefined : toText(bytes);
    if (name === undefined) this.ask.onUnknown();
    else if (name !== '.git') this.named(under(folder, name), kind);
  }

  private named(place: string, kind: string): void {
    if (kind !== 'rename') {
      this.ask.onPath(place);
      return;
    }
    this.moved.add(place);
    if (!this.isSettling) void this.settle();
  }

  /**
   * What came or went is told once its folders are watched: a scan before that would miss what comes between. All that
   * came meanwhile is looked at together, so that a switch of branches asks git once and not for each folder.
   */
  private async settle(): Promise<void> {
    this.isSettling = true;
    while (this.moved.size > 0 && !this.isOver) {
      const places = [...this.moved];
      this.moved.clear();
      const came: string[] = [];
      await inTurn(places, async (place) => {
        const found = await lstat(path.join(this.ask.root, place)).catch(() => undefined);
        const known = this.watched.get(place);
        if (known !== undefined && known.inode !== found?.ino) this.leave(place);
        if (found?.isDirectory() && known?.inode !== found.ino) came.push(place);
      });
      await this.wanted(came)
        .then((wanted) => this.enter(wanted))
        .catch(this.failed);
      for (const place of places) if (!this.isOver) this.ask.onPath(place);
    }
    this.isSettling = false;
  }

  /** It is gone, or another one: nothing below it is what it was. */
  private leave(place: string): void {
    if (!this.watched.has(place)) return;
    const below = `${place}/`;
    for (const [folder, { watcher }] of this.watched) {
      if (folder !== place && !folder.startsWith(below)) continue;
      watcher.close();
      this.watched.delete(folder);
    }
  }

  private readonly failed = (error: unknown): void => {
    const { code } = error as NodeJS.ErrnoException;
    // It went while it was looked at: its parent tells.
    if (this.isOver || code === 'ENOENT' || code === 'ENOTDIR') return;
    this.ask.onBlind(error);
  };
}

/** A few at a time. */
async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += width)
    await Promise.all(all.slice(at, at + width).map(work));
}
