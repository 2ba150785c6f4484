/** All folds of findings by event type; several of one type one after another. Pure. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { WaitReader } from '../../hub/waits.ts';
import { permissionFolds } from './permissions.ts';
import { recoveryFolds } from './recoveries.ts';
import type { FindingsState, Folds } from './state.ts';
import { stuckFolds } from './stuck.ts';
import { waitingFolds } from './waiting.ts';
import { workFolds } from './work.ts';

export function foldFindings(waits: WaitReader): Folds {
  const all = [
    ...[recoveryFolds, stuckFolds, permissionFolds, workFolds, droppedFolds],
    waitingFolds(waits),
  ].flatMap((folds) => Object.entries(folds));
  const byType = Map.groupBy(all, ([type]) => type);
  return Object.fromEntries(
    [...byType].map(([type, folds]) => [
      type,
      (state: FindingsState, event: EventEnvelope) =>
        folds.reduce((left, [, fold]) => fold(left, event), state),
    ]),
  );
}

const droppedFolds: Folds = {
  'learning.dropped': (state, { data }) => {
    const { id } = data as { id: string };
    const byId = state.found.byId.update(id, (one) => ({ ...one, dropped: one.count }));
    return byId === state.found.byId ? state : { ...state, found: { ...state.found, byId } };
  },
};
