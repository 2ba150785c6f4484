/**
 * Conflicts between agents' work, seen before they happen: what each of them is about to change, what collides by that or by
 * what they wrote, and how often such a warning was right.
 */
import { z } from 'zod';
import { agentRef } from './agent-wishes.ts';
import {
  collidingViewSchema,
  collisionsSchema,
  conflictEndSchema,
  conflictKindSchema,
  conflictRecordSchema,
  severitySchema,
} from './conflict-records.ts';
import { command, defineFeature, event, query } from './define.ts';
import { intendedFileSchema, intentRecordSchema, longestIntentMs } from './intents.ts';

const said = z.array(intendedFileSchema);
const files = said.max(2_000);
const pair = z.tuple([z.string(), z.string()]);
/** Who has it in the inbox. */
const recipients = z.array(z.string());
const conflict = z.string().min(1).max(80).describe('Its id, as `musher conflicts` shows it');
const path = z.string().min(1).max(4_000).describe('From the root of the repository');

const count = z.number().int();
/** Of all conflicts that were told, by what came of them; a conflict counts once. */
export const accuracySchema = z.object({
  kinds: z.array(
    z.object({
      kind: conflictKindSchema,
      found: count,
      /** A later merge of the one met the work of the other, or what was in the target, in those files, and conflicted. */
      right: count,
      /** Both were merged clean while it stood. */
      falseAlarm: count,
      /** It was cleared before a merge met it. */
      avoided: count,
      /** Neither of these yet. */
      pending: count,
    }),
  ),
  /** Merges that conflicted with what their target had, of which nothing was told before. */
  missed: count,
  /** right / (right + falseAlarm); absent where there is neither. */
  precision: z.number().optional(),
  /** right / (right + missed); absent where there is neither. */
  recall: z.number().optional(),
  /** How long before the merge that conflicted it was told, the median of the newest 200, milliseconds. */
  medianWarningMs: z.number().optional(),
});
export type Accuracy = z.infer<typeof accuracySchema>;

const overlap = z.object({ agent: z.string(), files: z.array(z.string()) });
const between = { conflict: z.string(), kind: conflictKindSchema, agents: pair };

export const conflicts = defineFeature({
  name: 'conflicts',
  commands: {
    'intent.declare': command({
      summary: 'Say which files you are about to change, so that nobody else does at the same time',
      who: ['agent'],
      data: z.object({
        summary: z
          .string()
          .trim()
          .min(1, 'expected some text')
          .max(2_000)
          .describe('Why, in a line'),
        files: files
          .min(1, 'expected a file')
          .describe(
            'Paths from the root of the repository, with *, ** and {a,b}, or folders that end with /; {path, regions} for parts of a file',
          ),
        forMs: z
          .number()
          .int()
          .min(1_000)
          .max(longestIntentMs)
          .default(900_000)
          .describe('How long it counts, milliseconds; 15 minutes unless said otherwise'),
        exclusive: z
          .boolean()
          .default(false)
          .describe('Claim them: nobody else can claim what overlaps meanwhile'),
      }),
      /** `overlaps`: who said the same before, and of which of those files; at most 20 agents with 20 files each. */
      result: z.object({ untilMs: z.number(), overlaps: z.array(overlap) }),
      cli: {
        name: 'intent declare',
        args: ['summary', '...files'],
        examples: [
          'musher intent declare "wire the login form" src/auth.ts src/login.tsx',
          'musher intent declare "move the schema" "db/**/*.sql" --exclusive --for 30m',
        ],
      },
      tool: {
        name: 'declare_intent',
        description:
          'Say which files you are about to change and why, before you touch them; again when it becomes more, or lasts longer. The others see it and keep clear. It replaces what you said before, and counts 15 minutes unless you say otherwise. With exclusive nobody else can claim them meanwhile; you are refused when somebody has. The answer says who is at the same files.',
      },
    }),
    'intent.release': command({
      summary: 'Say that you will not change those files after all, or are done with them',
      who: ['agent'],
      data: z.object({}),
      result: z.object({}),
      cli: { name: 'intent release' },
      tool: {
        name: 'release_intent',
        description:
          'Say that you are done with the files you declared, or will not change them: others may have them now. Do so after a claim, as soon as its commit is made.',
      },
    }),
    'intent.steal': command({
      summary: 'Take files from what an agent said it would change, and give them to another',
      who: ['operator'],
      data: z.object({
        from: agentRef,
        to: agentRef.optional().describe('Who gets them; nobody unless said'),
        files: z
          .array(path)
          .min(1, 'expected a file')
          .max(2_000)
          .optional()
          .describe('As they stand in its intent; all unless said'),
        reason: z.string().trim().min(1, 'expected some text').max(2_000).describe('Told to both'),
      }),
      result: z.object({ files: z.array(z.string()) }),
      cli: {
        name: 'intent steal',
        args: ['from', 'reason'],
        examples: [
          'musher intent steal backend "the release needs it first" --to frontend --file src/auth.ts',
        ],
      },
    }),
    'intent.expire': command({
      summary: 'The time of an intent is over',
      who: ['system'],
      data: z.object({ agent: z.string() }),
      result: z.object({}),
    }),
    /**
     * How it stands between two agents now, whole; said again when it is otherwise. One of each kind is open for two agents. `agents`:
     * who was first before the other, and `ranges` in that order; of ownership, who owns before who wrote.
     */
    'conflict.seen': command({
      summary: 'The work of two agents collides',
      who: ['system'],
      data: collisionsSchema.extend({
        kind: conflictKindSchema,
        agents: pair,
        /** Default: what the reasons of its files make of it. */
        severity: severitySchema.optional(),
        /** In which order they are better merged. Default: as they stand in `agents`. */
        order: pair.optional(),
      }),
      /** `againMs`: too soon after its last change; nothing was written, and it is to be said again then, as it is then. Unix ms. */
      result: z.object({ conflict: z.string().optional(), againMs: z.number().optional() }),
    }),
    'conflict.gone': command({
      summary: 'The work of two agents does not collide any more',
      who: ['system'],
      data: z.object({ kind: conflictKindSchema, agents: pair, why: conflictEndSchema }),
      result: z.object({}),
    }),
    'conflict.order': command({
      summary: 'Say whose work of two that collide is merged first; both are told',
      who: ['operator'],
      data: z.object({ conflict, first: agentRef }),
      result: z.object({ order: pair }),
      cli: { name: 'conflict order', args: ['conflict', 'first'] },
    }),
    'conflict.dismiss': command({
      summary: 'Neither see nor hear more of a conflict, until its files are others',
      who: ['operator'],
      data: z.object({ conflict, note: z.string().max(2_000).optional() }),
      result: z.object({}),
      cli: { name: 'conflict dismiss', args: ['conflict', 'note'] },
    }),
  },
  queries: {
    'intent.list': query({
      summary: 'List what agents are about to change',
      who: ['operator', 'agent'],
      data: z.object({}),
      result: z.object({ intents: z.array(intentRecordSchema) }),
      cli: { name: 'intent list' },
      resource: {
        uri: 'musher://intents',
        name: 'Intents',
        description: 'Which files the others are about to change. Look before you begin.',
        kinds: ['intent'],
      },
    }),
    'conflict.list': query({
      summary: 'List whose work collides, those of an agent that asks first',
      who: ['operator', 'agent'],
      data: z.object({
        all: z.boolean().default(false).describe('Include dismissed ones and the newest 200 ended'),
        accuracy: z.boolean().default(false).describe('Say how often such warnings were right'),
      }),
      result: z.object({
        conflicts: z.array(conflictRecordSchema),
        accuracy: accuracySchema.optional(),
      }),
      cli: { name: 'conflicts', examples: ['musher conflicts', 'musher conflicts --accuracy'] },
      resource: {
        uri: 'musher://conflicts',
        name: 'Conflicts',
        description: 'Whose work collides with whose, and where; yours first.',
        kinds: ['conflict'],
      },
    }),
    'conflict.view': query({
      summary: 'Show a file of a conflict three ways, as it is at this moment',
      who: ['operator', 'agent'],
      data: z.object({ conflict, path }),
      result: collidingViewSchema,
      cli: { name: 'conflict view', args: ['conflict', 'path'] },
    }),
  },
  events: {
    'intent.declared': event({
      v: 2,
      data: z.object({
        agent: z.string(),
        files: said,
        summary: z.string(),
        validForMs: z.number(),
        exclusive: z.boolean(),
        recipients,
      }),
      upcast: { 1: (data) => ({ ...(data as object), exclusive: false }) },
    }),
    /** What `intent.released` was once called. */
    'intent.withdrawn': event({ v: 1, data: z.object({ agent: z.string() }) }),
    'intent.released': event({ v: 1, data: z.object({ agent: z.string() }) }),
    'intent.expired': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        files: z.array(z.string()),
        exclusive: z.boolean(),
        recipients,
      }),
    }),
    'intent.stolen': event({
      v: 1,
      data: z.object({
        from: z.string(),
        /** What was taken, and what is left to it. */
        files: said,
        left: said,
        reason: z.string(),
        /** Who has it now, and what it is about to change by that. */
        to: intentRecordSchema.omit({ declaredMs: true, seq: true }).optional(),
        recipients,
      }),
    }),
    'conflict.found': event({
      v: 1,
      data: collisionsSchema.extend({
        ...between,
        severity: severitySchema,
        order: pair,
        recipients,
      }),
    }),
    'conflict.changed': event({
      v: 1,
      data: collisionsSchema.extend({
        ...between,
        severity: severitySchema,
        order: pair,
        /** Nobody, unless there is something that was not told before. */
        recipients,
      }),
    }),
    'conflict.cleared': event({
      v: 1,
      data: z.object({ ...between, end: conflictEndSchema, recipients }),
    }),
    'conflict.ordered': event({
      v: 1,
      data: z.object({ ...between, order: pair, recipients }),
    }),
    'conflict.dismissed': event({
      v: 1,
      data: z.object({ conflict: z.string(), note: z.string().optional() }),
    }),
  },
  records: { intent: intentRecordSchema, conflict: conflictRecordSchema },
});
