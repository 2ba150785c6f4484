/** Approvals that belong to stories: who said yes by the story’s review mode, and what the hub does with them. */
import { z } from 'zod';
import { command } from './define.ts';
import { storyReviewSchema } from './story-facts.ts';

const approval = z.string().min(1).max(80);

/** A yes that nobody typed: by green gates, by a reviewing agent, or the operator’s own of before, for exactly the same. */
export const byStorySchema = z.object({
  story: z.string(),
  mode: storyReviewSchema,
  /** The agent that reviewed it. */
  reviewer: z.string().optional(),
});
export type ByStory = z.infer<typeof byStorySchema>;

export const storyApprovalCommands = {
  'approval.pass_story': command({
    summary: 'Approve the commit of a story by its review mode, or leave it to the operator',
    who: ['system'],
    data: z.object({
      approval,
      commit: z.string(),
      diffHash: z.string(),
      mode: storyReviewSchema,
      reviewer: z.string().optional(),
    }),
    result: z.object({}),
  }),
  'approval.drop_story': command({
    summary: 'Take back the request of a story that is not to be merged now',
    who: ['system'],
    data: z.object({ approval, story: z.string(), stage: z.string() }),
    result: z.object({}),
  }),
};
