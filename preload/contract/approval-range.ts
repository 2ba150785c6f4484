/** What of a branch an approval asks for. Without schemas, so that the command and the page can say it too. */
import type { ApprovalRecord } from './approvals.ts';
import type { Pin } from './change-facts.ts';
import type { MergeStrategy } from './merge-queue.ts';

/** Only commits after some of its branch, which the target may not have. */
export function isRange({ fork }: Pick<Pin, 'fork'>): boolean {
  return fork !== undefined;
}

/** How a range can be merged while the target does not have what comes before it: the others would bring that along. */
export function canReplay(strategy: MergeStrategy): boolean {
  return strategy === 'rebase' || strategy === 'squash';
}

/** `whole branch, 5 commits`, `commits 2-4 of 7`, `commit 3 of 5`; where the place is not known the count alone. */
export function sayRange({
  commitCount,
  place,
}: Pick<ApprovalRecord, 'commitCount' | 'place'>): string {
  const count = commitCount === 1 ? '1 commit' : `${commitCount} commits`;
  if (place === undefined) return count;
  const { before, of } = place;
  if (before === 0 && commitCount >= of) return `whole branch, ${count}`;
  if (commitCount === 1) return `commit ${before + 1} of ${of}`;
  return `commits ${before + 1}-${before + commitCount} of ${of}`;
}
