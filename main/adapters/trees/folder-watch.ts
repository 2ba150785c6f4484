/**
 * Watches one tree by a watch for each of its folders: what Linux has. A folder is watched first and read then, so that
 * nothing falls between; what is made in a new folder before its watch stands is found by the reading. Ignored folders and
 * `.git` are never entered, links to folders never followed.
 *
 * On macOS and Windows one watch sees a whole tree: `recursive-watch.ts`.
 */
import path from 'node:path';
import { lstat } from 'node:fs/promises';
import { FolderOpener } from './folder-opener.ts';
import { FolderTree, nearestRepository, repositoryOf, type WatchedFolder } from './folder-tree.ts';
import { foldersAmong, inTurn } from './read-folders.ts';
import {
  identityOf,
  isRules,
  type TreeWatch,
  type TreeWatchAsk,
  toText,
  under,
} from './tree-watch.ts';
import { Wakes } from './wakes.ts';

export function watchFolders(ask: TreeWatchAsk): TreeWatch {
  return new FolderWatch(ask);
}

class FolderWatch implements TreeWatch {
  private readonly ask: TreeWatchAsk;
  private readonly tree = new FolderTree();
  private readonly opener: FolderOpener;
  /** Folders that git ignored when it was last asked: they are not watched. */
  private ignored = new Set<string>();
  /** Names that came or went and were not looked at yet, by folder. */
  private moved = new Map<string, Set<string>>();
  private lane: Promise<void> = Promise.resolve();
  private readonly wakes: Wakes;
  private isOver = false;

  constructor(ask: TreeWatchAsk) {
    this.ask = ask;
    this.wakes = new Wakes(ask.clock, () => this.settle());
    this.opener = new FolderOpener(ask, this.tree, {
      onEvent: (folder, kind, name) => this.heard(folder, kind, name),
      isOver: () => this.isOver,
    });
  }

  dispose(): void {
    this.isOver = true;
    this.wakes.dispose();
    this.tree.clear();
  }

  start(ignored: readonly string[]): Promise<void> {
    this.ignored = new Set(ignored);
    return this.run(() => this.enter([''], { isTrusted: true }));
  }

  review(ignored: readonly string[]): Promise<void> {
    return this.run(async () => {
      const before = this.ignored;
      this.ignored = new Set(ignored);
      for (const place of ignored) this.leave(place);
      const back = [...before].filter((place) => !this.ignored.has(place));
      if (back.length === 0) return;
      // Git said what it ignores a moment ago: what was learnt since counts.
      await this.enter(await this.wanted(back, {}), {});
      for (const place of back) if (this.tree.find(place)) this.tell(place);
    });
  }

  again(): Promise<void> {
    return this.run(() => this.enter([''], { isAgain: true }));
  }

  /** These folders and all below them; of each level git is asked once what it ignores. */
  private async enter(places: readonly string[], how: How): Promise<void> {
    let level = places;
    while (level.length > 0 && !this.isOver) {
      const below: string[] = [];
      await inTurn(
        level,
        async (place) => void below.push(...(await this.opener.open(place, how.isAgain === true))),
      );
      level = await this.wanted(below, how);
    }
  }

  /** Those that are to be watched. What git ignores is remembered. */
  private async wanted(places: readonly string[], { isTrusted }: How): Promise<string[]> {
    const doubtful = new Map<string, string[]>();
    const wanted: string[] = [];
    for (const place of places) {
      const parent = this.tree.find(parentOf(place));
      // It went while it was looked at.
      if (parent === undefined || this.ignored.has(place)) continue;
      const repository = nearestRepository(parent);
      if (this.tree.find(place) || (isTrusted && repository === '')) wanted.push(place);
      else if (doubtful.get(repository)?.push(place) === undefined)
        doubtful.set(repository, [place]);
    }
    for (const [repository, folders] of doubtful) {
      const ignored = await this.ask.findIgnored(repository, folders);
      if (repository === '') for (const place of ignored) this.ignored.add(place);
      wanted.push(...folders.filter((place) => !ignored.has(place)));
    }
    return wanted;
  }

  private heard(folder: WatchedFolder, kind: string, bytes: Buffer | null): void {
    if (this.isOver) return;
    const name = bytes === null ? undefined : toText(bytes);
    if (name === undefined) {
      // A folder of such a name cannot be seen: reading says so.
      if (kind === 'rename') void this.run(() => this.opener.open(folder.path, true));
      this.ask.onUnknown();
      return;
    }
    if (kind === 'rename') this.cameOrWent(folder, name);
    else if (name !== '.git') this.tell(under(folder.path, name), folder);
    if (isRules(name)) this.rulesMoved(folder);
    if (this.opener.isClosed(under(folder.path, name))) this.settleLater(folder.path, name);
  }

  private cameOrWent(folder: WatchedFolder, name: string): void {
    // A watch tells the end of its own folder by that folder's name, as if it were in itself.
    if (folder.path === '' && name === path.basename(this.ask.root)) void this.checkRoot();
    if (name === folder.name && folder.parent) {
      folder.isDoubtful = true;
      this.settleLater(folder.parent.path, name);
    }
    if (name === '.git') this.gitMoved(folder);
    else {
      this.tell(under(folder.path, name), folder);
      this.settleLater(folder.path, name);
    }
  }

  private gitMoved(folder: WatchedFolder): void {
    if (folder.parent === undefined) this.ask.onRoot();
    else this.renew(folder);
  }

  /** What a repository inside ignores is not known here: it is entered anew. */
  private rulesMoved(folder: WatchedFolder): void {
    const inside = repositoryOf(folder);
    if (inside === undefined) this.ask.onUnknown();
    else this.renew(inside);
  }

  private renew(folder: WatchedFolder): void {
    folder.isDoubtful = true;
    if (folder.parent) this.settleLater(folder.parent.path, folder.name);
  }

  private async checkRoot(): Promise<void> {
    const found = await lstat(this.ask.root).then(identityOf, () => undefined);
    if (!this.isOver && found !== this.tree.find('')?.identity) this.ask.onRoot();
  }

  private settleLater(folder: string, name: string): void {
    const names = this.moved.get(folder) ?? new Set();
    this.moved.set(folder, names.add(name));
    this.wakes.wake();
  }

  /**
   * What came or went is told at once; the folders among it are told again once they are watched, as a look before that
   * would miss what comes between. Those that come close together are asked for together, so that a switch of branches
   * asks git a few times and not for each folder.
   */
  private async settle(): Promise<void> {
    const moved = [...this.moved];
    this.moved = new Map();
    await this.run(async () => {
      const came: string[] = [];
      await inTurn(
        moved,
        async ([folder, names]) => void came.push(...(await this.sort(folder, names))),
      );
      const wanted = await this.wanted(came, {});
      await this.enter(wanted, {});
      for (const place of wanted) this.tell(place);
    });
  }

  /** What is no folder any more, or another one, is left; the folders that are to be entered. */
  private async sort(place: string, names: ReadonlySet<string>): Promise<string[]> {
    const folders = await foldersAmong(path.join(this.ask.root, place), names);
    const came: string[] = [];
    for (const name of names) {
      const one = under(place, name);
      const known = this.tree.find(one);
      const identity = folders.get(name);
      const isSame = known !== undefined && !known.isDoubtful && known.identity === identity;
      if (known !== undefined && !isSame) this.tree.remove(known);
      if (identity === undefined) this.ignored.delete(one);
      else if (!isSame) came.push(one);
    }
    return came;
  }

  private leave(place: string): void {
    const known = this.tree.find(place);
    if (known !== undefined) this.tree.remove(known);
  }

  private tell(place: string, folder = this.tree.find(parentOf(place))): void {
    const inside = folder && repositoryOf(folder);
    if (!this.isOver) this.ask.onPath(inside?.path ?? place);
  }

  /** One after another: two that enter the same folder would watch it twice. */
  private run(work: () => Promise<unknown>): Promise<void> {
    this.lane = this.lane.then(work).then(
      () => undefined,
      (error) => {
        if (!this.isOver) this.ask.onBlind(error);
      },
    );
    return this.lane;
  }
}

interface How {
  /** What git ignores is known already. */
  readonly isTrusted?: boolean;
  /** Also those that are watched are read. */
  readonly isAgain?: boolean;
}

function parentOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}
