/**
 * From an event that fits to what is done, and what became of it. An event is looked at before what earlier ones led to is decided, so
 * whether it really fires is decided here, with all of that known. Pure.
 */
import type { CommandData } from '../../../preload/contract/define.ts';
import {
  failuresInARow,
  longestChain,
  type NoteKind,
  rateWindowMs,
} from '../../../preload/contract/trigger-facts.ts';
import { triggers as contract } from '../../../preload/contract/triggers.ts';
import type { Result } from '../../base/result.ts';
import type { Decision, Effect, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { sayAction } from '../actions/index.ts';
import type { ActJob } from './effects.ts';
import type { Ctx } from './require.ts';
import { mayFire, recentAt, type Trigger } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands'] & string> = CommandData<typeof contract, K>;
type Fire = Data<'trigger.fire'>;

/** That it does not fire after all is no error: it was paused, removed or fired meanwhile. */
export function decideFire(ctx: Ctx, data: Fire): Result<Decision<{ fired: boolean }>> {
  const trigger = ctx.state.byId.get(data.trigger);
  if (!mayFire(trigger, data)) return decided({ fired: false }, []);
  const loop = loopIn(trigger, data.chain);
  if (loop !== undefined)
    return decided({ fired: false }, noted(trigger, { ...loop, seq: data.seq }));
  if (recentAt(trigger, data.atMs).length >= trigger.perMinute)
    return decided({ fired: false }, [tooOften(trigger)]);
  const effect = effectOf(data);
  const fault = 'fault' in data.action ? data.action.fault : undefined;
  const events = [
    fired(trigger, data),
    ...(fault === undefined ? [] : ended(trigger, { seq: data.seq, ok: false, detail: fault })),
  ];
  return decided({ fired: true }, events, effect === undefined ? [] : [effect]);
}

function fired({ id, name, once, action }: Trigger, { seq, type, atMs, chain }: Fire): NewEvent {
  return newEvent(contract, 'trigger.fired', {
    ...{ trigger: id, name, on: { seq, type, atMs }, does: sayAction(action) },
    ...(chain.length > 0 && { chain }),
    ...(once && { once: true as const }),
  });
}

/** Of one trigger one after another, in the order of the events. */
function effectOf({ trigger, seq, action, payload }: Fire): Effect | undefined {
  if ('fault' in action) return undefined;
  const data: ActJob = { trigger, seq, action, ...(payload !== undefined && { payload }) };
  const kind = action.kind === 'webhook' ? 'trigger.post' : 'trigger.run';
  return { kind, lane: `trigger/${trigger}`, data };
}

/** What it does never makes it fire again, over however many others; and those others are not endlessly many. */
function loopIn({ id }: Trigger, chain: readonly string[]) {
  const way = [...chain].reverse().join(' → ');
  if (chain.includes(id))
    return {
      kind: 'own',
      text: `It did not fire on what came of its own action (${way}).`,
    } as const;
  if (chain.length < longestChain) return undefined;
  const text = `It did not fire: ${longestChain} triggers had led to each other before (${way}).`;
  return { kind: 'chain', text } as const;
}

/** Once: the same again is no news. */
function noted(
  { id, name, notes = [] }: Trigger,
  { kind, text, seq }: { kind: NoteKind; text: string; seq: number },
): NewEvent[] {
  if (notes.some((one) => one.kind === kind)) return [];
  return [newEvent(contract, 'trigger.noted', { trigger: id, name, kind, on: seq, text })];
}

function tooOften({ id, name, perMinute }: Trigger): NewEvent {
  const minutes = rateWindowMs / 60_000;
  return newEvent(contract, 'trigger.paused', {
    ...{ trigger: id, name, reason: 'rate' },
    detail: `It fired ${perMinute} times within ${minutes} minute, which is its limit. Resume it with a higher one (--per-minute) or a cool-down, if that was meant.`,
  });
}

export function decideNote(
  ctx: Ctx,
  { trigger: id, seq, text, isGivenUp }: Data<'trigger.note'>,
): Result<Decision<Nothing>> {
  const trigger = ctx.state.byId.get(id);
  if (trigger === undefined || seq <= trigger.since) return decided({}, []);
  const told = noted(trigger, { kind: 'expression', text, seq });
  if (!isGivenUp || trigger.state !== 'armed') return decided({}, told);
  // Armed, it would never fire again, and nobody would know.
  const { name } = trigger;
  const detail = `${text}. Change its expression (musher trigger edit ${id} --where …), then resume it.`;
  const paused = { trigger: id, name, reason: 'expression' as const, detail };
  return decided({}, [...told, newEvent(contract, 'trigger.paused', paused)]);
}

export function decideReport(
  ctx: Ctx,
  { trigger: id, ...end }: Data<'trigger.report'>,
): Result<Decision<Nothing>> {
  const trigger = ctx.state.byId.get(id);
  return decided({}, trigger === undefined ? [] : ended(trigger, end));
}

function ended(
  { id, name, once, state, failures }: Trigger,
  { seq, ok, detail }: Omit<Data<'trigger.report'>, 'trigger'>,
): NewEvent[] {
  const acted = newEvent(contract, 'trigger.acted', {
    ...{ trigger: id, name, on: seq, outcome: ok ? 'done' : 'failed' },
    ...(detail !== undefined && { detail }),
    ...(once && { once: true as const }),
  });
  const isEnough = !ok && state === 'armed' && !once && failures + 1 >= failuresInARow;
  if (!isEnough) return [acted];
  const said = `What it does failed ${failures + 1} times in a row, the last time: ${detail ?? 'without a reason'}`;
  return [
    acted,
    newEvent(contract, 'trigger.paused', {
      ...{ trigger: id, name, reason: 'failures', detail: said },
    }),
  ];
}
