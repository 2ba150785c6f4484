/** How far each recipient of a message has got with it, from what is known: acks are in the log, hand-outs beside it. */
import type { InboxPosition } from '../../../preload/contract/delivery.ts';
import { deliveryAt } from '../../../preload/contract/delivery-at.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Delivery } from '../../../preload/contract/messages.ts';
import type { Life, QueryContext } from '../../hub/feature.ts';
import { type Agent, reachableAgents, selectAgents } from '../agents/index.ts';
import { handedOut } from './inbox.ts';
import type { MessagesState } from './slice.ts';

type Ctx = Pick<QueryContext<MessagesState>, 'state' | 'hub' | 'marks'>;

/** Of each who has it in the inbox. */
export function deliveriesOf(
  event: EventEnvelope,
  recipients: readonly string[],
  ctx: Ctx,
): Delivery[] {
  return recipients.map((to) => ({ to, state: stateOf(to, event, ctx) }));
}

function stateOf(to: string, { seq, atMs }: EventEnvelope, ctx: Ctx): Delivery['state'] {
  if (to === 'operator')
    return (ctx.state.acked.get(to) ?? 0) >= seq ? 'acknowledged' : 'delivered';
  const agent = selectAgents(ctx.hub).byId.get(to);
  // Another one may have its name by now, whose inbox began later.
  if (agent === undefined || agent.createdMs > atMs) return 'gone';
  return deliveryAt(seq, positionOf(agent, ctx));
}

function positionOf(
  { id, session }: Agent,
  { state, marks }: Pick<Ctx, 'state' | 'marks'>,
): InboxPosition {
  const handed = handedOut(marks, id);
  const again = handed.session < session ? handed.upTo : handed.floor;
  return { acked: state.acked.get(id) ?? 0, handed: handed.upTo, again };
}

/** A hand-out is no event: it is looked for, at the cost of one small read for each agent; milliseconds. */
const lookMs = 2_000;

/** Shows pages how far each inbox is, for as long as the hub lives. */
export function showPositions(life: Life<MessagesState>): void {
  let cancel = (): void => undefined;
  const look = (): void => {
    const gone = new Set(life.live.of('position').keys());
    for (const agent of reachableAgents(selectAgents(life.hub()))) {
      gone.delete(agent.id);
      const position = positionOf(agent, { state: life.state(), marks: life.marks });
      const shown = life.live.of('position').get(agent.id) as InboxPosition | undefined;
      if (shown === undefined || !isSame(shown, position))
        life.live.put('position', agent.id, position);
    }
    for (const id of gone) life.live.remove('position', id);
    cancel = life.clock.schedule(look, lookMs);
  };
  cancel = life.clock.schedule(look, lookMs);
  life.own(() => cancel());
}

function isSame(a: InboxPosition, b: InboxPosition): boolean {
  return a.acked === b.acked && a.handed === b.handed && a.again === b.again;
}
