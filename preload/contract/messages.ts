/** Messages: what agents and the operator say to each other, and every agent's durable inbox. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { deliveryStateSchema, inboxPositionSchema } from './delivery.ts';
import { actorSchema } from './envelope.ts';

/** `operator`, an agent's name, or `*` for everyone but the sender. */
export const recipientSchema = z
  .string()
  .min(1)
  .max(80)
  .describe('An agent, "operator", or "*" for all others');

/** Several recipients are named one by one: `*` stands alone. */
export const recipientsSchema = z
  .union([
    recipientSchema,
    z
      .array(recipientSchema.refine((to) => to !== '*', 'expected a name; "*" stands alone'))
      .min(1)
      .max(200),
  ])
  .describe('An agent, "operator", a list of them, or "*" for all others');
export type Recipients = z.infer<typeof recipientsSchema>;

const body = z.string().min(1).max(100_000);
const seq = z.coerce.number().int().min(0);
const party = z
  .string()
  .regex(/^(\*|[a-z0-9-]{1,40})$/, 'expected "operator", "system" or the name of an agent');
export const waitMs = z.coerce
  .number()
  .int()
  .min(0)
  .max(60_000)
  .default(0)
  .describe('How long to wait for an answer, milliseconds, at most 60000');

/**
 * What a message is, where programs on both sides read it: an artifact that an agent made, what it needs to go on, errors to
 * mend, an answer, a verdict on an agent's work, a target branch that moved, what the operator does, and a commit that
 * waits to be verified, which the hub itself tells the operator. Left out: plain words.
 */
export const messageKindSchema = z.enum([
  'artifact',
  'blocked',
  'feedback',
  'answer',
  'verified',
  'advanced-main',
  'status',
  'verify-now',
]);
export type MessageKind = z.infer<typeof messageKindSchema>;

/** Stands for nobody: what is sent to it is in the log alone. */
export const nobody = '-';

const payload = z.record(z.string(), z.unknown());

/** One message as pages mirror it: the newest 200; older ones come by `message.list`. */
export const messageRecordSchema = z.object({
  seq: z.number(),
  atMs: z.number(),
  from: actorSchema,
  /** As its sender wrote it: `*` for a broadcast, whatever the number of its recipients; several names as a list. */
  to: z.union([z.string(), z.array(z.string()).readonly()]),
  body: z.string(),
  /** The message this answers. */
  re: z.number().optional(),
  kind: messageKindSchema.optional(),
});
export type MessageRecord = z.infer<typeof messageRecordSchema>;

/**
 * How far one recipient has got with a message: it waits in its inbox; it was handed to it; it was handed to a session of
 * it that ended before its ack, and comes again; it said that it is handled; or the recipient is there no more. For the
 * operator, what is in the list is delivered.
 */
export const deliverySchema = z.object({
  to: z.string(),
  state: deliveryStateSchema,
});
export type Delivery = z.infer<typeof deliverySchema>;

/**
 * A message with how far it got. Of another type than `message.sent` it is what else came to an inbox (a question, an answer, a
 * verdict): `body` then says it in words, and `to` names whose inboxes.
 */
export const trackedMessageSchema = messageRecordSchema.extend({
  type: z.string(),
  delivery: z.array(deliverySchema),
});
export type TrackedMessage = z.infer<typeof trackedMessageSchema>;

/**
 * One thing delivered to an inbox: any event that concerns the agent, not messages alone. `type` is the event's
 * type (`message.sent`, `question.answered`, `approval.denied`, …) and `data` its data.
 */
export const inboxItemSchema = z.object({
  seq: z.number(),
  atMs: z.number(),
  from: actorSchema,
  type: z.string(),
  data: z.unknown(),
  /** One readable line or paragraph that says it all; what the CLI prints. */
  text: z.string(),
  /** True when it was handed out to an earlier session of this agent and never acked: it may be handled already. */
  redelivered: z.boolean(),
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

export const messages = defineFeature({
  name: 'messages',
  commands: {
    'message.send': command({
      summary: 'Send a message to an agent, to the operator, or to all others',
      who: ['operator', 'agent'],
      data: z.object({
        to: recipientsSchema,
        body,
        re: z.number().int().positive().optional().describe('Number of the message this answers'),
      }),
      result: z.object({
        seq: z.number(),
        deliveredTo: z.array(z.string()),
        /** Recipients that could not be reached, with the reason. */
        failed: z.array(z.object({ to: z.string(), code: z.string(), message: z.string() })),
      }),
      cli: {
        name: 'send',
        args: ['to', '...body'],
        examples: [
          'musher send backend "the schema is in db/schema.sql"',
          'musher send backend,frontend "the API is in docs/api.md"',
          'musher send "*" "main moved, please rebase"',
        ],
      },
      tool: {
        name: 'send_message',
        description:
          'Send a message to another agent by name, to several of them, to "operator" (the human), or to "*" for everyone else. Use it to tell something that needs no decision; when you need an answer before you can go on, use ask.',
      },
    }),
    'message.announce': command({
      summary: 'Send a message that programs read: an artifact, a block, feedback, a verdict',
      who: ['operator', 'agent'],
      data: z.object({
        kind: messageKindSchema.exclude(['verify-now']).describe('What it is'),
        to: recipientSchema.describe('An agent, "operator", "*" for all others, or "-" for nobody'),
        body: body.describe('What a person reads of it'),
        payload: payload.describe('What programs read of it, as its kind has it').default({}),
      }),
      result: z.object({ seq: z.number(), deliveredTo: z.array(z.string()) }),
    }),
    'inbox.ack': command({
      summary: 'Say that everything up to this number is handled and need not come again',
      who: ['operator', 'agent'],
      data: z.object({ upTo: z.number().int().min(1) }),
      result: z.object({ acked: z.number() }),
      cli: { name: 'ack', args: ['upTo'] },
      tool: {
        name: 'ack_inbox',
        description:
          'Say that you have handled everything in your inbox up to this number (the cursor of read_inbox). What is not acked comes again after a restart of yours.',
      },
    }),
  },
  queries: {
    'inbox.read': query({
      summary: 'Read your inbox after a position, waiting if it is empty',
      who: ['operator', 'agent'],
      data: z.object({
        after: seq
          .optional()
          .describe('Only items after this number; default: after the last one acked'),
        waitMs,
        limit: z.coerce.number().int().min(1).max(500).default(100),
        agent: z
          .string()
          .optional()
          .describe('Whose inbox; only the operator may name one, and reading it changes nothing'),
      }),
      result: z.object({
        items: z.array(inboxItemSchema),
        /** Hand this back as `after`. An empty answer echoes what was asked, never less. */
        cursor: z.number(),
      }),
      cli: { name: 'inbox', examples: ['musher inbox --wait 60s'] },
      tool: {
        name: 'read_inbox',
        description:
          'Read what came for you: messages, answers to your questions, verdicts on your commits. Without "after" it gives what you have not acked yet. With waitMs it waits for something to come, instead of asking again and again. Items marked redelivered may be handled already. Then call ack_inbox with the cursor.',
      },
    }),
    'message.get': query({
      summary: 'Show one message whole',
      who: ['operator'],
      data: z.object({ seq: z.coerce.number().int().min(1).describe('Its number') }),
      result: trackedMessageSchema,
      cli: { name: 'message get', args: ['seq'] },
    }),
    'message.list': query({
      summary: 'List messages, newest last; filtered, and by text',
      who: ['operator'],
      data: z.object({
        before: seq.optional().describe('Only messages before this number'),
        after: seq
          .optional()
          .describe('Only messages after this number, from the oldest on; default: the newest'),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        agent: party.optional().describe('Only what this one wrote or received'),
        from: party.optional().describe('Only what this one wrote'),
        to: party.optional().describe('Only what this one received; "*" for what was said to all'),
        type: z
          .string()
          .max(400)
          .regex(/^(\*|[a-z0-9_.]+(,[a-z0-9_.]+)*)$/, 'expected types as in the log, or *')
          .default('message.sent')
          .describe(
            'Types of events, parted by commas (question.asked,question.answered), or "*" for whatever came to an inbox',
          ),
        text: z
          .string()
          .max(200)
          .optional()
          .describe(
            'Words that are all in it; "words in a row" in quotes, beginn* for a beginning',
          ),
        unread: z.boolean().default(false).describe('Only messages to you that you have not read'),
        thread: z.coerce
          .number()
          .int()
          .min(1)
          .optional()
          .describe('Only the chain of answers that the message of this number is in'),
      }),
      result: z.object({
        messages: z.array(trackedMessageSchema),
        /** There may be more in that direction. A page with more may be short, or empty: go on from `cursor`. */
        more: z.boolean(),
        /** Hand this back as `before`, or as `after` where that was asked, for the next page. */
        cursor: z.number(),
      }),
      cli: {
        name: 'message list',
        examples: [
          'musher message list --agent backend --text "schema migr*"',
          'musher message list --type "*" --thread 812',
        ],
      },
    }),
  },
  events: {
    /** `recipients` are those who have it in their inbox; `to` is what the sender wrote. */
    'message.sent': event({
      v: 2,
      data: z.object({
        to: z.union([z.string(), z.array(z.string()).readonly()]),
        recipients: z.array(z.string()),
        body,
        re: z.number().optional(),
        kind: messageKindSchema.optional(),
        payload: payload.optional(),
      }),
      // Until version 2 there was one recipient, or all.
      upcast: { 1: (data) => data },
    }),
    'inbox.acked': event({ v: 1, data: z.object({ agent: z.string(), upTo: z.number() }) }),
  },
  records: { message: messageRecordSchema },
  /** By agent, looked at every 2 s. */
  live: { position: inboxPositionSchema },
});
