/** What has to be known of the target, and of what else goes there, before a yes is taken. */
import { isRange } from '../../../preload/contract/approval-range.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { PrepareContext } from '../../hub/feature.ts';
import type { ApproveFacts, Review, ReviewSettings } from './ports.ts';
import { fitOf, orderBy, strategyFor } from './ranges/prepare.ts';
import { selectApprovals, type StoredApproval } from './slice.ts';
import { requireInLine } from './stories/link.ts';

export interface YesPorts {
  readonly review: Review;
  readonly settings: () => ReviewSettings;
}

/** Refused before it is approved: an operator who did not say so keeps their files, and nothing has failed. */
export async function lookBeforeYes(
  { review, settings }: YesPorts,
  data: { readonly approval: string; readonly updateCheckout: boolean },
  { hub, signal }: PrepareContext,
): Promise<Result<ApproveFacts>> {
  const { strategy } = settings();
  const { byId } = selectApprovals(hub);
  const found = byId.get(data.approval);
  if (found === undefined || !isUndecided(found.state))
    return ok({ strategy, after: [], ahead: [] });
  const inLine = requireInLine(hub, found);
  if (!inLine.ok) return inLine;
  const { target: into } = found.pin;
  const isBeside = ({ id, pin, state }: StoredApproval) =>
    id !== found.id &&
    pin.target === into &&
    (isUndecided(state) || state === 'approved' || state === 'merging');
  const among = byId
    .values()
    .filter(isBeside)
    .map(({ id }) => id);
  const [target, related, fit] = await Promise.all([
    data.updateCheckout ? undefined : review.target({ pin: found.pin, signal }),
    review.related({ commit: found.pin.commit, among, signal }),
    fitOf(review, found.pin, signal),
  ]);
  return ok({
    checkedOutIn: target?.checkout?.path,
    strategy: strategyFor(strategy, fit),
    isApart: fit.isApart,
    ...orderBy(related, fit, (id) => isRange(byId.get(id)?.pin ?? {})),
  });
}
