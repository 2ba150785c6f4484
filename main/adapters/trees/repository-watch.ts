/**
 * What all worktrees of a repository share and none has in its own folders: branches (`refs/heads`, `packed-refs`,
 * `reftable`), which somebody else may move, and the rules of what is ignored (`info/exclude`, the user's own). However refs
 * are stored: when something moved there, git is asked once for the branches of all trees.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Dispose } from '../../base/disposable.ts';
import { askText } from '../git/ask.ts';
import type { Git } from '../git/run.ts';
import { Wakes } from './wakes.ts';
import type { FolderWatcher, WatchFolder } from './tree-watch.ts';

export interface TreeOfRepository {
  /** What is known of it; undefined when detached, or not read yet. */
  at(): { readonly branch?: string; readonly head?: string } | undefined;
  /** Its branch is somewhere else, or what is ignored may be. */
  onMoved(): void;
  onBlind(error: unknown): void;
}

/** One watch for each repository, however many trees of it are followed. Until disposed; rejects when it cannot be watched. */
export type JoinRepository = (commonDir: string, tree: TreeOfRepository) => Promise<Dispose>;

export interface RepositoryDeps {
  readonly git: Git;
  readonly watch: WatchFolder;
}

export class RepositoryWatch {
  /** All is watched. */
  readonly ready: Promise<void>;
  private readonly deps: RepositoryDeps;
  private readonly commonDir: string;
  private readonly trees = new Set<TreeOfRepository>();
  private readonly watchers = new Map<string, FolderWatcher>();
  private readonly wakes: Wakes;
  private readonly ended = new AbortController();
  /** The user's own list of what is ignored; undefined until it is known. */
  private excludes: string | undefined;
  private isConfigMoved = true;

  constructor(deps: RepositoryDeps, commonDir: string) {
    this.deps = deps;
    // Git says `/` everywhere, and what is told of a folder is compared with what is asked for.
    this.commonDir = path.normalize(commonDir);
    this.wakes = new Wakes(deps.git.clock, () => this.look());
    this.ready = this.open();
  }

  add(tree: TreeOfRepository): void {
    this.trees.add(tree);
  }

  /** True when it was the last one: all is closed then. */
  remove(tree: TreeOfRepository): boolean {
    this.trees.delete(tree);
    if (this.trees.size > 0) return false;
    this.ended.abort();
    this.wakes.dispose();
    this.closeAll();
    return true;
  }

  private async look(): Promise<void> {
    try {
      await this.open();
      await this.compareBranches();
    } catch (error) {
      if (this.ended.signal.aborted) return;
      // Each of them looks every 30 s then, and leaves; a new one is made when they try again.
      for (const tree of [...this.trees]) tree.onBlind(error);
    }
  }

  private async open(): Promise<void> {
    if (this.isConfigMoved) await this.readConfig();
    await this.openAll();
  }

  private async readConfig(): Promise<void> {
    const { git } = this.deps;
    const { XDG_CONFIG_HOME } = process.env;
    const usual = XDG_CONFIG_HOME
      ? path.join(XDG_CONFIG_HOME, 'git', 'ignore')
      : '~/.config/git/ignore';
    const args = ['config', '--type=path', '--default', usual, '--get', 'core.excludesFile'];
    const { signal } = this.ended;
    this.isConfigMoved = false;
    const excludes = path.normalize(await askText(git, { cwd: this.commonDir, args, signal }));
    if (this.excludes !== undefined && this.excludes !== excludes) this.rulesMoved();
    this.excludes = excludes;
  }

  /** Those that are there, and not those that went. */
  private async openAll(): Promise<void> {
    const heads = path.join(this.commonDir, 'refs', 'heads');
    const below = await readdir(heads, { recursive: true, withFileTypes: true }).catch(() => []);
    const folders = below.filter((one) => one.isDirectory());
    const wanted = new Set([
      ...['', 'info', 'refs', 'reftable'].map((name) => path.join(this.commonDir, name)),
      ...[heads, ...folders.map((one) => path.join(one.parentPath, one.name))],
      ...(this.excludes === undefined ? [] : [path.dirname(this.excludes)]),
    ]);
    for (const [folder, watcher] of this.watchers)
      if (!wanted.has(folder)) this.close(folder, watcher);
    for (const folder of wanted) if (!this.watchers.has(folder)) this.watch(folder);
  }

  private watch(folder: string): void {
    if (this.ended.signal.aborted) return;
    try {
      const watcher = this.deps.watch(folder, (kind, name) => this.heard(folder, kind, name));
      watcher.on('error', () => this.close(folder, watcher));
      this.watchers.set(folder, watcher);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(code)) throw error;
    }
  }

  private close(folder: string, watcher: FolderWatcher): void {
    watcher.close();
    if (this.watchers.get(folder) === watcher) this.watchers.delete(folder);
  }

  private closeAll(): void {
    for (const [folder, watcher] of this.watchers) this.close(folder, watcher);
  }

  private heard(folder: string, kind: string, bytes: Buffer | null): void {
    const name = bytes?.toString('utf8') ?? '';
    if (this.ended.signal.aborted || name.endsWith('.lock')) return;
    const place = path.join(folder, name);
    // The end of a folder is told by its own name: one that comes in its place is watched anew.
    const own = this.watchers.get(folder);
    if (kind === 'rename' && name === path.basename(folder) && own) this.close(folder, own);
    if (place === this.excludes || place === path.join(this.commonDir, 'info', 'exclude'))
      this.rulesMoved();
    else if (place === path.join(this.commonDir, 'config')) this.isConfigMoved = true;
    else if (!this.isOfRefs(folder, name)) return;
    this.wakes.wake();
  }

  private isOfRefs(folder: string, name: string): boolean {
    if (folder === this.commonDir)
      return ['packed-refs', 'refs', 'reftable', 'info'].includes(name);
    return folder.startsWith(path.join(this.commonDir, 'ref'));
  }

  private rulesMoved(): void {
    for (const tree of [...this.trees]) tree.onMoved();
  }

  private async compareBranches(): Promise<void> {
    const trees = [...this.trees].flatMap((tree) => {
      const at = tree.at();
      // It is being read for the first time, perhaps as it was before.
      if (at === undefined) tree.onMoved();
      if (at?.branch === undefined) return [];
      return [{ tree, head: at.head, ref: `refs/heads/${at.branch}` }];
    });
    if (trees.length === 0) return;
    const refs = [...new Set(trees.map(({ ref }) => ref))];
    const args = ['for-each-ref', '--format=%(refname) %(objectname)', ...refs];
    const { signal } = this.ended;
    const found = await askText(this.deps.git, { cwd: this.commonDir, args, signal });
    const heads = new Map(found.split('\n').map((line) => line.split(' ') as [string, string]));
    for (const { tree, head, ref } of trees) if (heads.get(ref) !== head) tree.onMoved();
  }
}
