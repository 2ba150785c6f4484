/**
 * How long agents waited for the operator: from the event that opened what they could not go on without to the one that settled it, or
 * decided it. Folded by the very reducers of the operator's inbox, so that no list says otherwise, and by the times of events alone: a
 * replay comes to the same milliseconds. What an agent only tells, and does not wait for, is not counted. Pure.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { WaitChange } from '../../hub/feature.ts';
import type { WaitReader } from '../../hub/waits.ts';
import type { InboxState } from './slice.ts';
import { reduceInbox } from './reduce.ts';

export interface EndedWait {
  readonly item: WaitingItem;
  /** A clock that was set back makes none negative. */
  readonly lastedMs: number;
}

export interface WaitStep {
  /** What agents cannot go on without now. The same, by reference, where nothing changed. */
  readonly waiting: InboxState;
  readonly ended: readonly EndedWait[];
}

/** By event type: what one event does to what agents wait for. */
export function blockingWaits(
  waits: WaitReader,
): Readonly<Record<string, (waiting: InboxState, event: EventEnvelope) => WaitStep>> {
  const blocking: WaitReader = {
    types: waits.types,
    changes: (event) => waits.changes(event).flatMap(blockingOnly),
  };
  const folds = Object.entries(reduceInbox(blocking));
  return Object.fromEntries(folds.map(([type, reduce]) => [type, stepping(reduce)]));
}

function blockingOnly(change: WaitChange): WaitChange[] {
  if ('opens' in change) return change.opens.isBlocking ? [change] : [];
  if ('resumes' in change && !change.resumes.isBlocking) return [{ settles: change.resumes.id }];
  return [change];
}

function stepping(reduce: (waiting: InboxState, event: EventEnvelope) => InboxState) {
  return (before: InboxState, event: EventEnvelope): WaitStep => {
    const waiting = reduce(before, event);
    if (waiting === before) return { waiting, ended: [] };
    const ended = before.open
      .differencesTo(waiting.open)
      .flatMap(({ before: item, after }): EndedWait[] =>
        item === undefined || item.seq === after?.seq
          ? []
          : [{ item, lastedMs: Math.max(0, event.atMs - item.sinceMs) }],
      );
    return { waiting, ended };
  };
}
