/**
 * Learnings: what agents and the operator found out about this repository, and what Musher counted itself (findings), both kept in
 * `.musher/learnings.md`. A person may edit that file in any way; Musher adds to it and updates only what it wrote itself.
 */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { findingCategorySchema, findingRecordSchema } from './findings.ts';
import { learningRecordSchema, learningsFileSchema } from './learning-records.ts';

/** What programs read of a learning: its category, and whatever that category has. */
const payload = z.record(z.string(), z.unknown());

const text = z
  .string()
  .trim()
  .min(1, 'expected some text')
  .max(2_000)
  .describe('What was learned, as you would tell a new colleague');

const id = z.string().min(1).max(80);

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
    'learning.drop': command({
      summary: 'Drop a note for good, or a finding until it happened twice as often',
      who: ['operator'],
      data: z.object({ id: id.describe('Of a note or a finding, as `musher learnings` shows it') }),
      result: z.object({ id: z.string() }),
      cli: { name: 'learnings drop', args: ['id'], examples: ['musher learnings drop l-7f3k2m9x'] },
    }),
    'learning.promote': command({
      summary: 'Turn a finding into a note, in its words or in yours',
      who: ['operator'],
      data: z.object({
        finding: id.describe('As `musher learnings` shows it'),
        text: text.optional().describe('Default: what the finding says'),
      }),
      result: z.object({ learning: z.string() }),
      cli: {
        name: 'learnings promote',
        args: ['finding'],
        examples: ['musher learnings promote f-0k3x9 --text "run the database tests alone"'],
      },
    }),
  },
  queries: {
    'learning.list': query({
      summary: 'List the newest notes, newest last, and what Musher counted itself',
      who: ['operator', 'agent'],
      data: z.object({
        findings: z.boolean().default(false).describe('Leave the notes out'),
        category: findingCategorySchema
          .optional()
          .describe('Only findings of this category; leaves the notes out as well'),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(500)
          .default(200)
          .describe('How many notes at most; those of 64 KiB together at most'),
      }),
      result: z.object({
        learnings: z.array(learningRecordSchema),
        /** At most 20 of each category, the weightiest first; `text` says each in a line. */
        findings: z.array(findingRecordSchema.extend({ text: z.string() })),
        /** How many older notes were left out. */
        omitted: z.number().int().optional(),
        /** Absent until it is first written or tried. */
        file: learningsFileSchema.optional(),
      }),
      cli: {
        name: 'learnings',
        examples: ['musher learnings', 'musher learnings --category permission'],
      },
      resource: {
        uri: 'musher://learnings',
        name: 'Learnings',
        description:
          'What others found out about this repository, and what Musher counted itself: where agents get stuck, collide and wait. Read it before you start.',
        kinds: ['learning', 'finding'],
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
        /** The note that says the same: it is noted once more, and no other is added. */
        same: z.string().optional(),
      }),
    }),
    /** A note, or a finding. */
    'learning.dropped': event({ v: 1, data: z.object({ id: z.string() }) }),
  },
  records: { learning: learningRecordSchema },
  live: { learningsFile: learningsFileSchema },
});
