/** What the hub remembers of triggers. What each fired is in the log, by the topic `trigger/<id>`. */
import type { Matcher, TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { rateWindowMs, triggersKept } from '../../../preload/contract/trigger-facts.ts';
import { triggers as contract } from '../../../preload/contract/triggers.ts';
import { Table } from '../../../preload/contract/table.ts';
import { type Kept, keepNewest } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import { sayAction } from '../actions/index.ts';

export interface Trigger extends Omit<TriggerRecord, 'does'> {
  /** Events up to this one are not for it: the one by which it was added, edited or resumed. */
  readonly since: number;
  /** When the events were that it fired on within the last minute. */
  readonly recent: readonly number[];
}

/** What is asked of each event: of its own, so that a firing leaves all of it as it is. */
export interface Armed extends Matcher {
  readonly id: string;
}

export interface TriggersState extends Kept<Trigger> {
  /** Of those that fire. */
  readonly armed: Table<Armed>;
  readonly next: number;
}

export const initialTriggers: TriggersState = {
  ...{ byId: Table.empty(), settled: [] },
  ...{ armed: Table.empty(), next: 1 },
};

export const selectTriggers: (hub: HubState) => TriggersState = selectorOf<TriggersState>(contract);

const keeping = {
  isSettled: ({ state }: Trigger) => state === 'spent',
  keep: triggersKept.spent,
};

/** In the place of its former self. */
export function withTrigger(state: TriggersState, trigger: Trigger): TriggersState {
  const { id } = trigger;
  const kept = keepNewest(
    { byId: state.byId.set(id, trigger), settled: state.settled },
    id,
    keeping,
  );
  return { ...state, ...kept, armed: armedAfter(state.armed, trigger) };
}

export function withoutTrigger(state: TriggersState, id: string): TriggersState {
  return {
    ...state,
    byId: state.byId.delete(id),
    settled: state.settled.filter((one) => one !== id),
    armed: state.armed.delete(id),
  };
}

/** The same table when what is asked of events is the same. */
function armedAfter(armed: Table<Armed>, trigger: Trigger): Table<Armed> {
  const { id, state, on, story, agent, stage, path, where } = trigger;
  if (state !== 'armed') return armed.delete(id);
  const before = armed.get(id);
  const now: Armed = { id, on, story, agent, stage, path, where };
  const isSame =
    before !== undefined &&
    before.on === on &&
    before.story === story &&
    before.agent === agent &&
    before.stage === stage &&
    before.path === path &&
    before.where === where;
  return isSame ? armed : armed.set(id, now);
}

/** Clocks are set back as well: what counts is how far apart two moments are. */
export function within(ms: number, atMs: number, otherMs: number): boolean {
  return Math.abs(atMs - otherMs) < ms;
}

/** What of the events that it fired on counts at that moment. */
export function recentAt({ recent }: Trigger, atMs: number): readonly number[] {
  return recent.filter((one) => within(rateWindowMs, one, atMs));
}

interface Moment {
  readonly seq: number;
  readonly atMs: number;
}

/** Whether it fires on what fits: it is armed, the event is new to it, and it is not cooling down. */
export function mayFire(trigger: Trigger | undefined, { seq, atMs }: Moment): trigger is Trigger {
  if (trigger?.state !== 'armed') return false;
  const { since, last, cooldownMs } = trigger;
  if (seq <= since || seq <= (last?.seq ?? 0)) return false;
  return last === undefined || !within(cooldownMs, atMs, last.atMs);
}

/** What pages see. */
export function toRecord({ since: _since, recent: _recent, ...record }: Trigger): TriggerRecord {
  return { ...record, does: sayAction(record.action) };
}
