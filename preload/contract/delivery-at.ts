/** How far one recipient has got with what was sent to it, from its positions. Pure; used by both sides, so without zod. */
import type { DeliveryState, InboxPosition } from './delivery.ts';

export function deliveryAt(seq: number, { acked, handed, again }: InboxPosition): DeliveryState {
  if (seq <= acked) return 'acknowledged';
  if (seq > handed) return 'queued';
  return seq <= again ? 'redelivered' : 'delivered';
}
