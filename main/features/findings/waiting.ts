/** How long agents waited for the operator, by agent and kind. */
import type { WaitReader } from '../../hub/waits.ts';
import { blockingWaits } from '../inbox/index.ts';
import { hit } from './hit.ts';
import type { FindingsState, Folds } from './state.ts';

export function waitingFolds(waits: WaitReader): Folds {
  const steps = Object.entries(blockingWaits(waits));
  return Object.fromEntries(
    steps.map(([type, step]) => [
      type,
      (state: FindingsState, event): FindingsState => {
        const { waiting, ended } = step(state.waiting, event);
        if (waiting === state.waiting) return state;
        const found = ended.reduce((left, { item: { agent, kind }, lastedMs }) => {
          const subject = [agent, kind];
          return hit(left, { category: 'waiting', subject, agents: [agent], lastedMs }, event);
        }, state.found);
        return { ...state, waiting, found };
      },
    ]),
  );
}
