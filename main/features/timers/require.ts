/** The rules of timers, each a small function: it returns what was asked for, or the refusal that says what to do. */
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import {
  openReminders,
  openTimers,
  type TimerState,
} from '../../../preload/contract/timer-facts.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, QueryContext } from '../../hub/feature.ts';
import { overKept, type Timer, timerOf, type TimersState } from './slice.ts';

export type Ctx = DecideContext<TimersState>;

/** The timer, when the actor may see it: an agent its own. */
export function requireTimer(
  { state, actor }: Pick<Ctx | QueryContext<TimersState>, 'state' | 'actor'>,
  id: string,
): Result<Timer> {
  const timer = timerOf(state, id);
  const self = agentIdOf(actor);
  if (self !== undefined && timer?.owner !== actor)
    return refuse('TIMER_NOT_YOURS', { timer: id, actor: self });
  return timer === undefined ? refuse('TIMER_UNKNOWN', { timer: id, kept: overKept }) : ok(timer);
}

const hints: Readonly<Record<TimerState, string>> = {
  active: 'It fires at its next time already; `musher timer pause {timer}` keeps it from that.',
  paused: 'Let it go on with `musher timer resume {timer}`.',
  done: 'It fired and has no next time: give it one with `musher timer edit {timer} --at …`.',
  removed: 'Set another one: musher timer add.',
};

export function requireState(
  timer: Timer,
  wish: string,
  states: readonly TimerState[],
): Result<Timer> {
  if (states.includes(timer.state)) return ok(timer);
  const hint = hints[timer.state].replace('{timer}', timer.id);
  return refuse('TIMER_STATE', { timer: timer.id, state: timer.state, wish, hint });
}

/** One thing at a time. */
export function requireIdle(timer: Timer): Result<Timer> {
  if (timer.last?.state !== 'acting') return ok(timer);
  return refuse('TIMER_STATE', {
    ...{ timer: timer.id, state: 'still at what it fired for last', wish: 'run' },
    hint: 'Wait for its end: `musher timer show` says how it stands.',
  });
}

export function requireRoom({ state, actor }: Ctx): Result<undefined> {
  const open = state.open.size;
  if (open >= openTimers)
    return refuse('TIMER_LIMIT', { whose: 'This project', open, limit: openTimers });
  const self = agentIdOf(actor);
  if (self === undefined) return ok(undefined);
  let own = 0;
  state.open.forEach(({ owner }) => {
    if (owner === actor) own += 1;
  });
  return own < openReminders
    ? ok(undefined)
    : refuse('TIMER_LIMIT', { whose: self, open: own, limit: openReminders });
}
