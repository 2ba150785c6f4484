/** What a commit, another branch or another index of one worktree shows in: its own git folder, and what its repository shares. */
import path from 'node:path';
import type { Dispose } from '../../base/disposable.ts';
import { askText } from '../git/ask.ts';
import type { Git } from '../git/run.ts';
import type { JoinRepository, TreeOfRepository } from './repository-watch.ts';
import type { FolderWatcher, WatchFolder } from './tree-watch.ts';

/** `MERGE_HEAD` and its like say nothing that these do not. */
const told = new Set(['HEAD', 'index', 'config.worktree']);

interface GitFolderDeps {
  readonly git: Git;
  readonly watch: WatchFolder;
  readonly joinRepository: JoinRepository;
}

interface GitFolderTree extends TreeOfRepository {
  /** What is ignored, or tracked in spite of it, may be otherwise. */
  onIndex(): void;
  /** It is gone, or another one comes in its place: nothing more is told. */
  onRoot(): void;
}

export class GitFolder {
  private readonly deps: GitFolderDeps;
  private readonly root: string;
  private readonly tree: GitFolderTree;
  private watcher: FolderWatcher | undefined;
  private leave: Dispose | undefined;

  constructor(deps: GitFolderDeps, root: string, tree: GitFolderTree) {
    this.deps = deps;
    this.root = root;
    this.tree = tree;
  }

  /** Rejects when it cannot be watched, or git cannot say where it is. */
  async open(signal: AbortSignal): Promise<void> {
    const args = ['rev-parse', '--path-format=absolute', '--git-dir', '--git-common-dir'];
    const answer = await askText(this.deps.git, { cwd: this.root, args, signal });
    const [gitDir = '', commonDir = ''] = answer.split('\n');
    this.close();
    if (signal.aborted) return;
    const watcher = this.deps.watch(gitDir, (kind, name) => {
      // A watch tells the end of its own folder by that folder's name.
      if (kind === 'rename' && name?.toString('utf8') === path.basename(gitDir)) this.tree.onRoot();
      else this.heard(name?.toString('utf8') ?? '');
    });
    this.watcher = watcher;
    watcher.on('error', this.tree.onBlind);
    const leave = await this.deps.joinRepository(commonDir, this.tree);
    // It was closed meanwhile.
    if (this.watcher !== watcher) leave();
    else this.leave = leave;
  }

  close(): void {
    this.watcher?.close();
    void this.leave?.();
    this.watcher = undefined;
    this.leave = undefined;
  }

  private heard(name: string): void {
    if (!told.has(name)) return;
    if (name === 'index') this.tree.onIndex();
    this.tree.onMoved();
  }
}
