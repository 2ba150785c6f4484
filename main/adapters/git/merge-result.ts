/**
 * The commit that a merge leads to, made of objects alone: nothing points at it yet, nothing has to be undone. By any
 * strategy it has the tree of a merge of both; where only a range is asked for, that of the target with just its changes.
 */
import { isRange } from '../../../preload/contract/approval-range.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import { musherError } from '../../base/result.ts';
import { together } from '../../base/side-by-side.ts';
import type { ResultCheck } from '../../features/approvals/ports.ts';
import { commitTree } from './commit-tree.ts';
import { conflicted } from './conflicted.ts';
import { isOnTarget } from './look-before-merge.ts';
import { mergeTrees } from './merge-trees.ts';
import { makeRangeResult } from './range-result.ts';
import { mostCommits, relate } from './relation.ts';
import { replay } from './replay.ts';
import type { RepositoryContext } from './repository-context.ts';
import { squash } from './squash.ts';
import { subjectOf, withTrailers } from './trailers.ts';

export interface MergeAsk {
  readonly approval: string;
  readonly pin: Pin;
  /** Untrusted text. */
  readonly title: string;
  readonly agent: string;
  readonly updateCheckout: boolean;
  /** Told of the result before anything moves; what it throws ends the merge. */
  readonly check?: ResultCheck | undefined;
  readonly strategy: MergeStrategy;
  /** Number of the event that approved it, and the rule by which. */
  readonly event?: number;
  readonly rule?: string | undefined;
  /** The story that it merges. */
  readonly story?: string | undefined;
}

/** With what the target holds, and its tree. */
export interface BareAsk extends MergeAsk {
  readonly from: string;
  readonly held: string;
}

/** What every strategy starts from. */
export interface ResultAsk extends BareAsk {
  /** Of a merge of the target and the commit, or of what a range makes of the target. */
  readonly tree: string;
  /** What comes after it is put on top: what the target holds, or where a range begins. */
  readonly after: string;
}

export interface MergeResult {
  readonly to: string;
  /** What the target gets by it, newest first, at most `mostCommits`. */
  readonly commits: readonly string[];
}

/**
 * The pinned commit itself when the target can go forward to it, unless it is to be squashed; else what the strategy says.
 * Undefined where the target has the commit. Throws MERGE_CONFLICTED, REBASE_CONFLICTED, REBASE_UNFIT, RANGE_CONFLICTED,
 * RANGE_UNFIT, RANGE_STRATEGY, NOT_FORWARD, COMMIT_EMPTY, COMMIT_UNRELATED.
 */
export async function makeResult(
  context: RepositoryContext,
  ask: BareAsk,
): Promise<MergeResult | undefined> {
  const { from, held, pin, strategy } = ask;
  const { commit, target, tree: pinned } = pin;
  // Once the target has what comes before a range, that is all that the commit would bring.
  if (isRange(pin) && !(await isOnTarget(context, pin.base, from)))
    return makeRangeResult(context, ask);
  const [{ relation, commits }, ahead] = await together(
    relate(context, from, commit),
    mergeAhead(context, ask),
  );
  if (relation === 'there') return undefined;
  if (relation === 'unrelated') throw musherError('COMMIT_UNRELATED', { commit, target });
  const isForward = relation === 'forward';
  if (isForward && strategy !== 'squash') return { to: commit, commits };
  if (strategy === 'ff-only') throw musherError('NOT_FORWARD', { commit, target });
  const tree = isForward ? pinned : await (ahead?.() ?? mergedTree(context, pin, from));
  if (tree === held) throw musherError('COMMIT_EMPTY', { commit, target });
  const all = { ...ask, tree, after: from };
  if (strategy === 'rebase') return replay(context, all);
  if (strategy === 'squash') return squash(context, all);
  const to = await mergeBoth(context, all);
  return { to, commits: [to, ...commits].slice(0, mostCommits) };
}

/** Where the target has moved on from what the commit was shown against, both are merged while git still looks how they stand: then it counts. */
async function mergeAhead(
  context: RepositoryContext,
  { pin, from, strategy }: BareAsk,
): Promise<(() => Promise<string>) | undefined> {
  if ((pin.fork ?? pin.base) === from || strategy === 'ff-only') return undefined;
  const [end] = await Promise.allSettled([mergedTree(context, pin, from)]);
  return async () => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  };
}

async function mergedTree(
  { git, repository }: RepositoryContext,
  pin: Pin,
  from: string,
): Promise<string> {
  const both = { ours: from, theirs: pin.commit };
  const { tree, conflicts } = await mergeTrees(git, repository.root, both);
  if (conflicts.length > 0) throw conflicted('MERGE_CONFLICTED', pin, conflicts);
  return tree;
}

async function mergeBoth({ git, repository }: RepositoryContext, ask: ResultAsk): Promise<string> {
  const { pin, from, tree, title } = ask;
  const message = withTrailers(subjectOf(title, `Merge ${pin.commit.slice(0, 10)}`), ask);
  return commitTree(git, repository.root, { tree, parents: [from, pin.commit], message });
}
