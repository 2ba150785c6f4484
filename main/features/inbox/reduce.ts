/**
 * What waits for the operator, folded from what each feature says of its own events (`waits`): an item is there until
 * its feature settles it, however much happens meanwhile.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { inbox as contract, WaitingItem } from '../../../preload/contract/inbox.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import { keepNewest } from '../../base/records.ts';
import type { Wait, WaitChange } from '../../hub/feature.ts';
import type { WaitReader } from '../../hub/waits.ts';
import type { InboxState } from './slice.ts';
import { awake, heard, snoozed, speaking } from './snoozing.ts';
import { WaitingIndex } from './waiting-index.ts';

const dismissedKept = 100;
const titleChars = 300;

type Reduce = (state: InboxState, event: EventEnvelope) => InboxState;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** The reducers for what all features declare, and for the operator's own. */
export function reduceInbox(waits: WaitReader): Readonly<Record<string, Reduce>> {
  const indexes = { open: new WaitingIndex(), parked: new WaitingIndex() };
  const reducers: Record<string, Reduce> = {
    'inbox.dismissed': dismissed,
    'inbox.restored': restored,
    'inbox.snoozed': snoozed,
    'inbox.woken': (state, event) => awake(state, (event.data as Data<'inbox.woken'>).item),
  };
  for (const type of new Set([...waits.types, ...speaking])) {
    reducers[type] = (state, event) =>
      waits
        .changes(event)
        .reduce((left, change) => applied(left, change, { event, indexes }), heard(state, event));
  }
  return reducers;
}

interface Applying {
  readonly event: EventEnvelope;
  readonly indexes: { readonly open: WaitingIndex; readonly parked: WaitingIndex };
}

function applied(state: InboxState, change: WaitChange, { event, indexes }: Applying): InboxState {
  if ('opens' in change)
    return change.opens.to === 'operator' ? opened(state, change.opens, event) : state;
  if ('settles' in change) return without(state, change.settles);
  if ('settlesAll' in change) {
    const { kind, agent, upToSeq = event.seq, isBlocking } = change.settlesAll;
    const mayGo = [
      ...indexes.open.of(state.open, kind, agent),
      ...indexes.parked.of(state.parked, kind, agent),
    ];
    const gone = mayGo.filter(
      (item) => (isBlocking === undefined || item.isBlocking === isBlocking) && item.seq <= upToSeq,
    );
    return gone.reduce((left, { id }) => without(left, id), state);
  }
  if ('parks' in change) {
    const item = state.open.get(change.parks);
    if (item === undefined) return state;
    return { ...state, open: state.open.delete(item.id), parked: state.parked.set(item.id, item) };
  }
  const { id, isBlocking } = change.resumes;
  const item = state.parked.get(id) ?? state.open.get(id);
  if (item === undefined) return state;
  const again = { ...item, isBlocking, sinceMs: event.atMs, seq: event.seq };
  return { ...state, open: state.open.set(id, again), parked: state.parked.delete(id) };
}

function opened(state: InboxState, wait: Wait, event: EventEnvelope): InboxState {
  const item: WaitingItem = {
    id: `${wait.kind}/${wait.subject}`,
    kind: wait.kind,
    subject: wait.subject,
    agent: wait.agent,
    title: oneLine(wait.title),
    sinceMs: event.atMs,
    seq: event.seq,
    isBlocking: wait.isBlocking,
  };
  // Asked anew it is the last, not where it once was.
  return { ...without(state, item.id), open: state.open.delete(item.id).set(item.id, item) };
}

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  return line.length <= titleChars ? line : `${line.slice(0, titleChars - 1)}…`;
}

function without(state: InboxState, id: string): InboxState {
  const open = state.open.delete(id);
  const parked = state.parked.delete(id);
  return open === state.open && parked === state.parked ? state : { ...state, open, parked };
}

function dismissed(state: InboxState, event: EventEnvelope): InboxState {
  const { item: id } = event.data as Data<'inbox.dismissed'>;
  const item = state.open.get(id);
  if (item === undefined) return state;
  const byId = state.dismissed.byId.set(id, item);
  const all = { isSettled: () => true, keep: dismissedKept };
  return {
    ...without(state, id),
    dismissed: keepNewest({ ...state.dismissed, byId }, id, all),
  };
}

function restored(state: InboxState, event: EventEnvelope): InboxState {
  const { item: id } = event.data as Data<'inbox.restored'>;
  const item = state.dismissed.byId.get(id);
  if (item === undefined || state.open.has(id)) return awake(state, id);
  const { byId, settled } = state.dismissed;
  return {
    ...state,
    open: state.open.set(id, item),
    dismissed: { byId: byId.delete(id), settled: settled.filter((one) => one !== id) },
  };
}
