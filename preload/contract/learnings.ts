/** Learnings: what agents and the operator found out about this repository, kept in `.musher/learnings.md`. */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';

/** One learning. Pages mirror the newest 200; the file has them all. */
export const learningRecordSchema = z.object({
  id: z.string(),
  /** Untrusted text. */
  text: z.string(),
  by: actorSchema,
  atMs: z.number(),
});
export type LearningRecord = z.infer<typeof learningRecordSchema>;

/** What programs read of a learning: its category, and whatever that category has. */
const payload = z.record(z.string(), z.unknown());

const text = z
  .string()
  .trim()
  .min(1, 'expected some text')
  .max(2_000)
  .describe('What was learned, as you would tell a new colleague');

export const learnings = defineFeature({
  name: 'learnings',
  commands: {
    'learning.add': command({
      summary: 'Note what you learned about this repository, for everyone who comes after you',
      who: ['operator', 'agent'],
      data: z.object({ text }),
      result: z.object({ learning: z.string() }),
      cli: {
        name: 'learn',
        args: ['...text'],
        examples: ['musher learn "the tests need a running redis, see compose.yml"'],
      },
      tool: {
        name: 'note_learning',
        description:
          'Note something about this repository that cost you time and will cost the next one time too. Not for progress or messages.',
      },
    }),
    'learning.announce': command({
      summary: 'Note a learning that programs read, and tell whom it is about',
      who: ['operator', 'agent'],
      data: z.object({
        text,
        to: z.string().min(1).max(80).default('operator').describe('An agent, or "operator"'),
        payload: payload.describe('What programs read of it'),
      }),
      result: z.object({ learning: z.string() }),
    }),
  },
  queries: {
    'learning.list': query({
      summary: 'List the newest learnings, newest last',
      who: ['operator', 'agent'],
      data: z.object({}),
      result: z.object({ learnings: z.array(learningRecordSchema) }),
      cli: { name: 'learnings' },
      resource: {
        uri: 'musher://learnings',
        name: 'Learnings',
        description: 'What others found out about this repository. Read it before you start.',
        kinds: ['learning'],
      },
    }),
  },
  events: {
    /** `to`: who has it in the inbox; nobody where it is left out. */
    'learning.added': event({
      v: 1,
      data: z.object({
        learning: z.string(),
        text: z.string(),
        to: z.string().optional(),
        payload: payload.optional(),
      }),
    }),
  },
  records: { learning: learningRecordSchema },
});
