/** Lets go of the commits of approvals that are forgotten, so that refs do not pile up over the years. */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import type { Review } from './ports.ts';
import type { ApprovalsState } from './slice.ts';

/** After a start there is more urgent work for git, milliseconds. */
const firstMs = 60_000;
const everyMs = 24 * 3_600_000;

export function sweepForgotten(
  review: Pick<Review, 'sweepPins'>,
  life: Pick<Life<ApprovalsState>, 'state' | 'clock' | 'logger' | 'signal' | 'own'>,
): void {
  let cancel = (): void => undefined;
  const sweep = async (): Promise<void> => {
    try {
      const removed = await review.sweepPins({
        isRemembered: (approval) => life.state().byId.has(approval),
        signal: life.signal,
      });
      if (removed.length > 0)
        life.logger.info({ approvals: removed.length }, 'pins were let go of');
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn(
          { error: reasonOf(error) },
          'pins of forgotten approvals were not removed',
        );
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(sweep, everyMs);
  };
  cancel = life.clock.schedule(sweep, firstMs);
  life.own(() => cancel());
}
