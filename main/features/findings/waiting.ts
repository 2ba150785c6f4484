/**
 * How long agents waited for the operator: from the event that opened what they could not go on without to the one that settled it, or
 * decided it. Folded by the very reducers of the operator's inbox, so that no list says otherwise, and by the times of events alone: a
 * replay comes to the same milliseconds. What an agent only tells, and does not wait for, is not counted.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { WaitChange } from '../../hub/feature.ts';
import type { WaitReader } from '../../hub/waits.ts';
import { type InboxState, reduceInbox } from '../inbox/index.ts';
import { hit } from './hit.ts';
import { type FindingsState, type Folds, sinceMs } from './state.ts';

export function waitingFolds(waits: WaitReader): Folds {
  const blocking: WaitReader = {
    types: waits.types,
    changes: (event) => waits.changes(event).flatMap(blockingOnly),
  };
  const folds = Object.entries(reduceInbox(blocking));
  return Object.fromEntries(folds.map(([type, reduce]) => [type, measured(reduce)]));
}

function blockingOnly(change: WaitChange): WaitChange[] {
  if ('opens' in change) return change.opens.isBlocking ? [change] : [];
  if ('resumes' in change && !change.resumes.isBlocking) return [{ settles: change.resumes.id }];
  return [change];
}

function measured(reduce: (waiting: InboxState, event: EventEnvelope) => InboxState) {
  return (state: FindingsState, event: EventEnvelope): FindingsState => {
    const waiting = reduce(state.waiting, event);
    if (waiting === state.waiting) return state;
    let { found } = state;
    for (const { before, after } of state.waiting.open.differencesTo(waiting.open)) {
      if (before === undefined || before.seq === after?.seq) continue;
      const { agent, kind } = before;
      const lastedMs = sinceMs(before.sinceMs, event);
      const ended = {
        category: 'waiting' as const,
        subject: [agent, kind],
        agents: [agent],
        lastedMs,
      };
      found = hit(found, ended, event);
    }
    return { ...state, waiting, found };
  };
}
