/** Proves what of two worktrees does not merge, by merging what they are like. */
import { namedFiles } from '../../../../preload/contract/conflict-records.ts';
import type { CollisionProof, NotKnown, Verdict } from '../../../features/conflicts/ports.ts';
import type { RepositoryContext } from '../repository-context.ts';
import { callableOff } from '../run.ts';
import { mergeOf, overlapsOf, reasonFor, toFile } from './collide.ts';
import { viewOf } from './collision-view.ts';
import type { DiffPlace } from './line-changes.ts';
import type { Unmerged } from './merge-report.ts';
import { readCommitted, readFirstMs } from './own-changes.ts';
import { Scratches } from './scratches.ts';
import { TreeSnapshot, Unproved } from './tree-snapshot.ts';

/** `folder`: of its own; what an earlier life left there is taken away. */
export function createCollisionProof(context: RepositoryContext, folder: string): CollisionProof {
  return new Proof(context, folder);
}

interface Merged {
  readonly place: DiffPlace;
  readonly unmerged: readonly Unmerged[];
}

class Proof implements CollisionProof {
  private readonly context: RepositoryContext;
  private readonly scratches: Scratches;
  private readonly trees = new Map<string, TreeSnapshot>();
  private readonly ended = new AbortController();
  private count = 0;

  constructor(context: RepositoryContext, folder: string) {
    this.context = context;
    this.scratches = new Scratches(context, folder);
  }

  tell(...[worktreePath, state, touched]: Parameters<CollisionProof['tell']>): void {
    let tree = this.trees.get(worktreePath);
    if (tree === undefined) {
      tree = new TreeSnapshot(worktreePath, `index-${this.count++}`);
      this.trees.set(worktreePath, tree);
    }
    tree.tell(state, touched);
  }

  forget(worktreePath: string): void {
    this.trees.delete(worktreePath);
  }

  between(ours: string, theirs: string, signal?: AbortSignal): Promise<Verdict> {
    return this.merge([ours, theirs], signal, async ({ place, unmerged }) => {
      const first = unmerged.slice(0, namedFiles);
      const overlaps = await overlapsOf(place, first);
      const files = first.map((file, n) => toFile(file, overlaps[n]));
      const collisions = { files, fileCount: unmerged.length };
      return { isKnown: true, collisions, proved: unmerged };
    });
  }

  view(...[ours, theirs, { path, signal }]: Parameters<CollisionProof['view']>) {
    return this.merge([ours, theirs], signal, async ({ place, unmerged }) => {
      const file = unmerged.find((one) => one.path === path);
      return file && viewOf(place, file, unmerged);
    });
  }

  committed(...[ask]: Parameters<CollisionProof['committed']>) {
    return readCommitted(this.context, ask);
  }

  firstMs(...[ask]: Parameters<CollisionProof['firstMs']>) {
    return readFirstMs(this.context, ask);
  }

  async dispose(): Promise<void> {
    this.ended.abort(new Error('the project is closed'));
    await this.scratches.dispose();
  }

  private async merge<T>(
    [ours, theirs]: readonly [string, string],
    asked: AbortSignal | undefined,
    use: (merged: Merged) => Promise<T>,
  ): Promise<T | NotKnown> {
    const signal = AbortSignal.any([this.ended.signal, ...(asked ? [asked] : [])]);
    signal.throwIfAborted();
    try {
      return await this.scratches.use(async (scratch) => {
        const git = callableOff(this.context.git, signal);
        const deps = { git, scratch, signal };
        const [one, other] = await Promise.all([
          this.treeOf(ours).commit(deps),
          this.treeOf(theirs).commit(deps),
        ]);
        const place = { git, cwd: ours, env: scratch.envOf(ours), signal };
        return use({ place, unmerged: await mergeOf(place, one, other) });
      });
    } catch (error) {
      signal.throwIfAborted();
      const reason = reasonFor(error);
      if (reason === undefined) throw error;
      return { isKnown: false, reason };
    }
  }

  private treeOf(worktreePath: string): TreeSnapshot {
    const tree = this.trees.get(worktreePath);
    if (tree === undefined) throw new Unproved('its worktree is not followed');
    return tree;
  }
}
