/** What the operator decides of a conflict. */
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide, sideName } from '../../../preload/contract/conflict-sides.ts';
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { isThere } from './seen.ts';
import type { Ctx } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;

export function decideOrder(
  ctx: Ctx,
  { conflict, first }: Data<'conflict.order'>,
): Result<Decision<CommandResult<typeof contract, 'conflict.order'>>> {
  const open = requireOpen(ctx, conflict);
  if (!open.ok) return open;
  const { kind, agents, order: before, orderedBy } = open.value;
  if (!agents.includes(first))
    return refuse('CONFLICT_NOT_OF', { conflict, agent: first, agents: agents.join(', ') });
  const [target, agent] = agents;
  if (isBranchSide(target))
    return refuse('CONFLICT_MERGED_FIRST', { conflict, target: sideName(target), agent });
  const order: [string, string] = first === agents[0] ? agents : [agents[1], agents[0]];
  const isNews = before[0] !== first || orderedBy !== 'operator';
  const recipients = agents.filter((id) => isThere(ctx, id));
  const ordered = newEvent(contract, 'conflict.ordered', {
    conflict,
    kind,
    agents,
    order,
    recipients,
  });
  return decided({ order }, isNews ? [ordered] : []);
}

export function decideDismiss(
  ctx: Ctx,
  { conflict, note }: Data<'conflict.dismiss'>,
): Result<Decision<Nothing>> {
  const open = requireOpen(ctx, conflict);
  if (!open.ok) return open;
  const data = { conflict, ...(note !== undefined && { note }) };
  const isNews = open.value.dismissed === undefined;
  return decided({}, isNews ? [newEvent(contract, 'conflict.dismissed', data)] : []);
}

export function requireConflict({ state }: Pick<Ctx, 'state'>, id: string): Result<ConflictRecord> {
  const found = state.conflicts.byId.get(id);
  if (found !== undefined) return ok(found);
  const known = state.open.values().join(', ') || 'none';
  return refuse('CONFLICT_UNKNOWN', { conflict: id, known });
}

function requireOpen(ctx: Ctx, id: string): Result<ConflictRecord> {
  const found = requireConflict(ctx, id);
  if (!found.ok || found.value.end === undefined) return found;
  return refuse('CONFLICT_OVER', { conflict: id, end: found.value.end });
}
