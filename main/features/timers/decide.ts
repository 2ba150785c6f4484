/** Setting, changing, pausing and taking back timers. Pure, but for the zone that is handed in. */
import type { Action, ActionFields } from '../../../preload/contract/actions.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { WhenFields } from '../../../preload/contract/timer-commands.ts';
import { timers as contract } from '../../../preload/contract/timers.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireAction, sayAction } from '../actions/index.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { nextAfter, passesOver, withinReach } from './next.ts';
import type { TimersPorts } from './ports.ts';
import { type Ctx, requireRoom, requireState, requireTimer } from './require.ts';
import type { Timer } from './slice.ts';
import { type Armed, requireWhen } from './when.ts';

type Data<K extends keyof (typeof contract)['commands'] & string> = CommandData<typeof contract, K>;
type Set = Result<Decision<{ timer: string; does: string; nextMs?: number }>>;
type Named = Result<Decision<{ timer: string }>>;

export function setHandlers({ localZone }: Pick<TimersPorts, 'localZone'>) {
  const armedBy = (when: WhenFields, { nowMs }: Ctx) =>
    requireWhen(when, { nowMs, localZone: localZone() });
  return {
    'timer.add': {
      decide: (ctx: Ctx, data: Data<'timer.add'>): Set => {
        const action = requireAction(actionFieldsOf(data), ctx);
        return action.ok
          ? add(ctx, { action: action.value, label: data.label, armed: armedBy(data, ctx) })
          : action;
      },
    },
    'timer.remind': {
      decide: (ctx: Ctx, data: Data<'timer.remind'>): Set => {
        const action: Action = { kind: 'remind', text: data.text };
        const isThere = requireOwner(ctx);
        return isThere.ok ? add(ctx, { action, armed: armedBy(data, ctx) }) : isThere;
      },
    },
    'timer.edit': {
      decide: (ctx: Ctx, data: Data<'timer.edit'>): Set => edit(ctx, data, armedBy),
    },
  };
}

export const keepHandlers = {
  'timer.pause': { decide: decidePause },
  'timer.resume': { decide: decideResume },
  'timer.remove': { decide: decideRemove },
};

function requireOwner({ actor, hub }: Ctx): Result<unknown> {
  return actor === 'operator' ? ok(undefined) : requireActingAgent(selectAgents(hub), actor);
}

interface Adding {
  readonly action: Action;
  readonly label?: string | undefined;
  readonly armed: Result<Armed>;
}

function add(ctx: Ctx, { action, label, armed }: Adding): Set {
  if (!armed.ok) return armed;
  const room = requireRoom(ctx);
  if (!room.ok) return room;
  const timer = `t-${ctx.state.next}`;
  const { schedule, nextMs } = armed.value;
  const does = sayAction(action);
  return decided({ timer, does, nextMs }, [
    newEvent(contract, 'timer.added', {
      ...{ timer, does, owner: ctx.actor, schedule, action, nextMs },
      ...(label !== undefined && { label }),
    }),
  ]);
}

export function actionFieldsOf({ command, data, prompt, to, profile }: ActionFields): ActionFields {
  return { command, data, prompt, to, profile };
}

/** Anything of it. */
export function isSaid(fields: object): boolean {
  return Object.values(fields).some((one) => one !== undefined);
}

function edit(
  ctx: Ctx,
  data: Data<'timer.edit'>,
  armedBy: (when: WhenFields, ctx: Ctx) => Result<Armed>,
): Set {
  const found = requireTimer(ctx, data.timer);
  if (!found.ok) return found;
  const timer = found.value;
  const { at, inMs, everyMs, cron, zone, label } = data;
  const when = { at, inMs, everyMs, cron, zone };
  const doing = actionFieldsOf(data);
  if (label === undefined && !isSaid(when) && !isSaid(doing))
    return refuse('TIMER_EDIT_EMPTY', { timer: timer.id });
  // One that is over may be given a new time, and goes on with it.
  const states = isSaid(when) ? (['active', 'paused', 'done'] as const) : openStates;
  const may = requireState(timer, 'edited', states);
  if (!may.ok) return may;
  const armed = isSaid(when) ? armedBy(when, ctx) : ok(undefined);
  if (!armed.ok) return armed;
  const action = isSaid(doing) ? requireAction(doing, ctx) : ok(undefined);
  if (!action.ok) return action;
  return edited(timer, { label, armed: armed.value, action: action.value });
}

const openStates = ['active', 'paused'] as const;

interface Edits {
  readonly label: string | undefined;
  readonly armed: Armed | undefined;
  readonly action: Action | undefined;
}

function edited(timer: Timer, { label = timer.label, armed, action }: Edits): Set {
  const does = action === undefined ? timer.does : sayAction(action);
  const isPaused = timer.state === 'paused';
  const nextMs = isPaused ? undefined : (armed?.nextMs ?? timer.nextMs);
  const next = nextMs === undefined ? {} : { nextMs };
  const skips = armed !== undefined && passesOver(armed.schedule, timer.firedUpToMs, nextMs);
  return decided({ timer: timer.id, does, ...next }, [
    newEvent(contract, 'timer.edited', {
      ...{ timer: timer.id, does, ...next },
      ...(label !== undefined && { label }),
      ...(armed !== undefined && { schedule: armed.schedule }),
      ...(skips && { skips }),
      ...(action !== undefined && { action }),
    }),
  ]);
}

/** What each event of it says, for who reads that alone. */
export function toldOf({ id, does, label }: Timer) {
  return { timer: id, does, ...(label !== undefined && { label }) };
}

function decidePause(ctx: Ctx, { timer: id }: Data<'timer.pause'>): Named {
  const found = requireTimer(ctx, id);
  if (!found.ok) return found;
  if (found.value.state === 'paused') return decided({ timer: id }, []);
  const may = requireState(found.value, 'paused', ['active']);
  if (!may.ok) return may;
  const data = { ...toldOf(found.value), by: 'operator' } as const;
  return decided({ timer: id }, [newEvent(contract, 'timer.paused', data)]);
}

function decideResume(ctx: Ctx, { timer: id }: Data<'timer.resume'>): Set {
  const found = requireTimer(ctx, id);
  if (!found.ok) return found;
  const timer = found.value;
  const may = requireState(timer, 'resumed', ['paused']);
  if (!may.ok) return may;
  const schedule = withinReach(timer.schedule, ctx.nowMs);
  const nextMs = nextAfter(schedule, Math.max(ctx.nowMs, timer.firedUpToMs ?? 0));
  if (nextMs === undefined) {
    const at = schedule.kind === 'once' ? new Date(schedule.atMs).toISOString() : 'its last';
    return refuse('TIMER_TIME_PAST', { at });
  }
  const skips = passesOver(schedule, timer.firedUpToMs, nextMs);
  return decided({ timer: id, does: timer.does, nextMs }, [
    newEvent(contract, 'timer.resumed', {
      ...{ ...toldOf(timer), nextMs },
      ...(schedule !== timer.schedule && { schedule }),
      ...(skips && { skips }),
    }),
  ]);
}

function decideRemove(ctx: Ctx, { timer: id }: Data<'timer.remove'>): Named {
  const found = requireTimer(ctx, id);
  if (!found.ok) return found;
  if (found.value.state === 'removed') return decided({ timer: id }, []);
  return decided({ timer: id }, [newEvent(contract, 'timer.removed', toldOf(found.value))]);
}
