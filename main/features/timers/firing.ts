/**
 * Firing, effectively once. That a timer fired, its next time, and the work that is to be done are one commit; the work is an effect, run again after a
 * crash, whose commands carry the firing's own name and so are done once. What came of it is the end of that effect. A due time is fired at most
 * once: the next one is always later, whatever the clock does.
 */
import type { Action } from '../../../preload/contract/actions.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { timers as contract } from '../../../preload/contract/timers.ts';
import { failuresAllowed } from '../../../preload/contract/timer-facts.ts';
import { dueQueue } from '../../base/due-queue.ts';
import type { Result } from '../../base/result.ts';
import { wireOf } from '../../base/result.ts';
import type {
  Decision,
  EffectHandler,
  NewEvent,
  Nothing,
  SystemCommand,
} from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { runAction } from '../actions/index.ts';
import { toldOf } from './decide.ts';
import { nextAfter, passesOver, withinReach } from './next.ts';
import { type Ctx, requireIdle, requireState, requireTimer } from './require.ts';
import { type Timer, timerOf, type TimersState } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands'] & string> = CommandData<typeof contract, K>;

/** Set back by less than this, a clock was only put right, milliseconds. */
const setBackMs = 60_000;

/** Fired after one look of the clock, each second: of ten thousand that are due at once, the last are fired within a minute, and nothing else waits. */
const atOnce = 250;

/** Of one hub: it remembers which times come next. */
export function createDue(): (state: TimersState, nowMs: number) => readonly SystemCommand[] {
  const due = dueQueue<Timer>((timer) => (isWaiting(timer) ? timer.nextMs : undefined), atOnce);
  // The same look with the sign turned: those whose next time was worked out at a moment that is still to come.
  const ahead = dueQueue<Timer>(
    (timer) =>
      isWaiting(timer) && (timer.skips || timer.firedUpToMs === undefined)
        ? -(timer.armedMs - setBackMs)
        : undefined,
    atOnce,
  );
  return ({ open }, nowMs) => [
    ...ahead(open, -nowMs).map(({ id }) => ({ type: 'timer.rearm', data: { timer: id } })),
    ...due(open, nowMs).map(({ id, nextMs }) => ({
      type: 'timer.fire',
      data: { timer: id, dueMs: nextMs },
    })),
  ];
}

/** For its time: while it does what it fired for, that comes first, and what passes meanwhile counts as one. */
function isWaiting({ state, last }: Timer): boolean {
  return state === 'active' && last?.state !== 'acting';
}

export const firingHandlers = {
  'timer.fire': { decide: decideFire },
  'timer.run': { decide: decideRun },
  'timer.acted': { decide: decideActed },
  'timer.rearm': { decide: decideRearm },
};

function decideFire(
  { state, nowMs }: Ctx,
  { timer: id, dueMs }: Data<'timer.fire'>,
): Result<Decision<Nothing>> {
  const timer = state.open.get(id);
  const isDue = timer !== undefined && isWaiting(timer) && timer.nextMs === dueMs && dueMs <= nowMs;
  if (!isDue) return decided({}, []);
  const nextMs = nextAfter(timer.schedule, Math.max(nowMs, dueMs));
  const skips = passesOver(timer.schedule, dueMs, nextMs);
  const { events, effects } = fire(timer, {
    ...{ by: 'time', dueMs },
    ...(nextMs !== undefined && { nextMs }),
    ...(skips && { skips }),
  });
  return decided({}, events, effects);
}

function decideRun(
  ctx: Ctx,
  { timer: id }: Data<'timer.run'>,
): Result<Decision<{ timer: string; n: number }>> {
  const found = requireTimer(ctx, id);
  if (!found.ok) return found;
  const timer = found.value;
  const may = requireState(timer, 'run', ['active', 'paused', 'done']);
  if (!may.ok) return may;
  const idle = requireIdle(timer);
  if (!idle.ok) return idle;
  const { events, effects } = fire(timer, { by: 'operator' });
  return decided({ timer: id, n: timer.fired + 1 }, events, effects);
}

interface Why {
  readonly by: 'time' | 'operator';
  readonly dueMs?: number;
  readonly nextMs?: number;
  readonly skips?: boolean;
}

/** What a firing asks to be done. */
interface Act {
  readonly timer: string;
  readonly n: number;
  readonly owner: Actor;
  readonly action: Action;
}

function fire(timer: Timer, why: Why) {
  const { id, owner, action } = timer;
  const n = timer.fired + 1;
  const told = { ...toldOf(timer), n, ...why };
  if (action.kind === 'remind') {
    const agent = agentIdOf(owner);
    const reminded = { timer: id, n, text: action.text, ...(agent !== undefined && { agent }) };
    const events = [
      newEvent(contract, 'timer.fired', { ...told, isDone: true }),
      newEvent(contract, 'timer.reminded', reminded),
    ];
    return { events, effects: [] };
  }
  const act: Act = { timer: id, n, owner, action };
  return {
    events: [newEvent(contract, 'timer.fired', told)],
    effects: [{ kind: 'timer.act', lane: `timer/${id}`, data: act }],
  };
}

export const firingEffects: Readonly<Record<string, EffectHandler<Act>>> = {
  'timer.act': {
    async run({ timer, n, owner, action }, ctx) {
      const { made } = await runAction({ action, owner, id: `timer:${timer}:${n}` }, ctx);
      return acted({ timer, n, ...(made !== undefined && { made }) });
    },
    failed: ({ timer, n }, error) => acted({ timer, n, error: wireOf(error) }),
  },
};

function acted(data: Data<'timer.acted'>): SystemCommand {
  return { type: 'timer.acted', data };
}

function decideActed(
  { state }: Ctx,
  { timer: id, n, made, error }: Data<'timer.acted'>,
): Result<Decision<Nothing>> {
  const timer = timerOf(state, id);
  if (timer?.last?.state !== 'acting' || timer.last.n !== n) return decided({}, []);
  const told = toldOf(timer);
  const event = newEvent(contract, 'timer.acted', {
    ...{ ...told, n },
    ...(made !== undefined && { made }),
    ...(error !== undefined && { error }),
    ...(timer.state === 'done' && { isLast: true }),
  });
  const failures = timer.failures + 1;
  const isTooOften = error !== undefined && failures >= failuresAllowed && timer.state === 'active';
  const more: NewEvent[] = isTooOften
    ? [newEvent(contract, 'timer.paused', { ...told, by: 'failures', failures, error })]
    : [];
  return decided({}, [event, ...more]);
}

/** The clock went back: what was passed over then, or was never reached, is to come again, but no time that was fired. */
function decideRearm(
  { state, nowMs }: Ctx,
  { timer: id }: Data<'timer.rearm'>,
): Result<Decision<Nothing>> {
  const timer = state.open.get(id);
  const isAhead =
    timer?.nextMs !== undefined && isWaiting(timer) && timer.armedMs - setBackMs >= nowMs;
  if (!isAhead) return decided({}, []);
  const schedule = withinReach(timer.schedule, nowMs);
  const next =
    nextAfter(schedule, Math.max(nowMs, timer.firedUpToMs ?? nowMs)) ?? timer.nextMs ?? nowMs;
  const nextMs = Math.min(next, timer.nextMs ?? next);
  const skips = passesOver(schedule, timer.firedUpToMs, nextMs);
  return decided({}, [
    newEvent(contract, 'timer.rearmed', {
      ...{ timer: id, nextMs },
      ...(schedule !== timer.schedule && { schedule }),
      ...(skips && { skips }),
    }),
  ]);
}
