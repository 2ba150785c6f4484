/**
 * Reviews: what the operator says about the lines of an approval's diff, sent as one batch. Each comment opens a thread, which
 * the agent that was asked answers and the operator closes. A thread stays pinned to the commit that it was written on.
 */
import { z } from 'zod';
import { changedFileSchema } from './change-facts.ts';
import { commitDoubts } from './commit-doubt.ts';
import { command, defineFeature, event, query } from './define.ts';
import { actorSchema } from './envelope.ts';
import { maxCommentChars, maxComments } from './review-bounds.ts';

/** `old`: the line is one that the diff takes away, numbered as in the base. */
export const reviewSideSchema = z.enum(['old', 'new']);
export type ReviewSide = z.infer<typeof reviewSideSchema>;

const lineNumber = z.number().int().min(1).max(100_000_000);

/** Where a comment belongs. Without `line`: to the whole file. */
export const reviewPlaceSchema = z.object({
  /** From the root, as the file is called on that side. Untrusted text. */
  path: z.string().min(1).max(4_096),
  side: reviewSideSchema.default('new'),
  /** First line of a range; absent: one line alone. From 1. */
  startLine: lineNumber.optional(),
  /** The line, or the last one of the range. */
  line: lineNumber.optional(),
});
export type ReviewPlace = z.infer<typeof reviewPlaceSchema>;

const text = z
  .string()
  .trim()
  .min(1, 'expected some text')
  .max(maxCommentChars, `expected at most ${maxCommentChars} characters`);

export const reviewVerdictSchema = z.enum(['comment', 'request-changes']);
export type ReviewVerdict = z.infer<typeof reviewVerdictSchema>;

/** What it is pinned to. */
const reviewedSchema = z.object({
  commit: z.string(),
  /** What the diff was against; lines of the `old` side are its. */
  base: z.string(),
  target: z.string(),
  diffHash: z.string(),
});

/** One batch. The newest 100 are remembered, with 2,000 threads at most. */
export const reviewRecordSchema = z.object({
  id: z.string(),
  approval: z.string(),
  /** Who was asked. */
  agent: z.string(),
  /** Of the approval. Untrusted text. */
  title: z.string(),
  pin: reviewedSchema,
  verdict: reviewVerdictSchema,
  /** What was said of the whole; may be empty. */
  body: z.string(),
  by: actorSchema,
  atMs: z.number(),
  /** Its number in the log, by which its receipt is known. */
  seq: z.number(),
  threadCount: z.number(),
});
export type ReviewRecord = z.infer<typeof reviewRecordSchema>;

const commitDoubtSchema = z.enum(commitDoubts);

export const reviewReplySchema = z.object({
  by: actorSchema,
  atMs: z.number(),
  text: z.string(),
  /** Commit in which its writer says that it is done; absent `doubt`: its agent's branch has it. */
  commit: z.string().optional(),
  doubt: commitDoubtSchema.optional(),
});
export type ReviewReply = z.infer<typeof reviewReplySchema>;

/** One comment and what was said to it since. */
export const threadRecordSchema = reviewPlaceSchema.extend({
  side: reviewSideSchema,
  /** `<review>.<number>`. */
  id: z.string(),
  review: z.string(),
  approval: z.string(),
  agent: z.string(),
  pin: reviewedSchema,
  /** The lines it is about as they were, cut to a bound; empty where it is about a file. Untrusted text. */
  quote: z.array(z.string()),
  text: z.string(),
  atMs: z.number(),
  /** `done`: the agent says that it has done it; the operator has not looked yet. */
  state: z.enum(['open', 'done', 'resolved']),
  /** Who said so last, when, and in which commit it is done. */
  stateBy: actorSchema.optional(),
  stateMs: z.number().optional(),
  commit: z.string().optional(),
  /** Of that commit; absent: its agent's branch had it then. */
  doubt: commitDoubtSchema.optional(),
  replies: z.array(reviewReplySchema),
});
export type ThreadRecord = z.infer<typeof threadRecordSchema>;

/** Where a thread's lines are in another commit, or that they are there no more (`outdated`). */
export const threadPlaceSchema = z.object({
  thread: z.string(),
  isOutdated: z.boolean(),
  /** Of that commit; of an outdated one, where it was. */
  path: z.string(),
  side: reviewSideSchema,
  startLine: z.number().optional(),
  line: z.number().optional(),
});
export type ThreadPlace = z.infer<typeof threadPlaceSchema>;

const id = z.string().min(1).max(80);
const commitWord = z
  .string()
  .regex(/^[0-9a-fA-F]{7,64}$/, 'expected a commit id (7 to 64 hex digits)');
const threadResult = z.object({ thread: z.string() });
const commitSaid = { commit: z.string().optional(), doubt: commitDoubtSchema.optional() };
/** `doubt`: of the commit that was named. */
const doneResult = threadResult.extend({ doubt: commitDoubtSchema.optional() });
const subject = z.object({
  review: z.string(),
  thread: z.string(),
  approval: z.string(),
  /** Who was asked. */
  agent: z.string(),
  path: z.string(),
  line: z.number().optional(),
});
const newThread = reviewPlaceSchema.extend({
  side: reviewSideSchema,
  thread: z.string(),
  quote: z.array(z.string()),
  text: z.string(),
});
const seen = {
  approval: id,
  commit: z
    .string()
    .min(7)
    .max(64)
    .optional()
    .describe('The commit you saw; refused when the approval is for another'),
};
const submitted = z.object({
  review: z.string(),
  threads: z.array(z.string()),
  /** Its number in the log, by which its receipt is known. */
  seq: z.number(),
});

export const reviews = defineFeature({
  name: 'reviews',
  commands: {
    'review.submit': command({
      summary: 'Send comments on the diff of an approval, with or without a denial',
      who: ['operator'],
      data: z.object({
        ...seen,
        verdict: reviewVerdictSchema
          .default('comment')
          .describe('request-changes denies the approval; comment leaves it as it is'),
        body: z.string().trim().max(20_000).default('').describe('What is said of the whole'),
        comments: z
          .array(reviewPlaceSchema.extend({ text }))
          .max(maxComments)
          .default([])
          .describe('Each with path, line, startLine for a range, side (old or new) and text'),
      }),
      result: submitted,
      cli: {
        name: 'review submit',
        args: ['approval', '...body'],
        examples: [
          'musher review submit a-7f3k2m9x --verdict request-changes --comment \'{"path": "src/a.ts", "line": 12, "text": "never null"}\' "see my comment"',
        ],
      },
    }),
    'review.comment': command({
      summary: 'Send one comment on a line, a range or a file of an approval',
      who: ['operator'],
      data: z.object({
        ...seen,
        place: z
          .string()
          .min(1)
          .max(4_120)
          .describe('path, path:line or path:first-last, numbered as the commit has them'),
        text: text.describe('What you say'),
        old: z
          .boolean()
          .default(false)
          .describe('The lines are those of the base, which the diff takes away'),
      }),
      result: submitted,
      cli: {
        name: 'review comment',
        args: ['approval', 'place', '...text'],
        examples: ['musher review comment a-7f3k2m9x src/a.ts:12-14 "this is never null"'],
      },
    }),
    'review.reply': command({
      summary: 'Answer a thread of a review, and say when it is done',
      who: ['operator', 'agent'],
      data: z.object({
        thread: id.describe('As the review names it, for example r-7f3k2m9x.2'),
        text,
        done: z
          .boolean()
          .default(false)
          .describe('It is done: the operator looks and closes it. By the operator: closes it'),
        commit: commitWord.optional().describe('The commit in which it is done'),
      }),
      result: doneResult,
      cli: {
        name: 'review reply',
        args: ['thread', '...text'],
        examples: ['musher review reply r-7f3k2m9x.2 "checked now" --done --commit 1f3a9c2'],
      },
      tool: {
        name: 'reply_review',
        description:
          'Answer one comment of a review of your work, by its thread id (for example r-7f3k2m9x.2). Set done and commit when you have mended it; leave done out to ask back or to say why not. Answer every thread of a review, then ask for approval of the new commit.',
      },
    }),
    'review.resolve': command({
      summary: 'Close a thread of a review; by its agent: say that it is done',
      who: ['operator', 'agent'],
      data: z.object({
        thread: id,
        commit: commitWord.optional().describe('The commit in which it is done'),
      }),
      result: doneResult,
      cli: {
        name: 'review resolve',
        args: ['thread'],
        examples: ['musher review resolve r-7f3k2m9x.2 --commit 1f3a9c2'],
      },
    }),
    'review.reopen': command({
      summary: 'Open a thread again; its agent is told',
      who: ['operator'],
      data: z.object({ thread: id }),
      result: threadResult,
      cli: { name: 'review reopen', args: ['thread'] },
    }),
  },
  queries: {
    'review.list': query({
      summary: 'List reviews with threads that are not closed, newest last',
      who: ['operator', 'agent'],
      data: z.object({
        approval: id.optional().describe('Only of this approval'),
        all: z.boolean().default(false).describe('Also those with nothing open'),
      }),
      result: z.object({
        reviews: z.array(reviewRecordSchema.extend({ open: z.number(), done: z.number() })),
      }),
      cli: { name: 'review list' },
    }),
    'review.get': query({
      summary: 'Show a review with its threads and what was answered',
      who: ['operator', 'agent'],
      data: z.object({ review: id }),
      result: reviewRecordSchema.extend({ threads: z.array(threadRecordSchema) }),
      cli: { name: 'review show', args: ['review'] },
      tool: {
        name: 'read_review',
        description:
          'Read a review of your work again: every thread with its place, the lines it is about, what was said, and whether it is still open.',
      },
    }),
    'review.places': query({
      summary: "Show where the threads of an approval's earlier reviews belong in its diff now",
      who: ['operator'],
      data: z.object({ approval: id }),
      result: z.object({ places: z.array(threadPlaceSchema) }),
      cli: { name: 'review places', args: ['approval'] },
    }),
    'review.since': query({
      summary: 'Show what an approval changes beyond what was reviewed before',
      who: ['operator'],
      data: z.object({ approval: id }),
      result: z.object({
        /** Something of it was reviewed before, which `since` is about. */
        wasReviewed: z.boolean(),
        since: z
          .object({
            approval: z.string(),
            commit: z.string(),
            /**
             * `rebased`: what was reviewed, put onto the new base, is what it is compared with. `conflicts`: that did
             * not go without conflicts, so the two commits are compared as they are, in the files that either changes.
             */
            how: z.enum(['same-base', 'rebased', 'conflicts']),
            /** Of the result that was reviewed, against this one; git format, cut above 4 MiB. Untrusted text. */
            patch: z.string(),
            truncated: z.boolean(),
            /** At most 200. */
            files: z.array(changedFileSchema),
            /** All of them, by path. */
            paths: z.array(z.string()),
            additions: z.number(),
            deletions: z.number(),
          })
          .optional(),
      }),
      cli: { name: 'review since', args: ['approval'] },
    }),
    'review.file': query({
      summary: 'Show one file of an approval with more unchanged lines around its changes',
      who: ['operator'],
      data: z.object({
        approval: id,
        path: z.string().min(1).max(4_096),
        oldPath: z.string().min(1).max(4_096).optional().describe('When it was renamed'),
        since: z
          .boolean()
          .default(false)
          .describe('Against what was reviewed before, as `review.since` is'),
        lines: z.coerce
          .number()
          .int()
          .min(3)
          .max(1_000_000)
          .default(25)
          .describe('Unchanged lines above and below each change'),
      }),
      result: z.object({
        /** Its section of the patch; empty when it is not changed. Untrusted text. */
        patch: z.string(),
        /** It was larger than 4 MiB and is not here. */
        truncated: z.boolean(),
      }),
    }),
    'review.generated': query({
      summary: 'List the files of an approval that its base calls generated',
      who: ['operator'],
      data: z.object({ approval: id }),
      result: z.object({ paths: z.array(z.string()) }),
    }),
  },
  events: {
    'review.submitted': event({
      v: 1,
      data: z.object({
        review: z.string(),
        approval: z.string(),
        agent: z.string(),
        title: z.string(),
        pin: reviewedSchema,
        verdict: reviewVerdictSchema,
        body: z.string(),
        threads: z.array(newThread),
      }),
    }),
    'review.replied': event({
      v: 1,
      data: subject.extend({ text: z.string(), ...commitSaid }),
    }),
    /** By the operator it is closed; by its agent it is done. */
    'review.resolved': event({ v: 1, data: subject.extend(commitSaid) }),
    'review.reopened': event({ v: 1, data: subject }),
  },
  records: { review: reviewRecordSchema, thread: threadRecordSchema },
});
