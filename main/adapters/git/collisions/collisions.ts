/** Proves what of two worktrees does not merge, by merging what they are like. */
import type { CollidingView } from '../../../../preload/contract/conflict-records.ts';
import { namedFiles } from '../../../../preload/contract/conflict-records.ts';
import { Pace } from '../../../base/pace.ts';
import { musherError } from '../../../base/result.ts';
import type {
  CollisionProof,
  MergeSide,
  NotKnown,
  Verdict,
} from '../../../features/conflicts/ports.ts';
import { findCommit } from '../ask.ts';
import type { RepositoryContext } from '../repository-context.ts';
import { callableOff } from '../run.ts';
import type { OtherSide } from './contested.ts';
import { mergeOf, overlapsOf, reasonFor, toFile } from './collide.ts';
import { viewOf } from './collision-view.ts';
import type { DiffPlace } from './line-changes.ts';
import type { MergeReport } from './merge-report.ts';
import { readBranch, readFirstMs } from './own-changes.ts';
import { Scratches } from './scratches.ts';
import { type SnapshotDeps, TreeSnapshot, Unproved } from './tree-snapshot.ts';

/** From so many files that were written at once on, those that have no say are left out. */
const manyFiles = 300;

/** `folder`: of its own; what an earlier life left there is taken away. `many`: see `SnapshotOf`. */
export function createCollisionProof(
  context: RepositoryContext,
  folder: string,
  many = manyFiles,
): CollisionProof {
  return new Proof(context, folder, many);
}

/** Of so many merges it is known what came of them: of two trees that are as they were, git is not asked again. */
const mostKnown = 1_500;

/** So many branches are read at once. */
const lanes = 2;

interface Merged {
  /** Two of the same give the same. */
  readonly key: string;
  readonly place: DiffPlace;
  readonly merge: () => Promise<MergeReport>;
}

class Proof implements CollisionProof {
  private readonly context: RepositoryContext;
  private readonly scratches: Scratches;
  private readonly many: number;
  private readonly pace: Pace;
  private readonly trees = new Map<string, TreeSnapshot>();
  private readonly ended = new AbortController();
  private readonly known = new Map<string, Verdict>();
  private count = 0;

  constructor(context: RepositoryContext, folder: string, many: number) {
    this.context = context;
    this.many = many;
    this.pace = new Pace(context.git.clock);
    this.scratches = new Scratches(context, folder);
  }

  tell(...[worktreePath, state, touched]: Parameters<CollisionProof['tell']>): void {
    let tree = this.trees.get(worktreePath);
    if (tree === undefined) {
      const indexName = `index-${this.count++}`;
      tree = new TreeSnapshot({ worktreePath, indexName, many: this.many, pace: this.pace });
      this.trees.set(worktreePath, tree);
    }
    tree.tell(state, touched);
  }

  forget(worktreePath: string): void {
    this.trees.delete(worktreePath);
  }

  between(ours: string, theirs: MergeSide, signal?: AbortSignal): Promise<Verdict> {
    return this.merge([ours, theirs], signal, async ({ key, place, merge }) => {
      const known = this.known.get(key);
      if (known !== undefined) return known;
      const { files: unmerged, fileCount } = await merge();
      const first = unmerged.slice(0, namedFiles);
      const overlaps = await overlapsOf(place, first);
      const files = first.map((file, n) => toFile(file, overlaps[n]));
      const collisions = { files, fileCount };
      const proved = unmerged.map(({ stages: _s, ...file }) => file);
      return this.remember(key, { isKnown: true, collisions, proved });
    });
  }

  async view(...[[first, second], path, signal]: Parameters<CollisionProof['view']>) {
    if (typeof first === 'string') return this.viewOf(first, second, { path, signal });
    if (typeof second !== 'string') throw new Error('one side of a view is a worktree');
    return turnedView(await this.viewOf(second, first, { path, signal }));
  }

  branchChanges(...[ask]: Parameters<CollisionProof['branchChanges']>) {
    return this.inTurn(() => readBranch(this.context, ask));
  }

  firstMs(...[ask]: Parameters<CollisionProof['firstMs']>) {
    return this.inTurn(() => readFirstMs(this.context, ask));
  }

  async dispose(): Promise<void> {
    this.ended.abort(new Error('the project is closed'));
    await this.scratches.dispose();
  }

  private async viewOf(
    ours: string,
    theirs: MergeSide,
    { path, signal }: { readonly path: string; readonly signal: AbortSignal },
  ): Promise<CollidingView> {
    const found = await this.merge([ours, theirs], signal, async ({ place, merge }) => {
      const { files: unmerged } = await merge();
      const file = unmerged.find((one) => one.path === path);
      return file === undefined ? mergesNow(path) : viewOf(place, file, unmerged);
    });
    if (!('isKnown' in found)) return found;
    throw musherError('GIT_FAILED', { subcommand: 'merge-tree', reason: found.reason });
  }

  private async merge<T>(
    [ours, theirs]: readonly [string, MergeSide],
    asked: AbortSignal | undefined,
    use: (merged: Merged) => Promise<T>,
  ): Promise<T | NotKnown> {
    const signal = AbortSignal.any([this.ended.signal, ...(asked ? [asked] : [])]);
    signal.throwIfAborted();
    try {
      return await this.scratches.use(async (scratch) => {
        const git = callableOff(this.context.git, signal);
        const commits = await this.commitsOf([ours, theirs], { git, scratch, signal });
        const { objectsFolder } = scratch;
        const place = { git, cwd: ours, env: scratch.envOf(ours), signal, objectsFolder };
        const merge = () => mergeOf(place, ...commits);
        return use({ key: [scratch.configStamp, ours, ...commits].join('\n'), place, merge });
      });
    } catch (error) {
      signal.throwIfAborted();
      const reason = reasonFor(error);
      if (reason === undefined) throw error;
      return { isKnown: false, reason };
    }
  }

  private async commitsOf(
    [ours, theirs]: readonly [string, MergeSide],
    deps: SnapshotDeps,
  ): Promise<[string, string]> {
    const one = this.treeOf(ours);
    if (typeof theirs === 'string') {
      const other = this.treeOf(theirs);
      return Promise.all([
        one.commit(deps, () => other.asOther()),
        other.commit(deps, () => one.asOther()),
      ]);
    }
    const tip = await findCommit(deps.git, this.context.repository.root, theirs.ref);
    if (tip === undefined) throw new Unproved(`${theirs.ref} is not there`);
    const other: OtherSide = { head: tip, changes: new Map() };
    return [await one.commit(deps, () => other), tip];
  }

  /** At a start all agents ask at once. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const lane = `collisions/${this.count++ % lanes}`;
    return this.context.git.exclusive(lane, async () => {
      this.ended.signal.throwIfAborted();
      return work();
    });
  }

  /** The oldest is forgotten first. */
  private remember(key: string, verdict: Verdict & { isKnown: true }): Verdict {
    if (verdict.proved.length <= namedFiles) this.known.set(key, verdict);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostKnown) break;
      this.known.delete(oldest);
    }
    return verdict;
  }

  private treeOf(worktreePath: string): TreeSnapshot {
    const tree = this.trees.get(worktreePath);
    if (tree === undefined) throw new Unproved('its worktree is not followed');
    return tree;
  }
}

function mergesNow(path: string): CollidingView {
  return { path, reason: 'other', hunks: [], hunkCount: 0, sides: ['merges now', 'merges now'] };
}

function turnedView(view: CollidingView): CollidingView {
  const hunks = view.hunks.map(({ base, sides: [ours, theirs] }) => ({
    base,
    sides: [theirs, ours] as [typeof theirs, typeof ours],
  }));
  return { ...view, hunks, sides: [view.sides[1], view.sides[0]] };
}
