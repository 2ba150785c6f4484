/** Conflicts between agents' work, seen before they happen: what each of them is about to change. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';

const name = z.string().trim().min(1).max(500);
const line = z.number().int().min(1);

/** A part of a file. Names are compared as text, never by reading the source. Lines count from 1, both ends included. */
export const regionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('function'), name }),
  z.object({ kind: z.literal('class'), name }),
  z.object({ kind: z.literal('block'), anchor: name.describe('A heading or landmark') }),
  z.object({ kind: z.literal('range'), startLine: line, endLine: line }),
]);
export type Region = z.infer<typeof regionSchema>;

/** From the root of the repository. */
const path = z.string().trim().min(1, 'expected a path').max(4_000);

/** A whole file, or the regions of it alone. */
export const intendedFileSchema = z.union([
  path,
  z.object({ path, regions: z.array(regionSchema).max(500).default([]) }),
]);
export type IntendedFile = z.infer<typeof intendedFileSchema>;

const week = 7 * 86_400_000;

/** What an agent is about to change. One for each agent: a new one replaces it. */
export const intentRecordSchema = z.object({
  agent: z.string(),
  files: z.array(intendedFileSchema),
  /** Untrusted text. */
  summary: z.string(),
  declaredMs: z.number(),
  /** When it counts no more, Unix ms. */
  untilMs: z.number(),
  /** Number of its event in the log. */
  seq: z.number(),
});
export type IntentRecord = z.infer<typeof intentRecordSchema>;

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
        files: z
          .array(intendedFileSchema)
          .min(1, 'expected a file')
          .max(2_000)
          .describe('Paths from the root of the repository; {path, regions} for parts of a file'),
        validForMs: z
          .number()
          .int()
          .min(1_000)
          .max(week)
          .default(900_000)
          .describe('How long it counts, milliseconds; 15 minutes unless said otherwise'),
      }),
      result: z.object({ untilMs: z.number() }),
      cli: {
        name: 'intent',
        args: ['summary', '...files'],
        examples: ['musher intent "wire the login form" src/auth.ts src/login.tsx'],
      },
      tool: {
        name: 'declare_intent',
        description:
          'Say which files you are about to change and why, before you touch them; again when it becomes more. The others see it and keep clear. It replaces what you said before, and counts 15 minutes unless you say otherwise.',
      },
    }),
    'intent.withdraw': command({
      summary: 'Say that you will not change those files after all, or are done with them',
      who: ['agent'],
      data: z.object({}),
      result: z.object({}),
      cli: { name: 'intent withdraw' },
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
  },
  events: {
    'intent.declared': event({
      v: 1,
      data: z.object({
        agent: z.string(),
        files: z.array(intendedFileSchema),
        summary: z.string(),
        validForMs: z.number(),
        /** Who has it in the inbox. */
        recipients: z.array(z.string()),
      }),
    }),
    'intent.withdrawn': event({ v: 1, data: z.object({ agent: z.string() }) }),
  },
  records: { intent: intentRecordSchema },
});
