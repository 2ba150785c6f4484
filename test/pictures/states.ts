// All states of which a picture is kept, by name: a file of that name is in kept/.

import { contractStates } from './contract-states.ts';
import { narrowStates } from './narrow-states.ts';
import { pageStates } from './page-states.ts';
import type { State } from './state.ts';
import { viewStates } from './view-states.ts';

/** They look like another that is kept, but for a sentence: `every-state` has their words. */
const likeAnother: ReadonlySet<string> = new Set([
  ...['conflict', 'range-conflict', 'range-unfit', 'empty', 'no-commits', 'moved-target'].map(
    (kind) => `approval-f-${kind}`,
  ),
  ...['approval-f-not-forward', 'approval-f-other', 'approval-p-pushed', 'approval-p-pushing'],
  ...['approval-p-push-rejected', 'approval-p-other', 'gate-passed', 'gate-cancelled'],
  'question-open',
]);

/** Of several states in one place, one picture, under the name of the first. */
export const states: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries({
    ...distinct(contractStates),
    ...viewStates,
    ...narrowStates,
    ...pageStates,
  }).map(([name, state]) => [name, drawn(state)]),
);

/** A diff comes after what is said of it, and its colours after it. */
function drawn(state: State): State {
  const { scene, hash } = state;
  if (!hash.startsWith('#/review/') || scene === 'hostile') return state;
  return { after: 'span[style*="--diffs-token"]', ...state };
}

function distinct(given: Readonly<Record<string, State>>): Readonly<Record<string, State>> {
  const seen = new Set<string>();
  return Object.fromEntries(
    Object.entries(given).filter(([name, { scene, hash, row }]) => {
      const place = [scene, hash, row].join(' ');
      const isFirst = !seen.has(place);
      seen.add(place);
      return isFirst && !likeAnother.has(name);
    }),
  );
}
