/**
 * What a range of a branch makes of a target that does not have what comes before it: exactly the change that was shown, or
 * nothing. The same patch, though others' work may have moved its lines.
 */
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { RangeFit } from '../../features/approvals/ports.ts';
import { MusherError, musherError } from '../../base/result.ts';
import { treeOf } from './ask.ts';
import { commitTree, musherIdentity } from './commit-tree.ts';
import { conflicted } from './conflicted.ts';
import { isOnTarget } from './look-before-merge.ts';
import { mergeTrees } from './merge-trees.ts';
import type { RepositoryContext } from './repository-context.ts';
import { findOtherChanges } from './same-changes.ts';

type RangePin = Pick<Pin, 'commit' | 'base' | 'target'>;

/** What the files of the target become. Throws RANGE_CONFLICTED, RANGE_UNFIT, COMMIT_EMPTY. */
export async function rangeTree(
  context: RepositoryContext,
  { pin, held }: { readonly pin: RangePin; readonly held: string },
): Promise<string> {
  const { git, repository } = context;
  const { commit, base, target } = pin;
  const cwd = repository.root;
  // As if the target's files had been made right after `base`: so that is what both sides have in common. Always the same object.
  const ours = await commitTree(git, cwd, {
    ...{ tree: held, parents: [base], message: 'musher: range' },
    ...{ by: musherIdentity, date: '@0 +0000' },
  });
  const { tree, conflicts } = await mergeTrees(git, cwd, { ours, theirs: commit });
  if (conflicts.length > 0) throw conflicted('RANGE_CONFLICTED', pin, conflicts);
  if (tree === held) throw musherError('COMMIT_EMPTY', { commit, target });
  const others = await findOtherChanges(context, { base, commit }, { base: held, commit: tree });
  if (others.length > 0)
    throw musherError('RANGE_UNFIT', { commit, target, why: whyOther(target, others) });
  return tree;
}

const named = 5;

function whyOther(target: string, paths: readonly string[]): string {
  const names = paths.slice(0, named);
  const more = paths.length - names.length;
  const files = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `"${target}" has some of it already, or has other lines around it, in ${files}`;
}

/** See `Review.fits`. */
export async function rangeFit(
  context: RepositoryContext,
  { pin, tip }: { readonly pin: RangePin; readonly tip: string },
): Promise<RangeFit> {
  const { git, repository } = context;
  if (await isOnTarget(context, pin.base, tip)) return { isApart: false };
  try {
    await rangeTree(context, { pin, held: await treeOf(git, repository.root, tip) });
    return { isApart: true };
  } catch (error) {
    if (error instanceof MusherError && isAboutRange(error.wire.code))
      return { isApart: true, unfit: error.wire };
    throw error;
  }
}

function isAboutRange(code: string): boolean {
  return ['RANGE_CONFLICTED', 'RANGE_UNFIT', 'COMMIT_EMPTY'].includes(code);
}
