/** How far a message got, in words. Pure. */
import type { DeliveryState, InboxPosition } from '../../../preload/contract/delivery.ts';
import { deliveryAt } from '../../../preload/contract/delivery-at.ts';
import type { Delivery, TrackedMessage } from '../../../preload/contract/messages.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export interface DeliveryLook {
  readonly shape: DotShape;
  readonly tone: DotTone;
  /** Of one recipient. */
  readonly word: string;
  /** After a count: `3 of 5 acknowledged`. */
  readonly counted: string;
  readonly why: string;
}

export const deliveryLooks: Readonly<Record<DeliveryState, DeliveryLook>> = {
  queued: {
    ...{ shape: 'ring', tone: 'muted', word: 'Queued', counted: 'queued' },
    why: 'It is in the inbox, and was not read there yet.',
  },
  delivered: {
    ...{ shape: 'disc', tone: 'muted', word: 'Delivered', counted: 'delivered' },
    why: 'It was handed over, and not yet said to be handled.',
  },
  redelivered: {
    ...{ shape: 'half', tone: 'amber', word: 'Redelivered', counted: 'redelivered' },
    why: 'It was handed over to a session that ended before it said that it is handled, so it comes again.',
  },
  acknowledged: {
    ...{ shape: 'check', tone: 'green', word: 'Acknowledged', counted: 'acknowledged' },
    why: 'It was said to be handled.',
  },
  gone: {
    ...{ shape: 'cross', tone: 'muted', word: 'Gone', counted: 'gone' },
    why: 'Its recipient is there no more.',
  },
};

/** As it is now: agents move on after the list was read. */
export function deliveriesNow(
  { seq, delivery }: Pick<TrackedMessage, 'seq' | 'delivery'>,
  positionOf: (agent: string) => InboxPosition | undefined,
): Delivery[] {
  return delivery.map(({ to, state }) => {
    const position = state === 'gone' ? undefined : positionOf(to);
    return { to, state: position === undefined ? state : deliveryAt(seq, position) };
  });
}

export interface DeliverySum {
  readonly state: DeliveryState;
  readonly text: string;
}

/** One word for one recipient; of several how many have got furthest, or what is wrong with some. Undefined for none. */
export function sumDeliveries(deliveries: readonly Delivery[]): DeliverySum | undefined {
  const [only, ...others] = deliveries;
  if (only === undefined) return undefined;
  if (others.length === 0) return { state: only.state, text: deliveryLooks[only.state].word };
  const count = (state: DeliveryState) => deliveries.filter((one) => one.state === state).length;
  const furthest = (['acknowledged', 'redelivered', 'delivered', 'queued', 'gone'] as const).find(
    (state) => count(state) > 0,
  );
  const state = furthest ?? 'queued';
  const isAll = count(state) === deliveries.length;
  const number = isAll ? `All ${deliveries.length}` : `${count(state)} of ${deliveries.length}`;
  // A tick stands for all of them.
  const shown = state === 'acknowledged' && !isAll ? 'delivered' : state;
  return { state: shown, text: `${number} ${deliveryLooks[state].counted}` };
}
