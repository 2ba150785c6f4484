/** Why a line is there: from the line to its commit, the agent, what it was told and asked, and the approval by which it came. */
import { z } from 'zod';
import { defineFeature, query } from './define.ts';
import { mergeStrategySchema } from './merge-queue.ts';

const text = z.string();

export const traceSchema = z.object({
  /** As it was asked for. */
  path: text,
  line: z.number(),
  /** The line itself. Untrusted text, as all that follows. */
  text,
  commit: z.object({
    id: text,
    subject: text,
    author: text,
    atMs: z.number(),
    /** Where the line was in that commit: another name after a rename. */
    path: text,
    line: z.number(),
  }),
  /** Absent where no Musher merged that commit; `unknown` then says so. */
  approval: z
    .object({
      id: text,
      title: text,
      agent: text,
      commit: text,
      mergeCommit: text,
      target: text,
      strategy: mergeStrategySchema.optional(),
      description: text.optional(),
      requestedMs: z.number(),
      reviewer: text,
      /** The rule of the operator's config by which Musher approved it; `reviewer` is then `system`. */
      rule: text.optional(),
      /** What was said with the yes. */
      note: text.optional(),
      approvedMs: z.number(),
      mergedMs: z.number(),
      /** Number of the event that approved it. */
      event: z.number(),
      /** The approval that it took back. */
      undoes: text.optional(),
    })
    .optional(),
  /** What the agent was started with. */
  agent: z
    .object({ id: text, profile: text, prompt: text.optional(), addedMs: z.number() })
    .optional(),
  /** Asked by the agent during that work, oldest first, the newest 20. */
  questions: z.array(
    z.object({
      id: text,
      text,
      to: text,
      askedMs: z.number(),
      /** Absent where none came before the merge. */
      answer: text.optional(),
      answeredBy: text.optional(),
    }),
  ),
  /** What the reviewer said to it and to what was asked for before it, oldest first, the newest 20. */
  notes: z.array(z.object({ approval: text, verdict: text, by: text, text, atMs: z.number() })),
  /** What could not be found, in sentences. */
  unknown: z.array(text),
});
export type Trace = z.infer<typeof traceSchema>;

export const trace = defineFeature({
  name: 'trace',
  commands: {},
  queries: {
    'trace.why': query({
      summary: 'Say why a line is there: commit, agent, prompt, questions, approval and reviewer',
      who: ['operator'],
      data: z.object({
        place: z
          .string()
          .min(3)
          .max(4_100)
          .regex(/^.+:[1-9][0-9]{0,8}$/, 'expected <file>:<line>, as README.md:12')
          .describe('File from the root of the repository, and line: README.md:12'),
        at: z
          .string()
          .min(1)
          .max(250)
          .regex(/^[^-\s][^\s]*$/, 'expected a branch, tag or commit')
          .optional()
          .describe('Branch, tag or commit to look at; default the one checked out'),
      }),
      result: traceSchema,
      cli: { name: 'why', args: ['place'], examples: ['musher why README.md:12 --at main'] },
    }),
  },
  events: {},
  records: {},
});
