/**
 * Landing: the way of a story from `qa` to `archived`. Its commit becomes an approval, gates and its review decide, the queue merges it, what
 * does not merge goes to a merge agent, and what is over is cleared away.
 */
import { z } from 'zod';
import { command, defineFeature, event, query } from './define.ts';
import { storyId } from './story-commands.ts';
import { storyReason, storyStageSchema } from './story-facts.ts';

const story = storyId.describe('Its id, s-12');
const approval = z.string().min(1).max(80);
const agent = z.string().min(1).max(80);
const verdictSchema = z.enum(['pass', 'fail']);
const system = ['system'] as const;

/** One reviewing agent, of one commit. */
export const storyReviewRoundSchema = z.object({
  approval: z.string(),
  reviewer: z.string(),
  sinceMs: z.number(),
  /** When it is given up and the operator is asked, Unix ms. */
  untilMs: z.number(),
  verdict: verdictSchema.optional(),
  /** With the verdict; or why there is none and the operator is asked. Untrusted text. */
  why: z.string().optional(),
  endedMs: z.number().optional(),
});
export type StoryReviewRound = z.infer<typeof storyReviewRoundSchema>;

/** An agent that is to mend what does not merge. */
export const menderSchema = z.object({
  agent: z.string(),
  /** Of the failure. */
  kind: z.string(),
  sinceMs: z.number(),
  /** Its limits were set. */
  isLimited: z.boolean().optional(),
});
export type Mender = z.infer<typeof menderSchema>;

/** A story on its way, beside what its own record says. */
export const landingRecordSchema = z.object({
  /** Of the story. */
  id: z.string(),
  stage: storyStageSchema,
  commit: z.string().optional(),
  /** Of that commit, once it is asked for. */
  approval: z.string().optional(),
  review: storyReviewRoundSchema.optional(),
  mender: menderSchema.optional(),
  /** Merge agents since a merge went well, or the story was let go on. */
  menders: z.number().int(),
  /** Merges that failed in a row while no merge agent worked. */
  strikes: z.number().int(),
  /** Why the operator has to look at it. Untrusted text. */
  left: z.string().optional(),
});
export type LandingRecord = z.infer<typeof landingRecordSchema>;

export const landing = defineFeature({
  name: 'landing',
  commands: {
    'story.review': command({
      summary: 'Say what you, as the agent that was asked to, think of a story’s commit',
      who: ['operator', 'agent'],
      data: z.object({
        story,
        verdict: verdictSchema.describe('pass, or fail: it goes back to its agent'),
        why: storyReason.describe('What you looked at, or what is to be mended'),
      }),
      result: z.object({ story: z.string(), verdict: verdictSchema }),
      cli: {
        name: 'story review',
        args: ['story', 'verdict', 'why'],
        examples: ['musher story review s-12 fail "no test covers a wrong key"'],
      },
      tool: {
        name: 'review_story',
        description:
          'Answer the review of a story that you were started for: pass when the diff meets the story and its criteria, fail with what is to be mended. Once, and nothing else is asked of you.',
      },
    }),
    'landing.begin_review': command({
      summary: 'An agent is to review the commit of a story',
      who: system,
      data: z.object({ story: storyId, approval, reviewer: agent, untilMs: z.number() }),
      result: z.object({}),
    }),
    'landing.end_review': command({
      summary: 'A reviewing agent gave no answer: the operator is asked',
      who: system,
      data: z.object({ story: storyId, approval, why: storyReason }),
      result: z.object({}),
    }),
    'landing.begin_mending': command({
      summary: 'An agent is to mend a story that does not merge',
      who: system,
      data: z.object({ story: storyId, agent, kind: z.string().max(40) }),
      result: z.object({}),
    }),
    'landing.leave': command({
      summary: 'A story that brings no commit needs the operator’s look',
      who: system,
      data: z.object({ story: storyId, why: storyReason }),
      result: z.object({}),
    }),
  },
  queries: {
    'landing.list': query({
      summary: 'List stories on their way into the target branch, and what each waits for',
      who: ['operator'],
      data: z.object({}),
      result: z.object({
        stories: z.array(
          landingRecordSchema.extend({
            title: z.string(),
            agent: z.string().optional(),
            /** What happens next, or is waited for. Untrusted text. */
            waitsFor: z.string(),
          }),
        ),
      }),
      cli: { name: 'landing list', examples: ['musher landing list'] },
    }),
  },
  events: {
    'landing.review_begun': event({
      v: 1,
      data: z.object({
        story: z.string(),
        approval: z.string(),
        reviewer: z.string(),
        untilMs: z.number(),
      }),
    }),
    'landing.reviewed': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        approval: z.string(),
        verdict: verdictSchema,
        why: z.string(),
      }),
    }),
    'landing.review_ended': event({
      v: 1,
      data: z.object({ story: z.string(), approval: z.string(), why: z.string() }),
    }),
    'landing.mending_begun': event({
      v: 1,
      data: z.object({ story: z.string(), title: z.string(), agent: z.string(), kind: z.string() }),
    }),
    'landing.left': event({
      v: 1,
      data: z.object({
        story: z.string(),
        title: z.string(),
        agent: z.string().optional(),
        why: z.string(),
      }),
    }),
  },
  records: { landing: landingRecordSchema },
});
