/** The diff of an approval, or of one of its commits alone, with what has to be known beside it. */
import type { QueryResult } from '../../../../preload/contract/define.ts';
import type {
  ApprovalRecord,
  approvals as contract,
} from '../../../../preload/contract/approvals.ts';
import type { Review, ReviewSettings } from '../ports.ts';
import { fitOf, strategyFor } from './prepare.ts';

type Shown = QueryResult<typeof contract, 'approval.diff'>;

interface DiffAsk {
  readonly approval: ApprovalRecord;
  /** Show this one of its commits alone. */
  readonly commit?: string | undefined;
  /** Of its agent, where that is still known. */
  readonly branch?: string | undefined;
  readonly signal: AbortSignal;
}

export async function readShown(
  { review, settings }: { readonly review: Review; readonly settings: () => ReviewSettings },
  { approval: { id: approval, pin, agent }, commit, branch, signal }: DiffAsk,
): Promise<Shown> {
  const [{ files, ...shown }, around, target, submodules, fit] = await Promise.all([
    commit === undefined
      ? review.diff({ approval, pin, signal })
      : review.alone({ approval, pin, commit, signal }),
    review.commits({ pin, branch, signal }),
    review.target({ pin, signal }),
    review.submodules({ pin, agent, signal }),
    fitOf(review, pin, signal),
  ]);
  const { commits, earlier, later } = around;
  return {
    pin,
    ...shown,
    files: [...files],
    commits,
    ...(earlier.length > 0 && { earlier }),
    ...(later.length > 0 && { later }),
    targetMoved: target.moved,
    checkout: target.checkout,
    strategy: strategyFor(settings().strategy, fit),
    ...(fit.isApart && { isApart: true }),
    ...(fit.unfit !== undefined && { unfit: fit.unfit }),
    ...submodules,
  };
}
