/** How far one recipient has got with what was sent to it. */
import { z } from 'zod';

/** Of the inbox of one agent, each a number of the log. */
export const inboxPositionSchema = z.object({
  /** It said that everything up to here is handled. */
  acked: z.number(),
  /** Handed to it, in this session or an earlier one. */
  handed: z.number(),
  /** Handed to a session that has ended: what of it is not acked comes again, or has come again. */
  again: z.number(),
});
export type InboxPosition = z.infer<typeof inboxPositionSchema>;

export const deliveryStateSchema = z.enum([
  'queued',
  'delivered',
  'redelivered',
  'acknowledged',
  'gone',
]);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;
