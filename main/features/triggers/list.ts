/** Looking at triggers: all of them, and one with what it did. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { triggers as contract } from '../../../preload/contract/triggers.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { requireTrigger } from './require.ts';
import { toRecord, type TriggersState } from './slice.ts';
import { triggerTopic } from './words.ts';

type Ctx = QueryContext<TriggersState>;

export async function listTriggers(
  { state: states }: QueryData<typeof contract, 'trigger.list'>,
  { state }: Ctx,
): Promise<Result<QueryResult<typeof contract, 'trigger.list'>>> {
  const all = state.byId.values();
  const wanted = all.filter((one) => states.length === 0 || states.includes(one.state));
  return ok({ triggers: wanted.map(toRecord) });
}

export async function getTrigger(
  { trigger: id, before, limit }: QueryData<typeof contract, 'trigger.get'>,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'trigger.get'>>> {
  const found = requireTrigger(ctx.state, id);
  if (!found.ok) return found;
  const below = before ?? ctx.log.head().seq + 1;
  const ask = { before: below, limit, topic: triggerTopic(id) };
  const { events, more } = await ctx.log.read(ask, ctx.signal);
  const history = events.map((event) => {
    const { seq, atMs, actor } = event;
    return { seq, atMs, actor, text: ctx.describe(event) };
  });
  return ok({ ...toRecord(found.value), history, hasMore: more });
}
