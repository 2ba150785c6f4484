/** What may be done with stories. The operator may do all of it; an agent ticks, submits and blocks its own. */
import { z } from 'zod';
import { command } from './define.ts';
import {
  causeSchema,
  storyBody,
  storyCommit,
  storyNodeSchema,
  sourceSchema,
  storyCriteria,
  storyLabels,
  storyPrioritySchema,
  storyReason,
  storyReviewSchema,
  storyStageSchema,
  storyTitle,
  storyTypeSchema,
} from './story-facts.ts';

export const storyId = z.string().min(1).max(20);
const story = storyId.describe('Its id, s-12');
const dependsOn = z.array(storyId).max(50);
const profile = z.string().min(1).max(40);
const why = storyReason.optional().describe('Why, in a few words');
const moved = z.object({ story: z.string(), stage: storyStageSchema });
const edited = z.object({ story: z.string(), version: z.number().int() });
const operator = ['operator'] as const;
const operatorOrOwner = ['operator', 'agent'] as const;

export const editCommands = {
  'story.add': command({
    summary: 'Write a story',
    who: operator,
    data: z.object({
      title: storyTitle,
      body: storyBody.default('').describe('What is to be done, in markdown'),
      type: storyTypeSchema
        .default('story')
        .describe('A bug begins with a failing test, a spike brings no code'),
      priority: storyPrioritySchema.default('normal'),
      labels: storyLabels.default([]),
      criteria: storyCriteria
        .default([])
        .describe('When it is done: one sentence each, ticked by its agent'),
      dependsOn: dependsOn.default([]).describe('Stories that must be done before'),
      profile: profile.optional().describe('Profile of the agent that is wished for it'),
      agent: z.string().min(1).max(80).optional().describe('Whose it is from the start'),
      review: storyReviewSchema
        .default('gates')
        .describe('Who must be content, besides the gates, before it is merged'),
    }),
    result: edited,
    cli: {
      name: 'story add',
      args: ['title'],
      examples: [
        'musher story add "Log in with a passkey" --criteria "a test covers a wrong key" --priority high',
        'musher story add "Crash on an empty file" --type bug --depends-on s-3 --body - < report.md',
      ],
    },
    tool: {
      name: 'add_story',
      description:
        'Write a story: work that an agent is to do later. Say in criteria when it is done.',
    },
  }),
  'story.adopt': command({
    summary: 'Take in a story of the Musher that this one helps',
    who: ['system'],
    data: z.object({
      /** The same source is one story, however often it is asked for. */
      source: sourceSchema,
      title: storyTitle,
      body: storyBody,
      type: storyTypeSchema,
      priority: storyPrioritySchema,
      criteria: storyCriteria,
      profile: profile.optional(),
    }),
    result: edited,
  }),
  'story.edit': command({
    summary: 'Change what a story says; what is left out stays',
    who: operator,
    data: z.object({
      story,
      title: storyTitle.optional(),
      body: storyBody.optional().describe('In markdown, in place of the old one'),
      type: storyTypeSchema.optional(),
      priority: storyPrioritySchema.optional(),
      labels: storyLabels.optional().describe('In place of the old ones'),
      criteria: storyCriteria
        .optional()
        .describe('In place of the old ones; one that reads the same keeps its tick'),
      dependsOn: dependsOn.optional().describe('In place of the old ones'),
      profile: profile.optional(),
      review: storyReviewSchema.optional(),
      clear: z
        .array(z.enum(['body', 'labels', 'criteria', 'dependsOn', 'profile']))
        .max(5)
        .default([])
        .describe('Fields to be emptied'),
      ifVersion: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe('Refuse when somebody changed one of these fields after this version'),
    }),
    result: edited,
    cli: {
      name: 'story edit',
      args: ['story'],
      examples: [
        'musher story edit s-12 --priority critical --if-version 3',
        'musher story edit s-12 --clear dependsOn',
      ],
    },
  }),
  'story.tick': command({
    summary: 'Tick a criterion of a story as met',
    who: operatorOrOwner,
    data: z.object({ story, criterion: z.number().int().min(1).describe('Its number') }),
    result: edited,
    cli: {
      name: 'story tick',
      args: ['story', 'criterion'],
      examples: ['musher story tick s-12 2'],
    },
    tool: {
      name: 'tick_criterion',
      description:
        'Say that a criterion of your own story is met, by its number; show_story lists them. Tick what you have proved.',
    },
  }),
  'story.untick': command({
    summary: 'Take the tick of a criterion back',
    who: operator,
    data: z.object({ story, criterion: z.number().int().min(1).describe('Its number') }),
    result: edited,
    cli: { name: 'story untick', args: ['story', 'criterion'] },
  }),
  'story.assign': command({
    summary: 'Give a story to an agent; another one that has it loses it',
    who: operator,
    data: z.object({ story, agent: z.string().min(1).max(80) }),
    result: z.object({ story: z.string(), agent: z.string() }),
    cli: { name: 'story assign', args: ['story', 'agent'] },
  }),
  'story.unassign': command({
    summary: 'Take a story from its agent',
    who: operator,
    data: z.object({ story }),
    result: z.object({ story: z.string() }),
    cli: { name: 'story unassign', args: ['story'] },
  }),
};

export const moveCommands = {
  'story.move': command({
    summary: 'Move a story to a stage, where that is legal',
    who: operator,
    data: z.object({
      story,
      to: storyStageSchema.describe('The stage'),
      from: storyStageSchema.optional().describe('Refuse when it is not in this stage any more'),
      reason: why,
      commit: storyCommit.optional().describe('What is to be merged, where it was not submitted'),
      by: storyId.optional().describe('The story that takes its place, to superseded'),
    }),
    result: moved,
    cli: {
      name: 'story move',
      args: ['story', 'to'],
      examples: [
        'musher story move s-12 coding',
        'musher story move s-12 done --reason "merged by hand"',
      ],
    },
  }),
  'story.submit': command({
    summary: 'Say that a story is done, as its agent: it is checked next',
    who: operatorOrOwner,
    data: z.object({
      story,
      commit: storyCommit.optional().describe('What is to be checked and merged'),
      note: storyReason.optional().describe('What was done, in a few words'),
    }),
    result: moved,
    cli: {
      name: 'story submit',
      args: ['story'],
      examples: ['musher story submit s-12 --commit "$(git rev-parse HEAD)"'],
    },
    tool: {
      name: 'submit_story',
      description:
        'Say that your own story is done and committed. Give the full id of the commit. It is checked then; what is wrong comes back to you.',
    },
  }),
  'story.block': command({
    summary: 'Say that a story cannot go on without help',
    who: operatorOrOwner,
    data: z.object({ story, reason: storyReason.describe('What is missing') }),
    result: moved,
    cli: { name: 'story block', args: ['story', 'reason'] },
    tool: {
      name: 'block_story',
      description:
        'Say that your own story cannot go on without help, and what is missing. To ask something that you can wait for, use ask.',
    },
  }),
  'story.unblock': side('Let a blocked story go on where it was', 'story unblock'),
  'story.hold': side('Hold a story until somebody looked at it', 'story hold'),
  'story.release': side('Let a held story go on where it was', 'story release'),
  'story.freeze': side('Put a story on ice as it is', 'story freeze'),
  'story.unfreeze': side('Take a story off the ice', 'story unfreeze'),
  'story.abandon': side('Give a story up; nothing of it is deleted', 'story abandon'),
  'story.supersede': command({
    summary: 'Say that another story takes its place; what depends on it waits for that one',
    who: operator,
    data: z.object({ story, by: storyId.describe('The story that takes its place'), reason: why }),
    result: moved,
    cli: { name: 'story supersede', args: ['story', 'by'] },
  }),
  'story.seal': command({
    summary:
      'The merge of a story is about to move the branch: nobody moves the story before its outcome',
    who: ['system'],
    data: z.object({ story: storyId, commit: storyCommit, approval: z.string().max(80) }),
    result: z.object({}),
  }),
  'story.hand_over': command({
    summary: 'Give a story to another agent, for a reason of the hub’s own',
    who: ['system'],
    data: z.object({ story: storyId, agent: z.string().min(1).max(80), cause: causeSchema }),
    result: z.object({ story: z.string(), agent: z.string() }),
  }),
  'story.advance': command({
    summary: 'A gate, a merge, a program’s end or a timer moves a story',
    who: ['system'],
    data: z.object({
      story: storyId,
      /** One of the table of stages that the hub may take. */
      transition: z.string().max(40),
      cause: causeSchema,
      reason: storyReason.optional(),
      commit: storyCommit.optional(),
      merge: z.object({ mergeCommit: storyCommit, mergedMs: z.number() }).optional(),
      failure: z
        .object({ kind: z.string().min(1).max(40), detail: storyReason.optional() })
        .optional(),
      /** To coding: the machine that works on it from then on. */
      node: storyNodeSchema.optional(),
    }),
    result: moved,
  }),
};

function side(summary: string, name: string) {
  return command({
    summary,
    who: operator,
    data: z.object({ story, reason: why }),
    result: moved,
    cli: { name, args: ['story'] },
  });
}
