/** Timeline: the log for people, and the state as it was after any event. It keeps nothing of its own in the hub's state. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import { timeline as contract } from '../../../preload/contract/timeline.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, Life, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { chainOf } from './chain.ts';
import { listEvents, toPastEvent } from './list.ts';
import { findMoment } from './moment.ts';
import { bucketsOf } from './overview.ts';
import type { Past } from './ports.ts';

export { overviewFeature } from './overview.ts';
export { answerOf } from './picture.ts';

type Ask<K extends keyof (typeof contract)['queries']> = QueryData<typeof contract, K>;
type Answer<K extends keyof (typeof contract)['queries']> = Promise<
  Result<QueryResult<typeof contract, K>>
>;
type Ctx = QueryContext<object>;

/** How long after a commit it is looked whether there is a new place to keep, milliseconds. */
const keepSoonMs = 5_000;
/** Less is not worth the start of a thread: whoever looks folds it. */
const keepEvents = 4_000;

export function timelineFeature({ past }: { readonly past: Past }): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: {
      'timeline.list': listEvents,
      'timeline.at': (ask, ctx) => showState(past, ask, ctx),
      'timeline.chain': async ({ seq }, ctx) => {
        const found = await findMoment(ctx.log, String(seq), ctx.signal);
        if (!found.ok) return found;
        const chain = await chainOf(ctx.log, found.value, ctx.signal);
        return ok({ events: chain.map((event) => toPastEvent(event, ctx)) });
      },
      'timeline.records': (ask, ctx) => showRows(past, ask, ctx),
      'timeline.overview': (ask, ctx) => showOverview(past, ask, ctx),
    },
    reduce: {},
    start: (life) => keepUp(past, life),
  });
}

async function showState(
  past: Past,
  { at, first, kinds, waitMs }: Ask<'timeline.at'>,
  ctx: Ctx,
): Answer<'timeline.at'> {
  const found = await findMoment(ctx.log, at, ctx.signal);
  if (!found.ok) return found;
  const { seq, atMs } = found.value;
  const told = { seq, atMs, head: ctx.log.head().seq, event: toPastEvent(found.value, ctx) };
  const ask = { kind: 'picture', seq, first, kinds } as const;
  const said = await past.ask(ask, { waitMs, signal: ctx.signal });
  if ('progress' in said) return ok({ ...told, ...said, kinds: {}, stages: {} });
  return ok({ ...told, ...said.answer });
}

async function showRows(
  past: Past,
  { seq, waitMs, ...rows }: Ask<'timeline.records'>,
  { log, signal }: Ctx,
): Answer<'timeline.records'> {
  const head = log.head().seq;
  if (seq > head) return refuse('MOMENT_UNKNOWN', { seq, head });
  const said = await past.ask({ kind: 'rows', seq, rows }, { waitMs, signal });
  if ('progress' in said) return ok({ rows: [], total: 0, ...said });
  return ok(said.answer);
}

async function showOverview(
  past: Past,
  { buckets, waitMs }: Ask<'timeline.overview'>,
  { log, signal }: Ctx,
): Answer<'timeline.overview'> {
  const head = log.head().seq;
  if (head === 0) return ok({ head, fromMs: 0, toMs: 0, buckets: [], marks: [] });
  const { events } = await log.read({ after: head - 1, limit: 1 }, signal);
  const toMs = events[0]?.atMs ?? 0;
  const said = await past.ask({ kind: 'overview', seq: head }, { waitMs, signal });
  if ('progress' in said) return ok({ head, fromMs: toMs, toMs, buckets: [], marks: [], ...said });
  const { samples, marks } = said.answer;
  return ok({
    ...{ head, toMs, fromMs: samples[0]?.atMs ?? toMs },
    buckets: bucketsOf(samples, { seq: head, atMs: toMs }, buckets),
    marks: [...marks],
  });
}

/** When the log has come to another place that is kept, and not before: quiet where nothing happens. */
function keepUp(past: Past, { log, clock, onTopics, own }: Life<object>): void {
  let told = 0;
  let cancel: (() => void) | undefined;
  const look = () => {
    cancel = undefined;
    const place = Math.floor(log.head().seq / keepEvents);
    if (place === told) return;
    told = place;
    past.keepUp();
  };
  onTopics(() => {
    cancel ??= clock.schedule(look, keepSoonMs);
  });
  own(() => cancel?.());
}
