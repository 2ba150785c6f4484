/** Adding, changing, pausing and removing triggers. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Action } from '../../../preload/contract/actions.ts';
import type { TriggerState } from '../../../preload/contract/trigger-facts.ts';
import { triggers as contract } from '../../../preload/contract/triggers.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { sayAction } from '../actions/index.ts';
import { namesAction, requireDoing } from './action.ts';
import type { ExpressionFault } from './ports.ts';
import { type Ctx, requireMatcher, requireRoom, requireTrigger } from './require.ts';
import type { Trigger } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands'] & string> = CommandData<typeof contract, K>;
type Changed = Result<Decision<{ trigger: string; state: TriggerState }>>;

const nameChars = 100;

/** `fault`: of the expression. */
export function decideAdd(
  ctx: Ctx,
  { name, ...data }: Data<'trigger.add'>,
  fault: ExpressionFault | undefined,
): Changed {
  const room = requireRoom(ctx.state);
  if (!room.ok) return room;
  const { on, story, agent, stage, path, where, once, cooldownMs, perMinute, ...doing } = data;
  const matcher = requireMatcher({ on, story, agent, stage, path, where }, fault);
  if (!matcher.ok) return matcher;
  const action = requireDoing(doing, ctx);
  if (!action.ok) return action;
  const trigger = `tr-${ctx.state.next}`;
  const added = {
    ...{ trigger, name: name ?? nameOf(action.value), ...matcher.value },
    ...{ once, cooldownMs, perMinute, action: action.value },
  };
  return decided({ trigger, state: 'armed' }, [newEvent(contract, 'trigger.added', added)]);
}

function nameOf(action: Action): string {
  const said = sayAction(action);
  return said.length > nameChars ? `${said.slice(0, nameChars - 1)}…` : said;
}

export function decideEdit(
  ctx: Ctx,
  { trigger: id, clear, ...wanted }: Data<'trigger.edit'>,
  fault: ExpressionFault | undefined,
): Changed {
  const found = requireTrigger(ctx.state, id);
  if (!found.ok) return found;
  const before = found.value;
  const { name, on, story, agent, stage, path, where, once, cooldownMs, perMinute, ...doing } =
    wanted;
  const asked = { on, story, agent, stage, path, where };
  const cleared = Object.fromEntries(clear.map((field) => [field, undefined]));
  const matcher = requireMatcher({ ...matcherOf(before), ...given(asked), ...cleared }, fault);
  if (!matcher.ok) return matcher;
  const action = namesAction(doing) ? requireDoing(doing, ctx) : ok(before.action);
  if (!action.ok) return action;
  const now = {
    ...{ name: before.name, once: before.once, cooldownMs: before.cooldownMs },
    ...{ perMinute: before.perMinute, action: action.value },
    ...given({ name, once, cooldownMs, perMinute }),
  };
  const said = { ...given(matcher.value), on: matcher.value.on, ...now };
  const fields = changedFields(before, said);
  const result = { trigger: id, state: before.state };
  if (fields.length === 0) return decided(result, []);
  return decided(result, [newEvent(contract, 'trigger.edited', { trigger: id, ...said, fields })]);
}

/** Without what is left out. */
function given<T extends object>(fields: T): Partial<T> {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as Partial<T>;
}

function matcherOf({ on, story, agent, stage, path, where }: Trigger) {
  return { on, story, agent, stage, path, where };
}

const comparable = [
  ...(['name', 'on', 'story', 'agent', 'stage', 'path', 'where'] as const),
  ...(['once', 'cooldownMs', 'perMinute', 'action'] as const),
] as const;

function changedFields(
  before: Trigger,
  now: Partial<Record<(typeof comparable)[number], unknown>>,
): string[] {
  return comparable.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]));
}

export function decidePause(ctx: Ctx, { trigger: id }: Data<'trigger.pause'>): Changed {
  const found = requireTrigger(ctx.state, id);
  if (!found.ok) return found;
  const { state, name, pause } = found.value;
  const result = { trigger: id, state: 'paused' as const };
  if (state === 'spent')
    return refuse('TRIGGER_STATE', {
      ...{ trigger: id, state: 'spent', command: 'trigger.pause', expected: 'armed' },
      hint: 'It was to fire once, and has; it does not fire unless you resume it.',
    });
  if (state === 'paused' && pause?.reason === 'operator') return decided(result, []);
  const event = { trigger: id, name, reason: 'operator' as const };
  return decided(result, [newEvent(contract, 'trigger.paused', event)]);
}

export function decideResume(ctx: Ctx, { trigger: id }: Data<'trigger.resume'>): Changed {
  const found = requireTrigger(ctx.state, id);
  if (!found.ok) return found;
  const { state, name } = found.value;
  const result = { trigger: id, state: 'armed' as const };
  if (state === 'armed') return decided(result, []);
  const room = state === 'spent' ? requireRoom(ctx.state) : ok(undefined);
  if (!room.ok) return room;
  return decided(result, [newEvent(contract, 'trigger.resumed', { trigger: id, name })]);
}

export function decideRemove(
  ctx: Ctx,
  { trigger: id }: Data<'trigger.remove'>,
): Result<Decision<Nothing>> {
  const found = requireTrigger(ctx.state, id);
  if (!found.ok) return found;
  const { name } = found.value;
  return decided({}, [newEvent(contract, 'trigger.removed', { trigger: id, name })]);
}
