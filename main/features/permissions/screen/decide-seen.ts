/** What a screen that asks leads to. Pure. */
import type { CommandData } from '../../../../preload/contract/define.ts';
import type { PermissionRecord } from '../../../../preload/contract/permissions.ts';
import { permissions as contract } from '../../../../preload/contract/permissions.ts';
import type { Result } from '../../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { requireAgent, selectAgents } from '../../agents/index.ts';
import { closed, isRuled } from '../decide.ts';
import { assess } from '../risk.ts';
import { openOf, isOnScreen, type PermissionsState } from '../slice.ts';
import { subjectOnScreen } from '../subject.ts';
import { pressing } from './pressing.ts';

type Ctx = DecideContext<PermissionsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;

/** A screen ends with one prompt, so what it asked before is over. */
export function decideSee(
  ctx: Ctx,
  data: Data<'permission.see'>,
): Result<Decision<{ permission?: string | undefined }>> {
  const found = requireAgent(selectAgents(ctx.hub), data.agent);
  if (!found.ok) return found;
  const before = openOf(ctx.state, data.agent).filter(isOnScreen);
  const over = before.map((one) => closed(one, 'elsewhere'));
  const { terminalId, state, worktreePath } = found.value;
  if (state !== 'running' || terminalId !== data.screen.terminalId) return decided({}, over);
  const one = recordOf(ctx, data, worktreePath);
  const { id: permission, agent, tool, input, subject, risk, reasons, screen } = one;
  if (!data.isAgain && isRuled(ctx.state, one)) {
    const event = { permission, agent, tool, subject, byRule: true };
    const allowed = newEvent(contract, 'permission.allowed', event);
    return decided({ permission }, [...over, allowed], pressing(one, { choice: 'allow' }));
  }
  const event = { permission, agent, tool, input, subject, risk, reasons, screen };
  return decided({ permission }, [...over, newEvent(contract, 'permission.asked', event)]);
}

function recordOf(
  ctx: Ctx,
  { agent, tool, input, screen }: Data<'permission.see'>,
  worktree: string | undefined,
): PermissionRecord {
  const { risk, reasons } = assess({ tool, input }, worktree);
  const base = { id: ctx.newId('perm'), agent, tool, input, screen, askedMs: ctx.nowMs };
  const subject = subjectOnScreen({ tool, input });
  // What is not seen may be anything.
  const seen = screen.isWhole
    ? { risk, reasons: [...reasons] }
    : { risk: 'high' as const, reasons: ['not all of it is on its screen', ...reasons] };
  return { ...base, subject, ...seen, state: 'open' };
}

export function decideVanish(
  ctx: Ctx,
  { permission }: Data<'permission.vanish'>,
): Result<Decision<Nothing>> {
  const one = ctx.state.byId.get(permission);
  return decided({}, one?.state === 'open' ? [closed(one, 'elsewhere')] : []);
}

export function decideKeyed(_ctx: Ctx, data: Data<'permission.keyed'>): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'permission.keyed', data)]);
}
