/**
 * The operator's inbox: whatever waits for the operator, until it is settled. An item is opened and settled by the
 * feature that it is of; what the operator does with the list itself (dismiss, snooze) is here.
 */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';

export const waitingItemSchema = z.object({
  /** `<kind>/<subject>`. */
  id: z.string(),
  /** What it is of: `question`, `approval`, `message`, `agent`, or what a later feature brings. */
  kind: z.string(),
  /** `q-81`, `p-4`, `backend`, the number of a message. */
  subject: z.string(),
  /** Who waits, or whom it is about. */
  agent: z.string(),
  /** One line that says what it is about, at most 300 characters; the whole of it is with its record. */
  title: z.string(),
  /** Since when it waits, Unix ms, and by which event. */
  sinceMs: z.number(),
  seq: z.number(),
  /** True while an agent cannot go on without the operator. Such an item is answered, not dismissed. */
  isBlocking: z.boolean(),
  /** Out of sight until then, Unix ms. One that blocks still counts. */
  snoozedUntilMs: z.number().optional(),
  /** It comes back before that, as soon as its agent speaks again. */
  isSnoozedUntilHeard: z.literal(true).optional(),
});
export type WaitingItem = z.infer<typeof waitingItemSchema>;

const item = z.string().min(1).max(200).describe('Its id, as `musher waiting` shows it');
const target = z.object({ item });

export const inbox = defineFeature({
  name: 'inbox',
  commands: {
    'inbox.dismiss': command({
      summary: 'Take something out of your inbox that nobody waits for',
      who: ['operator'],
      data: target,
      result: z.object({}),
      cli: { name: 'dismiss', args: ['item'] },
    }),
    'inbox.restore': command({
      summary: 'Put back what was dismissed or snoozed',
      who: ['operator'],
      data: target,
      result: z.object({}),
      cli: { name: 'restore', args: ['item'] },
    }),
    'inbox.snooze': command({
      summary: 'Take something out of sight for a while; it comes back by itself',
      who: ['operator'],
      data: z.object({
        item,
        when: z
          .string()
          .min(1)
          .max(40)
          .describe(
            'When it comes back: 15m, 1h, tomorrow (at 9:00), 17:30, or "heard": as soon as its agent speaks again. At most a week',
          ),
      }),
      result: z.object({ untilMs: z.number() }),
      cli: {
        name: 'inbox snooze',
        args: ['item', 'when'],
        examples: [
          'musher inbox snooze question/q-81 1h',
          'musher inbox snooze approval/p-4 tomorrow',
          'musher inbox snooze message/812 heard',
        ],
      },
    }),
    'inbox.wake': command({
      summary: 'The time that an item was snoozed for is over',
      who: ['system'],
      data: target,
      result: z.object({}),
    }),
  },
  queries: {
    'inbox.list': query({
      summary: 'List what waits for you: what stops an agent first, then oldest first',
      who: ['operator'],
      data: z.object({ all: z.boolean().default(false).describe('Include what is snoozed') }),
      result: z.object({ items: z.array(waitingItemSchema) }),
      cli: { name: 'waiting' },
    }),
  },
  events: {
    'inbox.dismissed': event({ v: 1, data: target }),
    'inbox.restored': event({ v: 1, data: target }),
    'inbox.snoozed': event({
      v: 1,
      data: z.object({
        item: z.string(),
        untilMs: z.number(),
        untilHeard: z.literal(true).optional(),
      }),
    }),
    'inbox.woken': event({ v: 1, data: target }),
  },
  records: { waiting: waitingItemSchema },
});
