/** The log, for reading: by page, and proved link by link. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import { log as contract } from '../../../preload/contract/log.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Feature, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';

export function logFeature(): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: {
      'log.page': readPage,
      'log.verify': async (_data, ctx) => ok(await ctx.log.verify(ctx.signal)),
    },
    reduce: {},
  });
}

async function readPage(
  ask: QueryData<typeof contract, 'log.page'>,
  ctx: QueryContext<object>,
): Promise<Result<QueryResult<typeof contract, 'log.page'>>> {
  const head = ctx.log.head().seq;
  const range = ask.after === undefined ? { before: ask.before ?? head + 1 } : { after: ask.after };
  const { events } = await ctx.log.read({ ...range, limit: ask.limit }, ctx.signal);
  return ok({ events, head });
}
