/**
 * Keeps what a worktree changed, by what the system tells of it. Nothing runs while nothing changes: an event names a
 * path, a moment later git is asked about the paths that came together, and about everything only after a burst, a commit
 * or a change of what is ignored. Where no events come (a full table of watches, a network disk) it is looked at every 30 s,
 * and said why.
 */
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { TreeChange, TreeListener, TreeState } from '../../features/worktrees/ports.ts';
import { askList, askText, joinNul, splitNul } from '../git/ask.ts';
import type { Git } from '../git/run.ts';
import { type Scan, scan } from './scan.ts';
import { SeenPaths } from './seen-paths.ts';
import { blindnessOf } from './blindness.ts';
import { type TreeWatch, watchTree } from './tree-watch.ts';

/** Events that come so close together are looked at together, milliseconds; and the first waits no longer than the most. */
const settleMs = 40;
const mostSettleMs = 200;
/** Where no events come, and where it cannot be read, milliseconds. */
const pollMs = 30_000;
/** In a worktree's own git folder: what another commit, another branch or another index shows in. */
const gitFiles = new Set(['HEAD', 'index', 'MERGE_HEAD', 'ORIG_HEAD', 'REBASE_HEAD']);

export interface TreeDeps {
  readonly git: Git;
  /** At most so many look at once, over all trees. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export class FollowedTree {
  private readonly deps: TreeDeps;
  private readonly root: string;
  private readonly listener: TreeListener;
  private readonly ended = new AbortController();
  private readonly seen = new SeenPaths();
  private state: TreeState | undefined;
  private tree: TreeWatch | undefined;
  private gitWatch: FSWatcher | undefined;
  private blindness: string | undefined;
  private cancelLook = (): void => undefined;
  private firstMs: number | undefined;
  private isLooking = false;

  constructor(deps: TreeDeps, root: string, listener: TreeListener) {
    this.deps = deps;
    this.root = root;
    this.listener = listener;
    this.seen.addAll();
    void this.begin();
  }

  dispose(): void {
    this.ended.abort();
    this.cancelLook();
    this.closeWatches();
  }

  private async begin(): Promise<void> {
    try {
      await this.openWatches();
    } catch (error) {
      this.becomeBlind(error);
    }
    await this.look();
  }

  private async openWatches(): Promise<void> {
    const { git } = this.deps;
    const cwd = this.root;
    const { signal } = this.ended;
    const folders = foldersOf(await askList(git, { cwd, args: ['ls-files', '-z'], signal }));
    const gitDir = await askText(git, { cwd, args: ['rev-parse', '--absolute-git-dir'], signal });
    if (signal.aborted) return;
    this.gitWatch = watch(gitDir, (_kind, name) => name !== null && this.gitMoved(name));
    this.gitWatch.on('error', (error) => this.becomeBlind(error));
    this.tree = watchTree({
      root: this.root,
      isTracked: (folder) => folders.has(folder),
      findIgnored: (paths) => this.findIgnored(paths),
      onPath: (place) => this.moved(place),
      onUnknown: () => this.anything(),
      onBlind: (error) => this.becomeBlind(error),
    });
    await this.tree.ready;
  }

  private closeWatches(): void {
    this.tree?.dispose();
    this.gitWatch?.close();
    this.tree = undefined;
    this.gitWatch = undefined;
  }

  private becomeBlind(error: unknown): void {
    if (this.ended.signal.aborted || this.blindness !== undefined) return;
    this.closeWatches();
    this.blindness = blindnessOf(error);
    this.anything();
  }

  private moved(place: string): void {
    if (path.posix.basename(place) === '.gitignore') this.ignoreMoved();
    else if (this.seen.add(place)) this.soon();
  }

  /** A folder that was ignored may have to be watched now. */
  private ignoreMoved(): void {
    this.seen.forget();
    const before = this.tree;
    this.tree = undefined;
    before?.dispose();
    this.gitWatch?.close();
    if (this.blindness === undefined)
      void this.openWatches()
        .catch((error) => this.becomeBlind(error))
        .then(() => this.anything());
  }

  private gitMoved(name: string): void {
    if (!gitFiles.has(name)) return;
    if (name === 'index') this.seen.forget();
    this.anything();
  }

  private anything(): void {
    this.seen.addAll();
    this.soon();
  }

  private soon(): void {
    const { clock } = this.deps.git;
    if (this.isLooking || this.ended.signal.aborted) return;
    this.firstMs ??= clock.elapsed();
    const left = this.firstMs + mostSettleMs - clock.elapsed();
    this.cancelLook();
    this.cancelLook = clock.schedule(() => void this.look(), Math.max(0, Math.min(settleMs, left)));
  }

  private async look(): Promise<void> {
    if (this.isLooking || this.ended.signal.aborted) return;
    this.isLooking = true;
    this.cancelLook();
    this.firstMs = undefined;
    let isRead = true;
    try {
      await this.deps.inTurn(() => this.lookOnce());
    } catch (error) {
      isRead = false;
      this.seen.addAll();
      if (!this.ended.signal.aborted) this.listener.onTrouble(error);
    }
    this.isLooking = false;
    this.next(isRead);
  }

  private next(isRead: boolean): void {
    const { clock } = this.deps.git;
    if (this.ended.signal.aborted) return;
    if (isRead && this.seen.hasSome()) this.soon();
    else if (!isRead || this.blindness !== undefined)
      this.cancelLook = clock.schedule(() => {
        this.seen.addAll();
        void this.look();
      }, pollMs);
  }

  private async lookOnce(): Promise<void> {
    const { git } = this.deps;
    const looked = this.seen.take();
    if (looked === 'nothing') return;
    const paths = looked === 'all' ? undefined : looked;
    const { signal } = this.ended;
    const atMs = git.clock.now();
    const found = await scan(git, { worktreePath: this.root, paths, signal });
    if (signal.aborted) return;
    this.seen.learn(found.ignored);
    const changes = paths ? merged(this.state?.changes ?? new Map(), paths, found) : found.changes;
    this.state = { ...pick(found), changes, atMs, ...this.sight() };
    this.listener.onState(this.state, looked);
  }

  private sight(): Pick<TreeState, 'seenBy' | 'reason'> {
    const { blindness } = this;
    return blindness === undefined ? { seenBy: 'events' } : { seenBy: 'poll', reason: blindness };
  }

  private async findIgnored(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const { git } = this.deps;
    const input = joinNul(paths.map((place) => Buffer.from(place)));
    const args = ['check-ignore', '-z', '--stdin'];
    const { signal } = this.ended;
    const { stdout } = await git.run({ cwd: this.root, args, input, okCodes: [0, 1], signal });
    return new Set(splitNul(stdout).map((name) => name.toString('utf8')));
  }
}

function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const file of files)
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}

/** What was known, but of these paths and what is below them what was found. */
function merged(
  known: ReadonlyMap<string, TreeChange>,
  paths: readonly string[],
  found: Scan,
): ReadonlyMap<string, TreeChange> {
  const asked = new Set(paths);
  const changes = new Map([...known].filter(([place]) => !isIn(place, asked)));
  for (const [place, change] of found.changes) changes.set(place, change);
  return changes;
}

function isIn(place: string, asked: ReadonlySet<string>): boolean {
  if (asked.has(place)) return true;
  for (let at = place.indexOf('/'); at !== -1; at = place.indexOf('/', at + 1))
    if (asked.has(place.slice(0, at))) return true;
  return false;
}

function pick({ head, branch }: Scan): Pick<TreeState, 'head' | 'branch'> {
  return { ...(head && { head }), ...(branch && { branch }) };
}
