/** What happens next with a story whose merge failed: mended by an agent, tried again, or left to a person, by the nature of the failure. Pure. */
import type { MergeFailureKind } from '../../../preload/contract/merge-failures.ts';
import { nextSteps } from '../../../preload/contract/merge-failures.ts';
import type { StoryCause } from '../../../preload/contract/story-facts.ts';
import { advance, block, tooOften } from './advance.ts';
import { causeOf, takenBack } from './approval-steps.ts';
import { mendStep } from './mend-steps.ts';
import type { Step } from './steps.ts';
import type { View } from './view.ts';

/** What a failure is by nature: for an agent to mend, gone by itself, for a person, or no work at all. */
export const natures: Readonly<Record<MergeFailureKind, 'mend' | 'retry' | 'person' | 'empty'>> = {
  conflict: 'mend',
  'range-conflict': 'mend',
  'range-unfit': 'mend',
  'gates-failed': 'mend',
  'not-forward': 'mend',
  empty: 'empty',
  'no-commits': 'empty',
  'moved-target': 'retry',
  'push-rejected': 'retry',
  other: 'retry',
  'target-in-use': 'person',
  'hook-refused': 'person',
};

const firstRetryMs = 2_000;

export function failedStep(view: View): Step | undefined {
  const { row, approval, story } = view;
  const { place } = story;
  if (place.stage !== 'merge_failed') return undefined;
  const retry = (cause: StoryCause) => advance(view, { transition: 'retry_merge', cause });
  const state = approval?.state ?? '';
  if (approval !== undefined && ['approved', 'merging', 'merged'].includes(state))
    return retry(causeOf(approval));
  if (row.isResumed) return retry({ kind: 'landing', ref: 'resumed' });
  if (row.mender === undefined && approval !== undefined) {
    const back = takenBack(view, approval);
    if (back !== undefined) return back;
  }
  const { detail = '' } = place;
  const kind = (place.kind in natures ? place.kind : 'other') as MergeFailureKind;
  const cause: StoryCause = { kind: 'merge', ...(approval !== undefined && { ref: approval.id }) };
  switch (natures[kind]) {
    case 'mend':
      return mendStep(view, { kind, detail, cause });
    case 'empty':
      return block(view, cause, `${detail} ${emptyWays(story.id)}`);
    case 'person':
      return block(view, cause, `${detail} ${nextSteps[kind].operator}`);
    case 'retry': {
      if (row.strikes >= view.settings.mergeAttempts)
        return block(view, cause, tooOften(row.strikes, detail));
      const atMs = story.sinceMs + firstRetryMs * 4 ** Math.max(0, row.strikes - 1);
      // What failed in the future failed before the clock was set back: it has waited.
      const isDue = view.nowMs >= atMs || view.nowMs < story.sinceMs;
      return isDue ? retry(cause) : { wakeMs: atMs };
    }
  }
}

function emptyWays(story: string): string {
  return `There is no code in it to merge, so it is not done by that. Close it if that is what was wanted (musher story unblock ${story}, then musher story move ${story} done --reason …), abandon it, or send it back to coding.`;
}
