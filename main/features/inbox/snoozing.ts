/** What was put off, and how it comes back: when it is woken, or when its agent speaks again. Pure. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { inbox as contract, WaitingItem } from '../../../preload/contract/inbox.ts';
import type { Table } from '../../../preload/contract/table.ts';
import type { InboxState } from './slice.ts';

/** What an agent says to somebody; and the end of its program, after which it says nothing. */
export const speaking: ReadonlySet<string> = new Set([
  ...['message.sent', 'question.asked', 'approval.requested', 'permission.asked'],
  ...['agent.reported', 'agent.failed', 'terminal.exited'],
]);

/** What was put off until its agent speaks again is back. */
export function heard(state: InboxState, event: EventEnvelope): InboxState {
  if (state.untilHeard === undefined || !speaking.has(event.type)) return state;
  const agent = agentIdOf(event.actor) ?? (event.data as { agent?: string }).agent;
  const back = state.untilHeard.filter((id) => {
    const item = state.open.get(id);
    return item?.isSnoozedUntilHeard && item.agent === agent;
  });
  return back.length === 0 ? state : withHeard(back.reduce(awake, state));
}

export function snoozed(state: InboxState, event: EventEnvelope): InboxState {
  const {
    item: id,
    untilMs,
    untilHeard,
  } = event.data as EventData<typeof contract, 'inbox.snoozed'>;
  const open = state.open.update(id, ({ isSnoozedUntilHeard: _other, ...item }) => ({
    ...item,
    snoozedUntilMs: untilMs,
    ...(untilHeard && { isSnoozedUntilHeard: untilHeard }),
  }));
  return open === state.open ? state : withHeard({ ...state, open }, id);
}

/** With this one among those that come back when they are heard of, and without those that are back already. */
function withHeard(state: InboxState, added?: string): InboxState {
  const { untilHeard = [], ...rest } = state;
  const all = new Set([...untilHeard, ...(added === undefined ? [] : [added])]);
  const still = [...all].filter((id) => state.open.get(id)?.isSnoozedUntilHeard);
  return still.length === 0 ? rest : { ...rest, untilHeard: still };
}

function withOpen(state: InboxState, open: Table<WaitingItem>): InboxState {
  return open === state.open ? state : { ...state, open };
}

export function awake(state: InboxState, id: string): InboxState {
  return withOpen(
    state,
    state.open.update(
      id,
      ({ snoozedUntilMs: _until, isSnoozedUntilHeard: _heard, ...item }) => item,
    ),
  );
}
