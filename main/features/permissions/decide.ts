/** What permissions' commands lead to. One is decided once, by whoever is first: the operator, a rule, or the CLI's own screen. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import { permissions as contract } from '../../../preload/contract/permissions.ts';
import type { Result } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { DecideContext, Decision, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { assess } from './risk.ts';
import { pressing } from './screen/pressing.ts';
import { isOnScreen, openOf, type PermissionsState } from './slice.ts';
import { type Asked, subjectOf } from './subject.ts';
import { requireOpen } from './require.ts';

type Ctx = DecideContext<PermissionsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Decided = Result<Decision<{ permission: string }>>;

/** Open ones of one agent. More than this is a loop, not a need. */
export const openPerAgent = 20;
export const rulesPerAgent = 200;

export function decideAsk(ctx: Ctx, data: Asked): Result<Decision<PermissionRecord>> {
  const found = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!found.ok) return found;
  const { id: agent, worktreePath } = found.value;
  const subject = subjectOf(data);
  const assessment = assess(data, worktreePath);
  const { risk } = assessment;
  const reasons = [...assessment.reasons];
  const record: PermissionRecord = {
    ...{ id: ctx.newId('perm'), agent, tool: data.tool, input: data.input, subject, risk, reasons },
    ...{ state: 'open', askedMs: ctx.nowMs },
  };
  const { tool, id: permission } = record;
  if (isRuled(ctx.state, record)) {
    const event = { permission, agent, tool, subject, byRule: true };
    const allowed = newEvent(contract, 'permission.allowed', event);
    return decided({ ...record, state: 'allowed', byRule: true, always: true }, [allowed]);
  }
  if (openOf(ctx.state, agent).length >= openPerAgent)
    return refuse('PERMISSION_LIMIT', { agent, limit: openPerAgent });
  const event = { permission, agent, tool, input: data.input, subject, risk, reasons };
  return decided(record, [newEvent(contract, 'permission.asked', event)]);
}

/** From the hook after a tool: it was allowed somewhere, and not here. */
export function decideRan(ctx: Ctx, data: Asked): Result<Decision<Nothing>> {
  const agent = agentIdOf(ctx.actor);
  const subject = subjectOf(data);
  const same = openOf(ctx.state, agent ?? '').filter(
    (one) => one.tool === data.tool && one.subject === subject,
  );
  const [first] = same;
  return decided({}, first === undefined ? [] : [closed(first, 'elsewhere')]);
}

export function decideAllow(ctx: Ctx, { permission, always }: Data<'permission.allow'>): Decided {
  const found = requireOpen(ctx, permission);
  if (!found.ok) return found;
  const { value: one } = found;
  const effects = pressing(one, { choice: 'allow' });
  if (!always) return decided({ permission }, [allowed(one)], effects);
  const { agent, risk, reasons } = one;
  if (risk === 'high')
    return refuse('PERMISSION_TOO_RISKY', { permission, reasons: reasons.join(', ') });
  if (!isExact(one)) return refuse('PERMISSION_INEXACT', { permission });
  if (ctx.state.rules.values().filter((rule) => rule.agent === agent).length >= rulesPerAgent)
    return refuse('RULE_LIMIT', { agent, limit: rulesPerAgent });
  const others = openOf(ctx.state, agent).filter(
    (other) => other.id !== one.id && !isOnScreen(other) && isSame(other, one),
  );
  const rule = ctx.newId('rule');
  const events = [allowed(one, rule), ...others.map((other) => allowed(other))];
  return decided({ permission }, events, effects);
}

export function decideDeny(ctx: Ctx, { permission, note }: Data<'permission.deny'>): Decided {
  const found = requireOpen(ctx, permission);
  if (!found.ok) return found;
  const { agent, tool, subject } = found.value;
  const data = { permission, agent, tool, subject, ...(note !== undefined && { note }) };
  const effects = pressing(found.value, { choice: 'deny', note });
  return decided({ permission }, [newEvent(contract, 'permission.denied', data)], effects);
}

export function decideReturn(ctx: Ctx, { permission }: Data<'permission.return'>): Decided {
  const found = requireOpen(ctx, permission);
  return found.ok ? decided({ permission }, [closed(found.value, 'returned')]) : found;
}

export function decideLapse(
  ctx: Ctx,
  { permission }: Data<'permission.lapse'>,
): Result<Decision<Nothing>> {
  const found = ctx.state.byId.get(permission);
  return decided({}, found?.state === 'open' ? [closed(found, 'lapsed')] : []);
}

export function decideRevoke(
  ctx: Ctx,
  { rule }: Data<'permission.revoke'>,
): Result<Decision<Nothing>> {
  const found = ctx.state.rules.get(rule);
  if (found === undefined) return refuse('RULE_UNKNOWN', { rule });
  return decided({}, [newEvent(contract, 'permission.revoked', { rule, agent: found.agent })]);
}

/** A rule is of what it was given for: the same words may be of another risk by now. */
export function isRuled({ rules }: PermissionsState, asked: PermissionRecord): boolean {
  if (asked.risk === 'high' || !isExact(asked)) return false;
  return rules.values().some((rule) => rule.agent === asked.agent && isSame(rule, asked));
}

/** On a screen lines are wrapped, and what is not a command has no words of its own. */
function isExact({ tool, screen }: PermissionRecord): boolean {
  return screen === undefined || (screen.isExact && tool === 'shell');
}

type Same = Pick<PermissionRecord, 'tool' | 'subject'>;

const isSame = (a: Same, b: Same) => a.tool === b.tool && a.subject === b.subject;

function allowed({ id, agent, tool, subject }: PermissionRecord, rule?: string): NewEvent {
  const data = { permission: id, agent, tool, subject, byRule: false };
  return newEvent(contract, 'permission.allowed', { ...data, ...(rule !== undefined && { rule }) });
}

export function closed(
  { id, agent }: PermissionRecord,
  how: 'returned' | 'elsewhere' | 'lapsed',
): NewEvent {
  return newEvent(contract, 'permission.closed', { permission: id, agent, how });
}
