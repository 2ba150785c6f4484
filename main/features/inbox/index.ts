/** The operator's inbox: the one list of whatever waits for the operator, kept where nothing can push it out. */
import type { CommandData } from '../../../preload/contract/define.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { inbox as contract } from '../../../preload/contract/inbox.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type {
  DecideContext,
  Decision,
  Feature,
  HubState,
  Nothing,
  SystemCommand,
} from '../../hub/feature.ts';
import type { Upcoming } from '../../hub/upcoming.ts';
import { decided, feature, newEvent, selectorOf } from '../../hub/feature.ts';
import { readWaits } from '../../hub/waits.ts';
import type { InboxState } from './slice.ts';
import { initialInbox } from './slice.ts';
import { reduceInbox } from './reduce.ts';
import { parseSnooze } from './snooze-time.ts';

export { blockingWaits } from './ended-waits.ts';
export { type InboxState, initialInbox } from './slice.ts';
export { reduceInbox } from './reduce.ts';

type Ctx = DecideContext<InboxState>;
type Target = CommandData<typeof contract, 'inbox.dismiss'>;

/** `others`: the features whose items it holds, by what they declare of their events. */
export function inboxFeature(others: readonly Feature[]): Feature {
  return feature(contract, {
    initial: initialInbox,
    version: 2,
    commands: {
      'inbox.dismiss': { decide: decideDismiss },
      'inbox.restore': { decide: decideRestore },
      'inbox.snooze': { decide: decideSnooze },
      'inbox.wake': {
        decide: (ctx, { item }) =>
          decided({}, isDue(ctx.state.open.get(item), ctx.nowMs) ? [woken(item)] : []),
      },
    },
    queries: {
      'inbox.list': async ({ all }, ctx) =>
        ok({
          items: ctx.state.open
            .values()
            .filter(({ snoozedUntilMs }) => all || snoozedUntilMs === undefined)
            .sort(
              (a, b) =>
                Number(b.isBlocking) - Number(a.isBlocking) ||
                a.sinceMs - b.sinceMs ||
                a.seq - b.seq,
            ),
        }),
    },
    reduce: reduceInbox(readWaits(others)),
    views: { waiting: { items: (state: InboxState) => state.open } },
    due: dueItems,
    upcoming: upcomingItems,
  });
}

/** What waits, snoozed or not, by id. */
export function selectWaiting(hub: HubState): InboxState['open'] {
  return selectInbox(hub).open;
}

const selectInbox = selectorOf<InboxState>(contract);

const woken = (item: string) => newEvent(contract, 'inbox.woken', { item });

function decideDismiss({ state }: Ctx, { item }: Target): Result<Decision<Nothing>> {
  const found = requireItem(state, item);
  if (!found.ok) return found;
  const { agent, isBlocking } = found.value;
  if (isBlocking) return refuse('ITEM_BLOCKING', { item, agent });
  return decided({}, [newEvent(contract, 'inbox.dismissed', { item })]);
}

function decideRestore({ state }: Ctx, { item }: Target): Result<Decision<Nothing>> {
  const isThere = state.open.has(item) || state.dismissed.byId.has(item);
  if (!isThere) return refuse('ITEM_UNKNOWN', { item });
  const isInSight = state.open.get(item)?.snoozedUntilMs === undefined && state.open.has(item);
  return decided({}, isInSight ? [] : [newEvent(contract, 'inbox.restored', { item })]);
}

function decideSnooze(
  { state, nowMs }: Ctx,
  { item, when }: CommandData<typeof contract, 'inbox.snooze'>,
): Result<Decision<{ untilMs: number }>> {
  const found = requireItem(state, item);
  if (!found.ok) return found;
  const time = parseSnooze(when, nowMs);
  if (time === undefined) return refuse('SNOOZE_UNKNOWN', { when });
  return decided({ untilMs: time.untilMs }, [
    newEvent(contract, 'inbox.snoozed', { item, ...time }),
  ]);
}

function requireItem(state: InboxState, id: string): Result<WaitingItem> {
  const found = state.open.get(id);
  return found === undefined ? refuse('ITEM_UNKNOWN', { item: id }) : ok(found);
}

function dueItems({ open }: InboxState, nowMs: number): SystemCommand[] {
  return waking(open, nowMs).map(({ id }) => ({ type: 'inbox.wake', data: { item: id } }));
}

function upcomingItems({ open }: InboxState): Upcoming[] {
  const found: Upcoming[] = [];
  open.forEach(({ id, snoozedUntilMs: atMs, title }) => {
    if (atMs !== undefined) found.push({ kind: 'snooze', subject: id, atMs, title });
  });
  return found;
}

const waking = dueRows<WaitingItem>(({ snoozedUntilMs }) => snoozedUntilMs);

function isDue(item: WaitingItem | undefined, nowMs: number): boolean {
  return item?.snoozedUntilMs !== undefined && item.snoozedUntilMs <= nowMs;
}
