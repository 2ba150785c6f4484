/** How far each recipient of a message has got with it, from what is known: acks are in the log, hand-outs beside it. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Delivery } from '../../../preload/contract/messages.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { handedOut } from './inbox.ts';
import type { MessagesState, SentData } from './slice.ts';

type Ctx = Pick<QueryContext<MessagesState>, 'state' | 'hub' | 'marks'>;

/** In the order in which it went to them. */
export function deliveriesOf(event: EventEnvelope, ctx: Ctx): Delivery[] {
  return (event.data as SentData).recipients.map((to) => ({ to, state: stateOf(to, event, ctx) }));
}

function stateOf(to: string, { seq, atMs }: EventEnvelope, { state, hub, marks }: Ctx) {
  const acked = state.acked.get(to) ?? 0;
  if (to === 'operator') return acked >= seq ? 'acknowledged' : 'delivered';
  const agent = selectAgents(hub).byId.get(to);
  // Another one may have its name by now, whose inbox began later.
  if (agent === undefined || agent.createdMs > atMs) return 'gone';
  if (acked >= seq) return 'acknowledged';
  const { session, floor, upTo } = handedOut(marks, to);
  if (seq > upTo) return 'queued';
  // Handed to a session that ended before its ack: it comes again, or has come again.
  return seq <= floor || session < agent.session ? 'redelivered' : 'delivered';
}
