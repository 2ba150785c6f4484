/** Waits that are over, the newest of them: each by the event that ended it. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';
import { endedWaitsKept } from '../../../preload/contract/waits.ts';
import { type Kept, keepNewest } from '../../base/records.ts';
import type { WaitReader } from '../../hub/waits.ts';
import { blockingWaits, type InboxState, initialInbox } from '../inbox/index.ts';

export interface Ended {
  readonly agent: string;
  readonly kind: string;
  /** When it ended, Unix ms, and how long it had lasted. */
  readonly atMs: number;
  readonly lastedMs: number;
}

/** Bounded: `waiting` by what waits for the operator, `ended` by number. */
export interface WaitsState {
  readonly waiting: InboxState;
  /** By `endedId`. */
  readonly ended: Kept<Ended>;
}

export const initialWaits: WaitsState = {
  waiting: initialInbox,
  ended: { byId: Table.empty(), settled: [] },
};

/** `item`: `<kind>/<subject>`. One event may end several. */
export function endedId(seq: number, item: string): string {
  return `${seq}/${item}`;
}

export function reduceWaits(
  waits: WaitReader,
): Readonly<Record<string, (state: WaitsState, event: EventEnvelope) => WaitsState>> {
  const steps = Object.entries(blockingWaits(waits));
  return Object.fromEntries(
    steps.map(([type, step]) => [
      type,
      (state: WaitsState, event: EventEnvelope): WaitsState => {
        const { waiting, ended } = step(state.waiting, event);
        if (waiting === state.waiting) return state;
        const all = ended.reduce((left, { item, lastedMs }) => {
          const id = endedId(event.seq, item.id);
          const { agent, kind } = item;
          const byId = left.byId.set(id, { agent, kind, atMs: event.atMs, lastedMs });
          const bound = { isSettled: () => true, keep: endedWaitsKept, isNew: true };
          return keepNewest({ settled: left.settled, byId }, id, bound);
        }, state.ended);
        return { waiting, ended: all };
      },
    ]),
  );
}
