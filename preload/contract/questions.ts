/** Questions: an agent asks the operator or a peer, may stop meanwhile, and is woken by the answer. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { waitMs } from './messages.ts';

export const questionStateSchema = z.enum(['open', 'answered', 'cancelled', 'expired']);

export const answerSchema = z.object({
  /** The options chosen, each one of `options`. */
  choices: z.array(z.string()),
  /** Free text, alone or beside choices. */
  text: z.string().optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Of one attachment at most; what is larger is named in the text, and looked at in the worktree. */
export const attachmentBytes = 256 * 1024;

export const attachmentSchema = z.object({
  /** In the asker's worktree, with `/`. Untrusted text. */
  path: z.string(),
  sizeBytes: z.number().int(),
  /** SHA-256 of what was in it when it was asked, in hex. */
  hash: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** The same that was asked before, by the same agent of the same, and what came of it. */
export const formerSchema = z.object({
  question: z.string(),
  state: questionStateSchema,
  answer: answerSchema.optional(),
});

export const questionRecordSchema = z.object({
  id: z.string(),
  asker: z.string(),
  /** `operator` or an agent's name. */
  to: z.string(),
  text: z.string(),
  options: z.array(z.string()),
  multi: z.boolean(),
  state: questionStateSchema,
  askedMs: z.number(),
  /** When it expires, Unix ms; then `defaultAnswer` holds, or it ends without one. */
  deadlineMs: z.number().optional(),
  defaultAnswer: answerSchema.optional(),
  /** Files that are shown with it; absent where there are none. */
  attachments: z.array(attachmentSchema).optional(),
  former: formerSchema.optional(),
  answer: answerSchema.optional(),
  settledBy: actorSchema.optional(),
  settledMs: z.number().optional(),
});
export type QuestionRecord = z.infer<typeof questionRecordSchema>;

const text = z.string().min(1).max(20_000);
const option = z.string().min(1).max(500);
const id = z.string().min(1).max(80);

export const questions = defineFeature({
  name: 'questions',
  commands: {
    'question.ask': command({
      summary: 'Ask the operator or another agent; the answer comes to your inbox',
      who: ['agent'],
      data: z.object({
        text,
        options: z.array(option).max(20).default([]).describe('Answers to choose from'),
        multi: z.boolean().default(false).describe('More than one may be chosen'),
        to: z.string().max(80).default('operator').describe('"operator" or an agent'),
        timeoutMs: z
          .number()
          .int()
          .min(1000)
          .max(30 * 86_400_000)
          .optional()
          .describe('Expires after this many milliseconds'),
        default: z
          .string()
          .max(20_000)
          .optional()
          .describe('Answer that holds when nobody answers in time'),
        attachments: z
          .array(z.string().min(1).max(1_000))
          .max(8)
          .default([])
          .describe('Files of your worktree to be shown with it, by their paths'),
        unlessOpen: z
          .boolean()
          .default(false)
          .describe('When you have the same question open already, that one is meant'),
      }),
      result: z.object({ question: z.string() }),
      cli: {
        name: 'ask',
        args: ['text'],
        examples: [
          'musher ask "Which database?" --option postgres --option sqlite --wait 10m',
          'musher ask "Is this the right schema?" --attachment db/schema.sql',
        ],
      },
      tool: {
        name: 'ask',
        description:
          'Ask the operator (the human), or another agent by "to", something that you cannot decide yourself. Give options where there are few. With waitMs it waits for the answer; when the state is still "open" after that, go on with other work or call check_question: the answer comes to your inbox too.',
        outcome: { query: 'question.get', subject: 'question' },
      },
    }),
    'question.answer': command({
      summary: 'Answer a question',
      who: ['operator', 'agent'],
      data: z.object({
        question: id,
        choices: z.array(option).max(20).default([]),
        text: z.string().max(20_000).optional(),
        re: z
          .string()
          .max(20_000)
          .optional()
          .describe('What it answers, in the words of the answer'),
      }),
      result: z.object({ question: z.string() }),
      cli: {
        name: 'answer',
        args: ['question', '...choices'],
        examples: [
          'musher answer q-3f2a postgres',
          'musher answer q-3f2a --text "neither, use a file"',
        ],
      },
      tool: {
        name: 'answer_question',
        description:
          'Answer a question that another agent asked you; its id is in your inbox. Choose from its options, or answer in text.',
      },
    }),
    'question.cancel': command({
      summary: 'Take a question back, or dismiss one as the operator',
      who: ['operator', 'agent'],
      data: z.object({ question: id }),
      result: z.object({ question: z.string() }),
      cli: { name: 'question cancel', args: ['question'] },
      tool: {
        name: 'cancel_question',
        description: 'Take back a question of yours that you need no answer to any more.',
        isDestructive: true,
      },
    }),
    'question.expire': command({
      summary: 'A question’s deadline passed',
      who: ['system'],
      data: z.object({ question: id }),
      result: z.object({}),
    }),
  },
  queries: {
    'question.list': query({
      summary: 'List questions, oldest first',
      who: ['operator', 'agent'],
      data: z.object({ all: z.boolean().default(false).describe('Include settled ones') }),
      result: z.object({ questions: z.array(questionRecordSchema) }),
      cli: { name: 'questions' },
      resource: {
        uri: 'musher://questions',
        name: 'Open questions',
        description: 'Questions that you asked, or that you are asked, and nobody has settled yet.',
        kinds: ['question'],
        items: {
          ...{ name: 'Question', field: 'questions', text: 'text' },
          ...{ get: 'question.get', subject: 'question' },
        },
      },
    }),
    'question.get': query({
      summary: 'Show one question, waiting until it is settled',
      who: ['operator', 'agent'],
      data: z.object({ question: id, waitMs }),
      result: questionRecordSchema,
      cli: { name: 'question get', args: ['question'] },
      tool: {
        name: 'check_question',
        description:
          'See whether a question of yours is answered; with waitMs, wait for the answer.',
      },
    }),
    'question.attachment': query({
      summary: 'Show a file that is attached to a question, as it is now',
      who: ['operator', 'agent'],
      data: z.object({ question: id, path: z.string().min(1).max(1_000) }),
      result: z.object({
        path: z.string(),
        sizeBytes: z.number().int(),
        /** Absent of what is no text in UTF-8. Untrusted. */
        text: z.string().optional(),
        /** It was another when it was asked. */
        hasChanged: z.boolean(),
      }),
      cli: { name: 'question attachment', args: ['question', 'path'] },
    }),
  },
  events: {
    'question.asked': event({
      v: 1,
      data: z.object({
        question: z.string(),
        asker: z.string(),
        to: z.string(),
        text,
        options: z.array(z.string()),
        multi: z.boolean(),
        deadlineMs: z.number().optional(),
        defaultAnswer: answerSchema.optional(),
        attachments: z.array(attachmentSchema).optional(),
        former: formerSchema.optional(),
      }),
    }),
    'question.answered': event({
      v: 1,
      data: z.object({
        question: z.string(),
        asker: z.string(),
        text: z.string(),
        answer: answerSchema,
        re: z.string().optional(),
        /** The agent that was asked, where the operator answered in its place. */
        inPlaceOf: z.string().optional(),
      }),
    }),
    'question.cancelled': event({
      v: 1,
      data: z.object({ question: z.string(), asker: z.string(), to: z.string(), text: z.string() }),
    }),
    'question.expired': event({
      v: 1,
      data: z.object({
        question: z.string(),
        asker: z.string(),
        text: z.string(),
        answer: answerSchema.optional(),
      }),
    }),
  },
  records: { question: questionRecordSchema },
});
