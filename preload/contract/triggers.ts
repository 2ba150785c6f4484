/** Triggers: when something happens, something is done. The operator's alone: what they do, they do in the operator's name. */
import { z } from 'zod';
import { actionFields, actionSchema } from './actions.ts';
import { command, defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import {
  matcherFields,
  noteKindSchema,
  outcomeSchema,
  pauseReasonSchema,
  triggerName,
  triggerRecordSchema,
  triggerStateSchema,
  wishFields,
} from './trigger-facts.ts';

const operator = ['operator'] as const;
const noEnd = 'a trigger that sets triggers would have no end';
const trigger = z.string().min(1).max(20).describe('Its id, tr-3');
const target = z.object({ trigger });
const result = z.object({ trigger: z.string(), state: triggerStateSchema });

const webhook = {
  webhook: z
    .string()
    .max(2_000)
    .optional()
    .describe('Send the event to this address as JSON: https, or http on this machine'),
  plainHttp: z
    .boolean()
    .optional()
    .describe('Allow http to another machine: anybody on the way reads what is sent'),
};

/** What a trigger says, whole: in `trigger.added`, and in `trigger.edited` as it is after. */
const said = {
  name: z.string(),
  ...matcherFields,
  once: z.boolean(),
  cooldownMs: z.number(),
  perMinute: z.number(),
  action: actionSchema,
};

/** An event that was looked at by a dry run and that the trigger would have fired on. */
const wouldFire = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  type: z.string(),
  actor: actorSchema,
  /** One line. Untrusted text. */
  text: z.string(),
});
export type WouldFire = z.infer<typeof wouldFire>;

/** One event of a trigger's history. */
const passage = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  actor: actorSchema,
  /** Untrusted text. */
  text: z.string(),
});

/** Events that one dry run looks at. */
export const testLooks = { default: 10_000, most: 100_000 };
/** Events that a dry run names. */
export const testNamed = 50;

export const triggers = defineFeature({
  name: 'triggers',
  commands: {
    'trigger.add': command({
      summary: 'Have something done whenever something happens',
      who: operator,
      byHand: noEnd,
      data: z.object({
        name: triggerName.optional().describe('What you call it; left out, what it does'),
        ...matcherFields,
        ...wishFields,
        ...actionFields,
        ...webhook,
      }),
      result,
      cli: {
        name: 'trigger add',
        args: ['name'],
        examples: [
          'musher trigger add "tell the release" --on story.moved --stage done --webhook https://ci.example.com/hook --cooldown 10m',
          `musher trigger add "help who is stuck" --on watchdog.stuck_found --where 'data.shape == "no-progress"' --prompt "See why {{agent}} gets nowhere" --cooldown 1h`,
        ],
      },
    }),
    'trigger.edit': command({
      summary: 'Change what a trigger matches or does; what is left out stays',
      who: operator,
      byHand: noEnd,
      data: z.object({
        trigger,
        name: triggerName.optional(),
        on: matcherFields.on.optional(),
        story: matcherFields.story,
        agent: matcherFields.agent,
        stage: matcherFields.stage,
        path: matcherFields.path,
        where: matcherFields.where,
        once: z.boolean().optional().describe('Fire once, then be spent'),
        cooldownMs: wishFields.cooldownMs
          .unwrap()
          .optional()
          .describe('After it fired, not again for this many milliseconds'),
        perMinute: wishFields.perMinute
          .unwrap()
          .optional()
          .describe('Within a minute at most so often'),
        clear: z
          .array(z.enum(['story', 'agent', 'stage', 'path', 'where']))
          .max(5)
          .default([])
          .describe('What it shall not ask for any more'),
        ...actionFields,
        ...webhook,
      }),
      result,
      cli: {
        name: 'trigger edit',
        args: ['trigger'],
        examples: ['musher trigger edit tr-3 --cooldown 1h --clear where'],
      },
    }),
    'trigger.pause': command({
      summary: 'Let a trigger fire no more, until it is resumed',
      who: operator,
      data: target,
      result,
      cli: { name: 'trigger pause', args: ['trigger'] },
    }),
    'trigger.resume': command({
      summary: 'Arm a trigger again; what happened meanwhile is not made up for',
      who: operator,
      data: target,
      result,
      cli: { name: 'trigger resume', args: ['trigger'] },
    }),
    'trigger.remove': command({
      summary: 'Forget a trigger; what it fired stays in the log',
      who: operator,
      data: target,
      result: z.object({}),
      cli: { name: 'trigger remove', args: ['trigger'] },
    }),
    'trigger.fire': command({
      summary: 'An event fits a trigger',
      who: ['system'],
      data: z.object({
        trigger: z.string(),
        /** Of the event. */
        seq: z.number().int(),
        type: z.string(),
        atMs: z.number(),
        /** Triggers whose actions led to the event, the newest first. */
        chain: z.array(z.string()),
        /** With what of the event it names put in; or why that could not be done. */
        action: z.union([actionSchema, z.object({ fault: z.string() })]),
        /** JSON: what an address is sent. */
        payload: z.string().optional(),
      }),
      result: z.object({ fired: z.boolean() }),
    }),
    'trigger.note': command({
      summary: 'It could not be said whether an event fits a trigger',
      who: ['system'],
      data: z.object({
        trigger: z.string(),
        seq: z.number().int(),
        text: z.string().max(1_000),
        /** Its expression is not asked again as it is. */
        isGivenUp: z.literal(true).optional(),
      }),
      result: z.object({}),
    }),
    'trigger.report': command({
      summary: 'A trigger’s action ended',
      who: ['system'],
      data: z.object({
        trigger: z.string(),
        seq: z.number().int(),
        ok: z.boolean(),
        detail: z.string().max(2_000).optional(),
      }),
      result: z.object({}),
    }),
  },
  queries: {
    'trigger.list': query({
      summary: 'List triggers, with what each fired last',
      who: operator,
      data: z.object({
        state: z.array(triggerStateSchema).max(3).default([]).describe('Only those'),
      }),
      result: z.object({ triggers: z.array(triggerRecordSchema) }),
      cli: { name: 'trigger list' },
    }),
    'trigger.get': query({
      summary: 'Show a trigger, and what it did',
      who: operator,
      data: z.object({
        trigger,
        before: z.coerce
          .number()
          .int()
          .min(1)
          .optional()
          .describe('Of its history, what is older than this event'),
        limit: z.coerce.number().int().min(1).max(200).default(20).describe('At most so many'),
      }),
      result: triggerRecordSchema.extend({ history: z.array(passage), hasMore: z.boolean() }),
      cli: { name: 'trigger show', args: ['trigger'] },
    }),
    'trigger.test': query({
      summary: 'Say which past events a trigger would have fired on; nothing is done',
      who: operator,
      data: z.object({
        trigger: trigger
          .optional()
          .describe('One that there is; what else is said is put in place of its own'),
        on: matcherFields.on.optional(),
        story: matcherFields.story,
        agent: matcherFields.agent,
        stage: matcherFields.stage,
        path: matcherFields.path,
        where: matcherFields.where,
        once: z.boolean().optional().describe('Fire once, then be spent'),
        cooldownMs: z.coerce
          .number()
          .int()
          .min(0)
          .optional()
          .describe('After it fired, not again for this many milliseconds'),
        before: z.coerce
          .number()
          .int()
          .min(1)
          .optional()
          .describe('Look at what is older than this event: the `from` of the run before'),
        look: z.coerce
          .number()
          .int()
          .min(1)
          .max(testLooks.most)
          .default(testLooks.default)
          .describe('How many events to look at'),
      }),
      result: z.object({
        /** How often it would have fired among the events that were looked at. */
        count: z.number().int(),
        /** The newest of them, oldest first. */
        fires: z.array(wouldFire),
        /** Events that fit, and fell into its cool-down or came after its once. */
        held: z.number().int(),
        /** Events of which it could not be said, and why of the last one. */
        faults: z.number().int(),
        fault: z.string().optional(),
        looked: z.number().int(),
        /** First and last event that were looked at; 0 where there were none. */
        from: z.number().int(),
        to: z.number().int(),
        hasMore: z.boolean(),
      }),
      cli: {
        name: 'trigger test',
        args: ['trigger'],
        examples: [
          'musher trigger test tr-3',
          'musher trigger test --on story.moved --stage blocked --look 100000',
        ],
      },
    }),
  },
  events: {
    'trigger.added': event({ v: 1, data: z.object({ trigger: z.string(), ...said }) }),
    /** As it is from now on, whole. */
    'trigger.edited': event({
      v: 1,
      data: z.object({ trigger: z.string(), ...said, fields: z.array(z.string()) }),
    }),
    'trigger.paused': event({
      v: 1,
      data: z.object({
        trigger: z.string(),
        name: z.string(),
        reason: pauseReasonSchema,
        detail: z.string().optional(),
      }),
    }),
    'trigger.resumed': event({ v: 1, data: z.object({ trigger: z.string(), name: z.string() }) }),
    'trigger.removed': event({ v: 1, data: z.object({ trigger: z.string(), name: z.string() }) }),
    'trigger.fired': event({
      v: 1,
      data: z.object({
        trigger: z.string(),
        name: z.string(),
        /** The event that it fired on: its number, its type, when it was. */
        on: z.object({ seq: z.number().int(), type: z.string(), atMs: z.number() }),
        /** What is done, in a few words. */
        does: z.string(),
        /** Triggers that had led to the event. */
        chain: z.array(z.string()).optional(),
        /** It was to fire once. */
        once: z.literal(true).optional(),
      }),
    }),
    'trigger.acted': event({
      v: 1,
      data: z.object({
        trigger: z.string(),
        name: z.string(),
        on: z.number().int(),
        outcome: outcomeSchema.exclude(['doing']),
        detail: z.string().optional(),
        once: z.literal(true).optional(),
      }),
    }),
    'trigger.noted': event({
      v: 1,
      data: z.object({
        trigger: z.string(),
        name: z.string(),
        kind: noteKindSchema,
        on: z.number().int(),
        text: z.string(),
      }),
    }),
  },
  records: { trigger: triggerRecordSchema },
});
