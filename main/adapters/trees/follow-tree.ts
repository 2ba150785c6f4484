/**
 * Keeps what a worktree changed, by what the system tells of it. Nothing runs while nothing changes: an event names a
 * path, a moment later git is asked about the paths that came together, and about everything only after a burst, a commit
 * or a change of what is ignored. Where not everything is told (a full table of watches, a network disk) it is looked at
 * every 30 s, and said why.
 */
import { lstat } from 'node:fs/promises';
import type { Pace } from '../../base/pace.ts';
import type { TreeListener, TreeState } from '../../features/worktrees/ports.ts';
import { ignoresCase } from '../git/ignores-case.ts';
import type { Git } from '../git/run.ts';
import { Blindness, type ReadDiskKind, remoteDiskOf } from './blindness.ts';
import { type Changes, foldersOf, inAllSpellings, withFound } from './changes.ts';
import { findIgnored, listIgnored } from './find-ignored.ts';
import { GitFolder } from './git-folder.ts';
import type { JoinRepository } from './repository-watch.ts';
import { type Scan, type ScanAsk, scan } from './scan.ts';
import { type Look, SeenPaths } from './seen-paths.ts';
import { SortedMap } from './sorted-map.ts';
import { type TreeWatch, watchTree, type WatchFolder } from './tree-watch.ts';
import { Wakes } from './wakes.ts';

/** Where not everything is told, milliseconds. */
export const pollMs = 30_000;
/** Where its folder is gone: looking for it costs nothing. Milliseconds. */
const goneMs = 2_000;
/** Where git fails: after a second, then two, four, at most 30 s. */
const firstFailedMs = 1_000;

export interface TreeDeps {
  readonly git: Git;
  readonly pace: Pace;
  readonly watch: WatchFolder;
  readonly diskKind: ReadDiskKind;
  /** At most so many look at once, over all trees. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** One for each repository, shared by its trees. */
  readonly joinRepository: JoinRepository;
}

export class FollowedTree {
  private readonly deps: TreeDeps;
  private readonly root: string;
  private readonly listener: TreeListener;
  private readonly ended = new AbortController();
  private readonly seen = new SeenPaths();
  private readonly wakes: Wakes;
  private readonly gitFolder: GitFolder;
  private readonly blindness: Blindness;
  private state: TreeState | undefined;
  private changes: Changes = SortedMap.of(new Map());
  private tree: TreeWatch | undefined;
  private remoteDisk: string | undefined;
  private ignoresCase = false;
  /** What to wait after a look that failed, milliseconds; undefined while all is well. */
  private failedMs: number | undefined;

  constructor(deps: TreeDeps, root: string, listener: TreeListener) {
    this.deps = deps;
    this.root = root;
    this.listener = listener;
    this.blindness = new Blindness(deps.git.clock);
    this.wakes = new Wakes(deps.git.clock, () => this.look());
    this.gitFolder = new GitFolder(deps, root, {
      at: () => this.state,
      onIndex: () => this.seen.forget(),
      onMoved: () => this.anything(),
      onRoot: () => this.beginAnew(),
      onBlind: (error) => this.becomeBlind(error),
    });
    this.wakes.wake();
  }

  dispose(): void {
    this.ended.abort();
    this.wakes.dispose();
    this.closeWatches();
  }

  /** Events were lost, of whichever tree. */
  async again(): Promise<void> {
    await this.tree?.again();
    this.anything();
  }

  private anything(): void {
    this.seen.addAll();
    this.wakes.wake();
  }

  private beginAnew(): void {
    this.closeWatches();
    this.anything();
  }

  /** Never rejects. */
  private async look(): Promise<void> {
    try {
      await this.deps.inTurn(() => this.lookOnce());
      if (this.sight().seenBy === 'poll') this.wakes.later(() => this.anything(), pollMs);
      else this.wakes.notLater();
    } catch (error) {
      if (!this.ended.signal.aborted) await this.failed(error);
    }
  }

  private async failed(error: unknown): Promise<void> {
    const gone = await this.goneError();
    if (gone !== undefined) this.closeWatches();
    this.seen.addAll();
    this.failedMs = Math.min(2 * (this.failedMs ?? firstFailedMs / 2), pollMs);
    this.wakes.later(() => this.anything(), gone === undefined ? this.failedMs : goneMs);
    this.listener.onTrouble(gone ?? error);
  }

  private async lookOnce(): Promise<void> {
    if (this.failedMs !== undefined) {
      const gone = await this.goneError();
      if (gone !== undefined) throw gone;
    }
    const wanted = this.seen.take();
    if (wanted === 'nothing' || this.ended.signal.aborted) return;
    if (wanted === 'all' && this.tree === undefined) await this.watchAll();
    const atMs = this.deps.git.clock.now();
    const { looked, found } = await this.scan(wanted);
    if (this.ended.signal.aborted) return;
    this.failedMs = undefined;
    this.seen.learn(found.ignored);
    const { pace } = this.deps;
    this.changes = await pace.step(() =>
      looked === 'all'
        ? SortedMap.of(found.changes)
        : withFound(this.changes, looked, found.changes),
    );
    if (looked === 'all') await this.tree?.review(foldersOf(found.ignored));
    // Whoever is told has as much to do as there are changes.
    await pace.step(() => {
      if (this.ended.signal.aborted) return;
      this.state = { ...pick(found), changes: this.changes, atMs, ...this.sight() };
      this.listener.onState(this.state, looked);
    });
  }

  /** What git cannot be asked of by name, it is asked about as a whole. */
  private async scan(wanted: Exclude<Look, 'nothing'>) {
    const { git, pace } = this.deps;
    const ask = { git, pace, worktreePath: this.root, signal: this.ended.signal };
    if (wanted !== 'all')
      try {
        return await this.scanSome(wanted, ask);
      } catch {
        this.ended.signal.throwIfAborted();
      }
    return { looked: 'all' as const, found: await scan(ask) };
  }

  private async scanSome(paths: readonly string[], ask: ScanAsk) {
    const found = await scan({ ...ask, paths, ignoresCase: this.ignoresCase });
    if (!this.ignoresCase) return { looked: paths, found };
    return { looked: inAllSpellings(paths, this.changes, found.changes), found };
  }

  /** Before the first look, so that nothing falls between. What it takes for ignored, that look puts right. */
  private async watchAll(): Promise<void> {
    if (!this.blindness.mayTry()) return;
    const { root, ended } = this;
    const { watch, diskKind, git } = this.deps;
    const where = { git, root, signal: ended.signal };
    const ignored = await listIgnored(where);
    this.ignoresCase = await ignoresCase(git, { cwd: root, signal: ended.signal });
    this.remoteDisk = await remoteDiskOf(root, diskKind);
    const tree = watchTree({
      ...{ root, watch, clock: git.clock },
      findIgnored: (repository, folders) => findIgnored(where, repository, folders),
      onPath: (place) => this.seen.add(place) && this.wakes.wake(),
      onUnknown: () => this.anything(),
      onRoot: () => this.beginAnew(),
      onBlind: (error) => this.becomeBlind(error),
    });
    this.tree = tree;
    try {
      await this.gitFolder.open(ended.signal);
      await tree.start(ignored);
    } catch (error) {
      this.becomeBlind(error);
    }
    if (this.tree === tree) this.blindness.end();
    else tree.dispose();
  }

  private closeWatches(): void {
    this.tree?.dispose();
    this.tree = undefined;
    this.gitFolder.close();
  }

  private becomeBlind(error: unknown): void {
    if (this.ended.signal.aborted) return;
    this.closeWatches();
    if (!this.blindness.mayTry()) return;
    const before = this.blindness.reason;
    if (this.blindness.begin(error) !== before) this.anything();
  }

  private sight(): Pick<TreeState, 'seenBy' | 'reason'> {
    const reason = this.blindness.reason ?? this.remoteDisk;
    return reason === undefined ? { seenBy: 'events' } : { seenBy: 'poll', reason };
  }

  /** Undefined while its folder is there. */
  private async goneError(): Promise<unknown> {
    return lstat(this.root).then(
      () => undefined,
      (error) => error,
    );
  }
}

function pick({ head, branch }: Scan): Pick<TreeState, 'head' | 'branch'> {
  return { ...(head && { head }), ...(branch && { branch }) };
}
