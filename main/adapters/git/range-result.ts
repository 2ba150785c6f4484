/** The commits of a range as a target gets them that does not have what comes before. */
import { canReplay } from '../../../preload/contract/approval-range.ts';
import { musherError } from '../../base/result.ts';
import type { BareAsk, MergeResult } from './merge-result.ts';
import { rangeTree } from './range-tree.ts';
import { replay } from './replay.ts';
import type { RepositoryContext } from './repository-context.ts';
import { squash } from './squash.ts';

/** Throws RANGE_STRATEGY, RANGE_CONFLICTED, RANGE_UNFIT, COMMIT_EMPTY. */
export async function makeRangeResult(
  context: RepositoryContext,
  ask: BareAsk,
): Promise<MergeResult> {
  const { pin, held, strategy } = ask;
  const { target, base: from } = pin;
  if (!canReplay(strategy)) throw musherError('RANGE_STRATEGY', { strategy, target, from });
  const tree = await rangeTree(context, { pin, held });
  const all = { ...ask, tree, after: from };
  return strategy === 'squash' ? squash(context, all) : replay(context, all);
}
