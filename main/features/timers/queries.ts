/** Looking at timers: what fires next, one with all that it did, when something would fire, and what else happens by itself. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { TimerPassage, timers as contract } from '../../../preload/contract/timers.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import type { Upcoming } from '../../hub/upcoming.ts';
import { requireAction, sayAction } from '../actions/index.ts';
import { actionFieldsOf, isSaid } from './decide.ts';
import { timesAfter } from './next.ts';
import type { TimersPorts } from './ports.ts';
import { requireTimer } from './require.ts';
import { type Timer, type TimersState, toRecord } from './slice.ts';
import { requireWhen } from './when.ts';
import { timerTopic } from './words.ts';

type Ctx = QueryContext<TimersState>;
type Ask<K extends keyof (typeof contract)['queries'] & string> = QueryData<typeof contract, K>;
type Answer<K extends keyof (typeof contract)['queries'] & string> = Promise<
  Result<QueryResult<typeof contract, K>>
>;

/** Times that are shown of what is to come. */
const shownTimes = 5;

export function timerQueries({ localZone, features }: TimersPorts) {
  return {
    'timer.list': listTimers,
    'timer.get': getTimer,
    'timer.preview': async (ask: Ask<'timer.preview'>, ctx: Ctx): Answer<'timer.preview'> => {
      const { nowMs } = ctx;
      const action = isSaid(actionFieldsOf(ask)) ? requireAction(ask, ctx) : ok(undefined);
      if (!action.ok) return action;
      const found = requireWhen(ask, { nowMs, localZone: localZone() });
      if (!found.ok) return found;
      const { schedule } = found.value;
      const times = timesAfter(schedule, nowMs, shownTimes);
      const zone = ask.zone ?? localZone();
      const does = action.value === undefined ? {} : { does: sayAction(action.value) };
      return ok({ schedule, times, zone, ...does });
    },
    'schedule.list': async (
      { limit }: Ask<'schedule.list'>,
      { hub }: Ctx,
    ): Answer<'schedule.list'> => {
      const all = features()
        .flatMap(({ contract: { name }, upcoming }): readonly Upcoming[] =>
          upcoming === undefined ? [] : upcoming(hub[name]),
        )
        .toSorted((a, b) => a.atMs - b.atMs);
      return ok({ upcoming: all.slice(0, limit), total: all.length });
    },
  };
}

/** By when they fire next; what is paused comes after, and what is over last, the newest first. */
async function listTimers(
  { all, limit }: Ask<'timer.list'>,
  { state, actor }: Ctx,
): Answer<'timer.list'> {
  const isOwn = ({ owner }: Timer) => actor === 'operator' || owner === actor;
  const open = state.open
    .values()
    .filter(isOwn)
    .toSorted((a, b) => (a.nextMs ?? Infinity) - (b.nextMs ?? Infinity) || a.addedMs - b.addedMs);
  const { byId, settled } = state.over;
  const over = all
    ? settled
        .toReversed()
        .flatMap((id) => byId.get(id) ?? [])
        .filter(isOwn)
    : [];
  const found = [...open, ...over];
  return ok({ timers: found.slice(0, limit).map(toRecord), total: found.length });
}

async function getTimer(
  { timer: id, before, limit }: Ask<'timer.get'>,
  ctx: Ctx,
): Answer<'timer.get'> {
  const found = requireTimer(ctx, id);
  if (!found.ok) return found;
  const timer = found.value;
  const below = before ?? ctx.log.head().seq + 1;
  const page = await ctx.log.read({ before: below, limit, topic: timerTopic(id) }, ctx.signal);
  return ok({
    ...toRecord(timer),
    times: timesOf(timer, ctx.nowMs),
    history: page.events.map((event) => toPassage(event, ctx)),
    hasMore: page.more,
  });
}

function timesOf({ state, nextMs, schedule }: Timer, nowMs: number): number[] {
  if (state !== 'active' || nextMs === undefined) return [];
  return [nextMs, ...timesAfter(schedule, Math.max(nowMs, nextMs), shownTimes - 1)];
}

function toPassage(event: EventEnvelope, ctx: Ctx): TimerPassage {
  const { seq, atMs, actor, type } = event;
  return { seq, atMs, actor, type, text: ctx.describe(event) };
}

/** What fires by itself. */
export function upcomingTimers({ open }: TimersState): Upcoming[] {
  const found: Upcoming[] = [];
  open.forEach(({ id, nextMs, label, does }) => {
    if (nextMs === undefined) return;
    const title = label === undefined ? does : `${label}: ${does}`;
    found.push({ kind: 'timer', subject: id, atMs: nextMs, title });
  });
  return found;
}
