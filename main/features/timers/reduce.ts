/** How timers come out of the log. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentActor } from '../../../preload/contract/envelope.ts';
import type { timers as contract } from '../../../preload/contract/timers.ts';
import { type Timer, timerOf, type TimersState, withTimer } from './slice.ts';

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;
type Reduce = (state: TimersState, event: EventEnvelope) => TimersState;

function added(state: TimersState, { data, atMs }: EventEnvelope): TimersState {
  const { timer: id, label, owner, schedule, action, does, nextMs } = data as Data<'timer.added'>;
  const timer: Timer = {
    ...{ id, owner, schedule, action, does, nextMs, state: 'active' },
    ...(label !== undefined && { label }),
    ...{ fired: 0, failures: 0, addedMs: atMs, armedMs: atMs, skips: false },
  };
  return { ...withTimer(state, timer), next: state.next + 1 };
}

/** Of one that is not remembered any more nothing is known. */
function changed(change: (timer: Timer, event: EventEnvelope) => Timer): Reduce {
  return (state, event) => {
    const timer = timerOf(state, (event.data as { timer: string }).timer);
    return timer === undefined ? state : withTimer(state, change(timer, event));
  };
}

/** Its next time, as the clock said when that was worked out. */
interface Next {
  readonly nextMs?: number | undefined;
  readonly atMs: number;
  readonly skips?: boolean | undefined;
}

function withNext(timer: Timer, { nextMs, atMs, skips = false }: Next): Timer {
  const { nextMs: _former, ...rest } = timer;
  return { ...rest, ...(nextMs !== undefined && { nextMs }), armedMs: atMs, skips };
}

function edited(timer: Timer, { data, atMs }: EventEnvelope): Timer {
  const { schedule, action, label, does, nextMs, skips } = data as Data<'timer.edited'>;
  const next: Timer = {
    ...timer,
    does,
    ...(label !== undefined && { label }),
    ...(action !== undefined && { action }),
    failures: 0,
  };
  if (schedule === undefined) return next;
  const state = timer.state === 'paused' ? 'paused' : 'active';
  return withNext({ ...next, schedule, state }, { nextMs, atMs, skips });
}

function paused(timer: Timer, { data, atMs }: EventEnvelope): Timer {
  const { by } = data as Data<'timer.paused'>;
  return { ...withNext(timer, { atMs }), state: 'paused', pausedBy: by };
}

function resumed(timer: Timer, { data, atMs }: EventEnvelope): Timer {
  const { pausedBy: _by, ...rest } = timer;
  const { nextMs, skips, schedule = timer.schedule } = data as Data<'timer.resumed'>;
  return {
    ...withNext({ ...rest, schedule }, { nextMs, atMs, skips }),
    state: 'active',
    failures: 0,
  };
}

function fired(timer: Timer, { data, atMs }: EventEnvelope): Timer {
  const { n, by, dueMs, nextMs, skips, isDone } = data as Data<'timer.fired'>;
  const last = {
    ...{ n, atMs, state: isDone === true ? ('done' as const) : ('acting' as const) },
    ...(dueMs !== undefined && { dueMs }),
    ...(isDone === true && { endMs: atMs }),
  };
  const next: Timer = { ...timer, last, fired: n };
  if (by === 'operator') return next;
  const state = nextMs === undefined ? 'done' : timer.state;
  const upTo = dueMs === undefined ? {} : { firedUpToMs: dueMs };
  return { ...withNext(next, { nextMs, atMs, skips }), ...upTo, state };
}

function acted(timer: Timer, { data, atMs }: EventEnvelope): Timer {
  const { n, made, error } = data as Data<'timer.acted'>;
  const { last } = timer;
  if (last === undefined || last.n !== n) return timer;
  return {
    ...timer,
    failures: error === undefined ? 0 : timer.failures + 1,
    last: {
      ...last,
      ...{ state: error === undefined ? 'done' : 'failed', endMs: atMs },
      ...(made !== undefined && { made }),
      ...(error !== undefined && { error }),
    },
  };
}

function rearmed(timer: Timer, { data, atMs }: EventEnvelope): Timer {
  const { nextMs, skips, schedule = timer.schedule } = data as Data<'timer.rearmed'>;
  return withNext({ ...timer, schedule }, { nextMs, atMs, skips });
}

function removed(timer: Timer): Timer {
  const { nextMs: _next, ...rest } = timer;
  return { ...rest, state: 'removed' };
}

/** Nobody is there to be reminded. */
function agentGone(state: TimersState, { data }: EventEnvelope): TimersState {
  const owner = agentActor((data as { agent: string }).agent);
  const own: Timer[] = [];
  state.open.forEach((timer) => {
    if (timer.owner === owner) own.push(timer);
  });
  return own.reduce((left, timer) => withTimer(left, removed(timer)), state);
}

export const reduceTimers: Readonly<Record<string, Reduce>> = {
  'timer.added': added,
  'timer.edited': changed(edited),
  'timer.paused': changed(paused),
  'timer.resumed': changed(resumed),
  'timer.removed': changed(removed),
  'timer.fired': changed(fired),
  'timer.acted': changed(acted),
  'timer.rearmed': changed(rearmed),
  'agent.destroyed': agentGone,
};
