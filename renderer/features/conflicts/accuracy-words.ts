/** How far warnings are believed, in two short sentences, and what the figures mean. Pure. */
import type { Accuracy } from '../../../preload/contract/conflicts.ts';
import { sayDuration } from '../../../preload/contract/say-finding.ts';

export function sayAccuracy({ kinds, missed, medianWarningMs }: Accuracy): string {
  const sum = (what: 'right' | 'falseAlarm' | 'avoided') =>
    kinds.reduce((all, one) => all + one[what], 0);
  const [right, wrong, avoided] = [sum('right'), sum('falseAlarm'), sum('avoided')];
  const told =
    right + wrong === 0
      ? ['No merge has put a warning to the test yet']
      : [
          `${right} of ${right + wrong} warnings that a merge put to the test ${right === 1 ? 'was' : 'were'} right`,
          ...(medianWarningMs === undefined ? [] : [`told ${sayDuration(medianWarningMs)} before`]),
        ];
  const conflicts = missed === 1 ? '1 conflict' : `${missed} conflicts`;
  const without = `${missed === 0 ? 'no conflict' : conflicts} came unwarned`;
  const settled = avoided === 0 ? [] : [`${avoided} settled before a merge`];
  return [...told, ...(right + wrong + missed === 0 ? [] : [without]), ...settled].join(', ');
}

/** For whoever rests on it. */
export const accuracyMeaning =
  'Right: the merge conflicted in a file that was warned of. Wrong: it went in clean. Unwarned: it conflicted, and nothing had been said. Settled: the two fitted together again before anybody merged.';
