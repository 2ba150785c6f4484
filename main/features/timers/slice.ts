/** What the hub remembers of timers: all that are not over, and the newest that are. */
import { timers as contract } from '../../../preload/contract/timers.ts';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

export interface Timer extends TimerRecord {
  /** What the clock said when its next time was worked out. */
  readonly armedMs: number;
  /** Times passed between the last one and then: if the clock goes back, they are to come again. */
  readonly skips: boolean;
  /** The latest due time that it fired for: none up to there comes again. */
  readonly firedUpToMs?: number;
}

export interface TimersState {
  /** Active or paused. What pages mirror. */
  readonly open: Table<Timer>;
  readonly over: Kept<Timer>;
  readonly next: number;
}

export const overKept = 500;

export const initialTimers: TimersState = {
  open: Table.empty(),
  over: { byId: Table.empty(), settled: [] },
  next: 1,
};

export const selectTimers: (hub: HubState) => TimersState = selectorOf<TimersState>(contract);

export function timerOf({ open, over }: TimersState, id: string): Timer | undefined {
  return open.get(id) ?? over.byId.get(id);
}

export function withTimer(state: TimersState, timer: Timer): TimersState {
  const { id } = timer;
  const isOver = timer.state === 'done' || timer.state === 'removed';
  const wasOver = state.over.byId.has(id);
  if (!isOver)
    return {
      ...state,
      open: state.open.set(id, timer),
      over: wasOver ? withoutOver(state.over, id) : state.over,
    };
  const byId = state.over.byId.set(id, timer);
  if (wasOver) return { ...state, over: { ...state.over, byId } };
  const keeping = { isSettled: () => true, keep: overKept, isNew: true };
  const over = keepNewest({ ...state.over, byId }, id, keeping);
  return { ...state, open: state.open.delete(id), over };
}

function withoutOver({ byId, settled }: Kept<Timer>, id: string): Kept<Timer> {
  return { byId: byId.delete(id), settled: settled.filter((one) => one !== id) };
}

/** What everybody may see of it. */
export function toRecord(timer: Timer): TimerRecord {
  const { armedMs: _armed, skips: _skips, firedUpToMs: _upTo, ...record } = timer;
  return record;
}
