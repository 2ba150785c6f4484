/** What an approval changes beyond what was reviewed before, where something was. */
import { useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { reviewedBefore } from '../../../preload/contract/earlier-reviews.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';

export type Since = NonNullable<QueryOutput<'review.since'>['since']>;

export interface SinceState {
  /** The request that was reviewed; undefined where none was. */
  readonly before: ApprovalRecord | undefined;
  readonly since: Since | undefined;
  /** It could not be compared. */
  readonly error: WireError | undefined;
  readonly isLoading: boolean;
}

export function useSince(approval: ApprovalRecord): SinceState {
  const approvals = useRecords('approval');
  const reviews = useRecords('review');
  const before = useMemo(
    () => reviewedBefore(approvals, reviews, approval),
    [approvals, reviews, approval],
  );
  const ask = before && { approval: approval.id };
  const { result, error } = useQuery('review.since', ask);
  const isLoading = before !== undefined && result === undefined && error === undefined;
  return { before, since: result?.since, error, isLoading };
}
