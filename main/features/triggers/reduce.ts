/** How triggers come out of the log. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { triggers as contract } from '../../../preload/contract/triggers.ts';
import {
  recentAt,
  type Trigger,
  type TriggersState,
  withoutTrigger,
  withTrigger,
} from './slice.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;
type Reduce = (state: TriggersState, event: EventEnvelope) => TriggersState;

function added(state: TriggersState, { data, seq, atMs }: EventEnvelope): TriggersState {
  const { trigger: id, ...said } = data as Data<'trigger.added'>;
  const trigger: Trigger = {
    ...{ id, ...said, state: 'armed', addedMs: atMs, fired: 0, failures: 0 },
    ...{ since: seq, recent: [] },
  };
  return { ...withTrigger(state, trigger), next: state.next + 1 };
}

/** Of one that is not remembered any more nothing is known. */
function changed(change: (trigger: Trigger, event: EventEnvelope) => Trigger): Reduce {
  return (state, event) => {
    const trigger = state.byId.get((event.data as { trigger: string }).trigger);
    return trigger === undefined ? state : withTrigger(state, change(trigger, event));
  };
}

/** What was told of what it said before counts no more. */
function edited(trigger: Trigger, { data, seq }: EventEnvelope): Trigger {
  const { id, state, pause, addedMs, fired, failures, last, recent } = trigger;
  const { trigger: _id, fields: _fields, ...said } = data as Data<'trigger.edited'>;
  return {
    ...{ ...said, id, state, addedMs, fired, failures, recent, since: seq },
    ...(pause !== undefined && { pause }),
    ...(last !== undefined && { last }),
  };
}

function paused(trigger: Trigger, { data, atMs }: EventEnvelope): Trigger {
  const { reason, detail } = data as Data<'trigger.paused'>;
  const pause = { reason, atMs, ...(detail !== undefined && { detail }) };
  return { ...trigger, state: 'paused', pause };
}

function resumed(trigger: Trigger, { seq }: EventEnvelope): Trigger {
  const { pause: _pause, notes: _notes, ...rest } = trigger;
  return { ...rest, state: 'armed', failures: 0, recent: [], since: seq };
}

function fired(trigger: Trigger, { data }: EventEnvelope): Trigger {
  const { on, once } = data as Data<'trigger.fired'>;
  return {
    ...trigger,
    state: once === true ? 'spent' : trigger.state,
    fired: trigger.fired + 1,
    last: { ...on, outcome: 'doing' },
    recent: [...recentAt(trigger, on.atMs), on.atMs],
  };
}

function acted(trigger: Trigger, { data }: EventEnvelope): Trigger {
  const { on, outcome, detail } = data as Data<'trigger.acted'>;
  const failures = outcome === 'failed' ? trigger.failures + 1 : 0;
  const { last } = trigger;
  if (last?.seq !== on) return { ...trigger, failures };
  const { seq, type, atMs } = last;
  const ended = { seq, type, atMs, outcome, ...(detail !== undefined && { detail }) };
  return { ...trigger, failures, last: ended };
}

function noted(trigger: Trigger, { data, atMs }: EventEnvelope): Trigger {
  const { kind, on, text } = data as Data<'trigger.noted'>;
  const others = (trigger.notes ?? []).filter((one) => one.kind !== kind);
  return { ...trigger, notes: [...others, { kind, seq: on, atMs, text }] };
}

export const reduceTriggers: Readonly<Record<string, Reduce>> = {
  'trigger.added': added,
  'trigger.edited': changed(edited),
  'trigger.paused': changed(paused),
  'trigger.resumed': changed(resumed),
  'trigger.removed': (state, { data }) =>
    withoutTrigger(state, (data as Data<'trigger.removed'>).trigger),
  'trigger.fired': changed(fired),
  'trigger.acted': changed(acted),
  'trigger.noted': changed(noted),
};
